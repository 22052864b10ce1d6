import { parseArgs } from 'node:util';
import { BenchUsageError } from '../micro/options.ts';

/** What the command line of the typing benchmark asks for. */
export interface TypingOptions {
  /** One small simulated world and a short table, under half a minute. */
  readonly quick: boolean;
  readonly seed: number;
  /** Trials of each length and number of errors. */
  readonly trialsACell: number;
  /** So many of them are put to the plain noisy channel, too; 0 leaves it out. */
  readonly yardstickTrials: number;
  /** Sets to type; null for all. */
  readonly sets: readonly string[] | null;
  readonly json: string | null;
}

export const TYPING_SETS = ['simulated', 'names', 'real'] as const;

export const TYPING_USAGE = `usage: npm run bench -- typing [--quick] [--seed N] [--trials N] [--yardstick N] [--sets simulated,names,real] [--json FILE]
  --quick        one small simulated world, 1,000 trials a cell, targets only
  --trials N     trials of each length and number of errors (4,000)
  --yardstick N  puts so many of each to a plain noisy channel as well: exhaustive, tens of milliseconds each
  --sets         which sets to type (all that this machine has)`;

/** @throws BenchUsageError */
export function parseTypingOptions(args: readonly string[]): TypingOptions {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        quick: { type: 'boolean', default: false },
        seed: { type: 'string', default: '1' },
        trials: { type: 'string' },
        yardstick: { type: 'string', default: '0' },
        sets: { type: 'string' },
        json: { type: 'string' },
      },
    });
    return {
      quick: values.quick,
      seed: wholeNumber('seed', values.seed),
      trialsACell: wholeNumber('trials', values.trials ?? (values.quick ? '1000' : '4000'), 1),
      yardstickTrials: wholeNumber('yardstick', values.yardstick),
      sets: values.sets === undefined ? null : parseSets(values.sets),
      json: values.json ?? null,
    };
  } catch (error) {
    throw new BenchUsageError(error instanceof Error ? error.message : String(error));
  }
}

function parseSets(text: string): string[] {
  const sets = text.split(',');
  const known: readonly string[] = TYPING_SETS;
  const unknown = sets.find((set) => !known.includes(set));
  if (unknown !== undefined) {
    throw new Error(`--sets: expected some of ${known.join(', ')}, got '${unknown}'`);
  }
  return sets;
}

function wholeNumber(name: string, text: string, least = 0): number {
  if (!/^\d{1,9}$/.test(text) || Number(text) < least) {
    throw new Error(`--${name}: expected a whole number from ${least}, got '${text}'`);
  }
  return Number(text);
}
