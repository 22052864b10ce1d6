import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import path from 'node:path';
import type { Figure } from './figure.ts';
import type { BenchOptions } from './options.ts';
import { ALL_WITH_ERRORS, type CorrectionResult } from './phases/correction-phase.ts';
import { runPhase } from './phases/phase-process.ts';
import { formatFigures } from './report.ts';
import { ratioOf, spreadOf } from './statistics.ts';
import { CACHE_FOLDER, chooseTexts, FULL, QUICK } from './suite.ts';
import { formatTable } from './table.ts';
import type { ContenderTiming, GroupTiming } from './timing.ts';

/** Queries of each length and number of errors: enough for a p99, and few enough for a garbage collection to fall among them. */
const QUERIES_A_GROUP = 1000;

const TIMING = { rounds: 5, groupBudgetMs: 400 };

export interface CorrectionsReport {
  readonly set: string;
  readonly isFull: boolean;
  readonly result: CorrectionResult;
}

/** Times suggestions typed with errors over the named set, in a process of its own. */
export async function runCorrections(
  options: BenchOptions,
  log: (line: string) => void,
): Promise<CorrectionsReport> {
  const { completions } = options.quick ? QUICK : FULL;
  mkdirSync(CACHE_FOLDER, { recursive: true });
  const work = mkdtempSync(path.join(CACHE_FOLDER, 'corrections-'));
  try {
    const { texts, description } = await chooseTexts(options, completions, work, log);
    log(`corrected lookup: ${description}`);
    const result = await runPhase('corrections', {
      texts,
      seed: options.seed,
      queriesAGroup: QUERIES_A_GROUP,
      ...TIMING,
    });
    return { set: description, isFull: !options.quick, result };
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

export function formatCorrections({ set, isFull, result }: CorrectionsReport): string {
  const { on, off, shares, quiet } = result;
  const micros = (value: number): string => value.toFixed(value < 100 ? 1 : 0);
  const rows = on.groups.map((timing, at) => {
    const beside = off.groups[at];
    const share = shares.find(({ group }) => group === timing.group);
    return [
      timing.group,
      ...timesOf(timing).map(micros),
      ...(beside === undefined ? [] : timesOf(beside).map(micros)),
      beside === undefined
        ? ''
        : ratioOf(timing.roundMeansUs, beside.roundMeansUs).median.toFixed(1),
      (share?.corrected ?? Number.NaN).toFixed(3),
      (share?.cut ?? Number.NaN).toFixed(4),
    ];
  });
  const header = [
    'typed',
    'mean',
    'p50',
    'p99',
    'max',
    'off: mean',
    'p50',
    'p99',
    'max',
    'on / off',
    'corrected',
    'cut short',
  ];
  return [
    `Set: ${set}; ${result.distinctTerms.toLocaleString('en')} distinct terms`,
    formatTable('Suggestions typed with errors, ten best, µs; medians of rounds', header, rows),
    `Each of ${quiet.queries.toLocaleString('en')} with errors by its least of ${quiet.passes} passes, which leaves out what else the machine did: p50 ${micros(quiet.p50Us)}, p99 ${micros(quiet.p99Us)}, p99.9 ${micros(quiet.p999Us)}, slowest ${micros(quiet.maxUs)} µs`,
    formatFigures(correctionFigures(result, isFull), undefined),
  ].join('\n');
}

function timesOf({ roundMeansUs, p50Us, p99Us, maxUs }: GroupTiming): number[] {
  return [spreadOf(roundMeansUs).median, p50Us, p99Us, maxUs];
}

function correctionFigures({ on }: CorrectionResult, isFull: boolean): Figure[] {
  const withErrors = groupOf(on, ALL_WITH_ERRORS);
  const notJudged = isFull ? null : 'the bar is for a million completions';
  const exact = (value: number) => ({ least: value, median: value, most: value });
  return [
    {
      name: 'typed with errors, p50',
      measured: exact(withErrors.p50Us),
      unit: ' µs',
      bar: { kind: 'at most', value: 100 },
      isRatio: false,
      notJudged,
    },
    {
      name: 'typed with errors, p99',
      measured: exact(withErrors.p99Us),
      unit: ' µs',
      bar: { kind: 'at most', value: 1000 },
      isRatio: false,
      notJudged,
    },
  ];
}

function groupOf({ name, groups }: ContenderTiming, wanted: string): GroupTiming {
  const found = groups.find(({ group }) => group === wanted);
  if (found === undefined) throw new Error(`${name}: expected the group '${wanted}'`);
  return found;
}
