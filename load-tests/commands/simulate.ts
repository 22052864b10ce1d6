import { parseArgs } from 'node:util';
import { LoadTestError } from '../simulate/load-test-error.ts';
import { MARGINAL_LENGTHS, type Marginals, MarginalsMeter } from '../simulate/marginals.ts';
import {
  checkOptions,
  TASTES,
  type TasteStrength,
  type WorldOptions,
} from '../simulate/parameters.ts';
import { createWorld } from '../simulate/world.ts';
import { writeWorld } from '../simulate/write-world.ts';

/** Where a command writes; `isTerminal` says whether progress may overwrite its line. */
export interface CommandIo {
  readonly stdout: { write(text: string): unknown };
  readonly stderr: { write(text: string): unknown };
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly isTerminal: boolean;
}

export const USAGE =
  'foretype simulate --seed N --users N --days N [--taste weak|medium|strong] [--marginals] --out DIR';

class UsageError extends Error {
  override readonly name = 'UsageError';
}

interface SimulateRequest {
  readonly options: WorldOptions;
  readonly out: string;
  readonly marginals: boolean;
}

/** Writes a simulated world's logs and truth; with `--marginals` also measures and prints what every world must hold. */
export async function run(args: readonly string[], io: CommandIo): Promise<number> {
  const { options, out, marginals } = parseRequest(args);
  const world = createWorld(options);
  const meter = marginals ? new MarginalsMeter(world.split.heldOutFromMs) : null;
  let rows = 0;
  const written = await writeWorld(world, out, {
    onDay: (log, day) => {
      rows += log.rows.length;
      if (meter) for (const row of log.rows) meter.add(row);
      if (io.isTerminal) io.stderr.write(`\rday ${day + 1} of ${options.days}, ${rows} rows`);
      else if ((day + 1) % 30 === 0)
        io.stderr.write(`day ${day + 1} of ${options.days}, ${rows} rows\n`);
    },
  });
  if (io.isTerminal) io.stderr.write('\n');
  io.stdout.write(
    `${written.rows} rows, ${written.videos} videos and ${written.comments} comments in ${out}\n`,
  );
  if (meter) io.stdout.write(formatMarginals(meter.measure()));
  return 0;
}

function parseRequest(args: readonly string[]): SimulateRequest {
  const values = parseValues(args);
  const taste = values.taste ?? 'medium';
  if (!isTaste(taste))
    throw new UsageError(`expected --taste weak, medium or strong, got "${taste}"\n${USAGE}`);
  if (values.out === undefined || values.out === '')
    throw new UsageError(`expected --out DIR\n${USAGE}`);
  const options: WorldOptions = {
    seed: parseWhole('seed', values.seed),
    users: parseWhole('users', values.users),
    days: parseWhole('days', values.days),
    taste,
  };
  try {
    checkOptions(options);
  } catch (error) {
    if (error instanceof LoadTestError) throw new UsageError(`${error.message}\n${USAGE}`);
    throw error;
  }
  return { options, out: values.out, marginals: values.marginals ?? false };
}

interface SimulateFlags {
  readonly seed?: string;
  readonly users?: string;
  readonly days?: string;
  readonly taste?: string;
  readonly out?: string;
  readonly marginals?: boolean;
}

function parseValues(args: readonly string[]): SimulateFlags {
  try {
    return parseArgs({
      args: [...args],
      options: {
        seed: { type: 'string' },
        users: { type: 'string' },
        days: { type: 'string' },
        taste: { type: 'string' },
        out: { type: 'string' },
        marginals: { type: 'boolean' },
      },
    }).values;
  } catch (error) {
    throw new UsageError(`${error instanceof Error ? error.message : String(error)}\n${USAGE}`);
  }
}

function parseWhole(name: string, text: string | undefined): number {
  if (text === undefined || !/^\d{1,10}$/.test(text)) {
    throw new UsageError(
      `expected --${name} as a whole number, got ${text === undefined ? 'nothing' : `"${text}"`}\n${USAGE}`,
    );
  }
  return Number(text);
}

function isTaste(text: string): text is TasteStrength {
  return Object.hasOwn(TASTES, text);
}

function formatMarginals(marginals: Marginals): string {
  const figures = (values: readonly number[]): string =>
    values.map((value) => value.toFixed(3)).join(' ');
  return [
    `${marginals.trainingSearches} training and ${marginals.heldOutSearches} held-out searches`,
    `repeats of the user's own     ${marginals.ownRepeats.toFixed(3)}`,
    `seen in training              ${marginals.seenInTraining.toFixed(3)}`,
    `MRR@10 after ${MARGINAL_LENGTHS.join(', ')} characters:`,
    `  popularity                  ${marginals.popularityMean.toFixed(3)} = mean of ${figures(marginals.popularity)}`,
    `  own recent, then popularity ${marginals.ownThenPopularityMean.toFixed(3)} = mean of ${figures(marginals.ownThenPopularity)}`,
    '',
  ].join('\n');
}
