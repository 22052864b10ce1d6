import { parseArgs } from 'node:util';
import { normalise } from '../../dictionaries/normalise.ts';
import {
  evaluatePrefixes,
  LIST_SIZE,
  type PrefixFigures,
  type Suggest,
  type WantedQuery,
} from '../metrics/prefix-evaluation.ts';

export const USAGE =
  'foretype evaluate --index DIR --queries FILE… [--columns at=time,user=uid,query=q] [--no-header] [--time-format F] [--json]';

/** What a command writes to and learns of where it runs. */
export interface CommandIo {
  readonly stdout: { write(text: string): unknown };
  readonly stderr: { write(text: string): unknown };
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly isTerminal: boolean;
}

/** A row of a query log, as far as evaluation needs it. */
export interface QueryRow {
  readonly at: number | null;
  readonly user: string | null;
  readonly query: string;
  readonly market: string | null;
  readonly count: number;
}

/** How the files are to be read: as for `foretype index`. */
export interface ReadOptions {
  readonly columns: readonly string[];
  readonly noHeader: boolean;
  readonly timeFormat: string | null;
}

/** What other folders do for this command, handed in by the composition root. */
export interface EvaluateParts {
  readQueryRows(files: readonly string[], options: ReadOptions): AsyncIterable<QueryRow>;
  openSuggest(indexDir: string): Promise<Suggest>;
}

class UsageError extends Error {
  override readonly name = 'UsageError';
}

/**
 * `foretype evaluate`: types each distinct query of the given logs at 1, 2, 3, 5 and 8 characters and whole, and prints how early the
 * index suggests it, weighted by how often it was searched. Exit code 1 when the logs hold no query.
 */
export async function run(
  args: readonly string[],
  io: CommandIo,
  parts: EvaluateParts,
): Promise<number> {
  const request = parseRequest(args);
  const suggest = await parts.openSuggest(request.index);
  const wanted = await collectWanted(parts.readQueryRows(request.files, request.read));
  if (wanted.length === 0) {
    io.stderr.write(`foretype: expected queries in ${request.files.join(', ')}, found none\n`);
    return 1;
  }
  const figures = evaluatePrefixes(wanted, suggest);
  io.stdout.write(request.json ? `${JSON.stringify(figures, null, 2)}\n` : formatTable(figures));
  return 0;
}

/** Distinct normalised queries by market with their counts; rows whose text normalises to nothing are left out. */
async function collectWanted(rows: AsyncIterable<QueryRow>): Promise<readonly WantedQuery[]> {
  const wanted = new Map<string, WantedQuery>();
  for await (const { query, market, count } of rows) {
    const normalised = normalise(query);
    if (normalised === '') continue;
    const key = `${market ?? ''}\n${normalised}`;
    const known = wanted.get(key)?.count ?? 0;
    wanted.set(key, { normalised, market, count: known + count });
  }
  return [...wanted.values()];
}

interface EvaluateRequest {
  readonly index: string;
  readonly files: readonly string[];
  readonly read: ReadOptions;
  readonly json: boolean;
}

function parseRequest(args: readonly string[]): EvaluateRequest {
  const { values, tokens } = parse(args);
  const files: string[] = [];
  let isFile = false;
  for (const token of tokens) {
    // `--queries a b c`: words after the option belong to it until the next option.
    if (token.kind === 'option') {
      isFile = token.name === 'queries';
      if (isFile && token.value !== undefined) files.push(token.value);
    } else if (token.kind === 'positional') {
      if (!isFile)
        throw new UsageError(`unexpected ${JSON.stringify(token.value)}\nusage: ${USAGE}`);
      files.push(token.value);
    }
  }
  if (!values.index) throw new UsageError(`expected --index DIR, got none\nusage: ${USAGE}`);
  if (files.length === 0)
    throw new UsageError(`expected --queries FILE…, got none\nusage: ${USAGE}`);
  return {
    index: values.index,
    files,
    read: {
      columns: values.columns ?? [],
      noHeader: values['no-header'] ?? false,
      timeFormat: values['time-format'] ?? null,
    },
    json: values.json ?? false,
  };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      strict: true,
      allowPositionals: true,
      tokens: true,
      options: {
        index: { type: 'string' },
        queries: { type: 'string', multiple: true },
        columns: { type: 'string', multiple: true },
        'no-header': { type: 'boolean' },
        'time-format': { type: 'string' },
        json: { type: 'boolean' },
      },
    });
  } catch (error) {
    throw new UsageError(
      `${error instanceof Error ? error.message : String(error)}\nusage: ${USAGE}`,
      { cause: error },
    );
  }
}

function formatTable({ distinctQueries, searches, lengths }: PrefixFigures): string {
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, i) => (i === 0 ? cell.padEnd(6) : cell.padStart(12)))
      .join('')
      .trimEnd();
  return [
    `${distinctQueries} distinct queries, ${searches} searches`,
    line(['typed', `MRR@${LIST_SIZE}`, `success@${LIST_SIZE}`]),
    ...lengths.map(({ typed, meanReciprocalRank, success }) =>
      line([
        typed === null ? 'whole' : String(typed),
        meanReciprocalRank.toFixed(4),
        success.toFixed(4),
      ]),
    ),
    '',
  ].join('\n');
}
