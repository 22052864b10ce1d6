import { HttpProblem } from '../http/http-problem.ts';
import { DEFAULT_LIMIT, LARGEST_LIMIT, parseTyped } from '../http/suggest-request.ts';
import { IndexDirectory } from '../snapshot/index-directory.ts';
import type { EngineAnswer, Suggestion } from '../suggest-engine.ts';
import { parseArguments, parseMarketOption, parseNumberOption, UsageError } from './arguments.ts';
import type { CommandIo } from './command-io.ts';

export const USAGE = 'foretype suggest --index DIR PREFIX [--market M] [--limit N] [--json]';

/**
 * `foretype suggest`: what the server would answer for a prefix, without a server: a line a suggestion, or with `--json` the
 * answer of `GET /v1/suggest` without its request id. Matched parts are bold on a terminal.
 */
export async function run(args: readonly string[], io: CommandIo): Promise<number> {
  const { values, positionals } = parseArguments({
    args: [...args],
    strict: true,
    allowPositionals: true,
    options: {
      index: { type: 'string' },
      market: { type: 'string' },
      limit: { type: 'string' },
      json: { type: 'boolean', default: false },
    },
  });
  const [prefix, ...more] = positionals;
  if (values.index === undefined || prefix === undefined || more.length > 0) {
    throw new UsageError(
      `expected --index DIR and one PREFIX (quote it if it has spaces)\n${USAGE}`,
    );
  }
  const text = parsePrefix(prefix);
  const limit = parseNumberOption('limit', values.limit, [1, LARGEST_LIMIT], DEFAULT_LIMIT);
  const asked = parseMarketOption(values.market);

  const source = new IndexDirectory(values.index);
  const name = await source.readCurrent();
  if (name === null) {
    io.stderr.write(
      `foretype: ${values.index}: expected an index with a current snapshot, found none\n`,
    );
    return 1;
  }
  const { engine } = await source.open(name);
  const answer = engine.suggest(text, { limit, market: engine.resolveMarket(asked) });
  io.stdout.write(
    values.json ? `${writeJson(name, text, answer)}\n` : writeLines(answer, io.isTerminal),
  );
  return 0;
}

function parsePrefix(prefix: string): string {
  try {
    return parseTyped(prefix);
  } catch (error) {
    if (error instanceof HttpProblem) throw new UsageError(error.message, { cause: error });
    throw error;
  }
}

function writeJson(snapshot: string, text: string, answer: EngineAnswer): string {
  const { market, normalised, suggestions, degraded = [] } = answer;
  const query = { text, normalised };
  return JSON.stringify(
    { snapshot, market, personalised: false, degraded, query, suggestions },
    null,
    2,
  );
}

function writeLines({ suggestions }: EngineAnswer, isTerminal: boolean): string {
  return suggestions
    .map((suggestion) => `${isTerminal ? embolden(suggestion) : suggestion.text}\n`)
    .join('');
}

function embolden({ text, matches }: Suggestion): string {
  let line = '';
  let end = 0;
  for (const match of matches) {
    line += `${text.slice(end, match.start)}\u001b[1m${text.slice(match.start, match.end)}\u001b[22m`;
    end = match.end;
  }
  return line + text.slice(end);
}
