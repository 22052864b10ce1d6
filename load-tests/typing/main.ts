import { writeFileSync } from 'node:fs';
import { describeMachine } from '../micro/machine.ts';
import { BenchUsageError } from '../micro/options.ts';
import { EVERYTHING, EXACT_ONLY, indexTexts, openEngine, tenBestOf } from './measured-engine.ts';
import { buildPlainChannel } from './plain-channel.ts';
import { type CellScore, scoreCell } from './scoring.ts';
import { listNamesAndThings } from './texts/names-and-things.ts';
import { readRealLogs } from './texts/real-logs.ts';
import { simulateLog } from './texts/simulated-log.ts';
import type { MissingSet, TextSet } from './texts/text-set.ts';
import { drawTrials, type TrialCell } from './trials.ts';
import { parseTypingOptions, TYPING_USAGE, type TypingOptions } from './typing-options.ts';
import { formatSet, formatShort, type SetScores } from './typing-report.ts';

/*
 * The typing benchmark: how often a completion that somebody wants is among the ten best, typed with errors, against typed clean.
 *
 * - Completions are drawn by weight and typed to 3, 5 and 8 characters (those that have as many) and whole (those of at least
 *   four), with 0, 1 and 2 errors: 40% neighbouring key, 20% each omission, doubling and transposition, a tenth of each in the
 *   first letter. Errors are made in the whole text, which is then cut to what the hands typed until then; each of them lies
 *   within the cut and can be seen there, else it is no error at that length. Letters a to z alone are mistyped; texts that are not
 *   ASCII stay in the index and are not typed.
 * - Success: the normalised form that is wanted is among ten answers. Each trial is also typed clean, and a figure is the
 *   share of both counts over the same trials.
 * - Exact only: the same index by an engine whose corrections are off.
 */

const FULL_USERS = 40_000;
const QUICK_USERS = 10_000;

const log = (line: string): void => {
  process.stderr.write(`bench: ${line}\n`);
};
const print = (text: string): void => {
  process.stdout.write(`${text}\n`);
};

function main(args: readonly string[]): void {
  const options = parseTypingOptions(args);
  const machine = describeMachine();
  print(machine.text);
  const results: SetScores[] = [];
  for (const load of chooseSets(options)) {
    const set = load();
    if ('reason' in set) {
      print(`\nLEFT OUT: ${set.name}: ${set.reason}.`);
      continue;
    }
    const scores = measureSet(set, options);
    print(options.quick ? formatShort(scores) : formatSet(scores));
    results.push(scores);
  }
  if (options.json !== null) {
    writeFileSync(options.json, `${JSON.stringify({ machine, options, results }, null, 2)}\n`);
  }
}

function chooseSets({ quick, seed, sets }: TypingOptions): (() => TextSet | MissingSet)[] {
  const simulated = () => simulateLog({ users: quick ? QUICK_USERS : FULL_USERS, seed });
  const loaders = { simulated, names: listNamesAndThings, real: readRealLogs };
  const chosen = sets ?? (quick ? ['simulated'] : Object.keys(loaders));
  return Object.entries(loaders)
    .filter(([name]) => chosen.includes(name))
    .map(([, load]) => load);
}

function measureSet(set: TextSet, options: TypingOptions): SetScores {
  const { seed, trialsACell, yardstickTrials } = options;
  log(`${set.name}: ${set.texts.length} completions`);
  const index = indexTexts(set.texts);
  const corrected = tenBestOf(openEngine(index, EVERYTHING));
  const exact = tenBestOf(openEngine(index, EXACT_ONLY));
  const wanted = {
    texts: set.texts.map(({ normalised }) => normalised),
    weights: set.texts.map(({ score }) => score),
  };
  const trials = drawTrials(wanted, { seed, trialsACell });
  const cells = trials.map((cell) => scoreCell(cell, corrected, exact));
  const { name, description, texts } = set;
  const yardstick = yardstickTrials > 0 ? measureYardstick(set, trials, yardstickTrials) : null;
  return { set: { name, description, completions: texts.length }, cells, yardstick };
}

function measureYardstick(
  { name, texts }: TextSet,
  cells: readonly TrialCell[],
  count: number,
): CellScore[] {
  log(`${name}: plain noisy channel`);
  const channel = buildPlainChannel(texts);
  return cells.map((cell) =>
    scoreCell({ ...cell, trials: cell.trials.slice(0, count) }, channel, () => []),
  );
}

try {
  main(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof BenchUsageError)) throw error;
  process.stderr.write(`bench: ${error.message}\n${TYPING_USAGE}\n`);
  process.exitCode = 2;
}
