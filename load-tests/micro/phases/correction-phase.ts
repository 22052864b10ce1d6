import { EVERYTHING, EXACT_ONLY, indexTexts, openEngine } from '../../typing/measured-engine.ts';
import { drawTrials } from '../../typing/trials.ts';
import { quantile } from '../statistics.ts';
import { loadTexts, type TextSource } from '../texts/text-source.ts';
import { type ContenderTiming, type TimingOptions, timeInterleaved } from '../timing.ts';
import type { QueryGroup } from '../workload.ts';

export interface CorrectionTask extends TimingOptions {
  readonly texts: TextSource;
  readonly seed: number;
  readonly queriesAGroup: number;
}

/** What was answered to a group's queries, corrections on. */
export interface AnswerShares {
  readonly group: string;
  /** Answers that hold a corrected suggestion. */
  readonly corrected: number;
  /** Answers whose corrections were cut short by the bound on a request's work. */
  readonly cut: number;
}

export interface CorrectionResult {
  readonly completions: number;
  readonly distinctTerms: number;
  readonly on: ContenderTiming;
  readonly off: ContenderTiming;
  readonly shares: readonly AnswerShares[];
  readonly quiet: QuietTimes;
}

/** Of single calls with corrections, each by its least time of some passes: without the pauses that other processes bring. */
export interface QuietTimes {
  readonly queries: number;
  readonly passes: number;
  readonly p50Us: number;
  readonly p99Us: number;
  readonly p999Us: number;
  readonly maxUs: number;
}

/** The groups that hold the queries of all others of a kind. */
export const ALL_WITH_ERRORS = 'all with errors';
export const ALL_CLEAN = 'all clean';

/** Times whole suggestions (text, matches and all) for texts typed with errors and clean, with corrections on and off. */
export function measureCorrections(task: CorrectionTask): CorrectionResult {
  const texts = loadTexts(task.texts);
  const index = indexTexts(texts);
  const on = openEngine(index, EVERYTHING);
  const off = openEngine(index, EXACT_ONLY);
  const groups = errorGroups(texts, task);
  const [timedOn, timedOff] = timeInterleaved(
    [on, off].map((engine, at) => ({
      name: at === 0 ? 'corrections on' : 'corrections off',
      answer: (typed: string) =>
        engine.suggest(typed, { limit: 10 }).suggestions.map(({ text }) => text),
      groups,
    })),
    task,
  );
  if (timedOn === undefined || timedOff === undefined) throw new Error('an engine was not timed');
  const shares = groups.map(({ name, queries }) => {
    const answers = queries.map((typed) => on.suggest(typed, { limit: 10 }));
    const share = (holds: (answer: (typeof answers)[number]) => boolean) =>
      answers.filter(holds).length / answers.length;
    return {
      group: name,
      corrected: share(({ suggestions }) => suggestions.some(({ source }) => source === 'typo')),
      cut: share(({ degraded }) => degraded?.includes('corrections') === true),
    };
  });
  return {
    completions: texts.length,
    distinctTerms: index.segment.terms.size,
    on: timedOn,
    off: timedOff,
    shares,
    quiet: timeQuietly(groups, (typed) => on.suggest(typed, { limit: 10 })),
  };
}

function errorGroups(
  texts: readonly { readonly normalised: string; readonly score: number }[],
  { seed, queriesAGroup }: CorrectionTask,
): QueryGroup[] {
  const wanted = {
    texts: texts.map(({ normalised }) => normalised),
    weights: texts.map(({ score }) => score),
  };
  const groups = drawTrials(wanted, { seed, trialsACell: queriesAGroup }).map(
    ({ length, errors, trials }) => ({
      name: `${length}, ${['clean', 'one error', 'two errors'][errors] ?? errors}`,
      errors,
      isJudged: length !== 3,
      queries: trials.map(({ typed }) => typed),
    }),
  );
  // One query of each group in turn: a part of them is like the whole. Three characters are hardly ever corrected.
  const all = (withErrors: boolean): readonly string[] => {
    const chosen = groups.filter((group) => group.isJudged && group.errors > 0 === withErrors);
    return Array.from({ length: queriesAGroup }, (_, at) =>
      chosen.map(({ queries }) => queries[at] ?? ''),
    ).flat();
  };
  return [
    ...groups.map(({ name, queries }) => ({ name, queries })),
    { name: ALL_CLEAN, queries: all(false) },
    { name: ALL_WITH_ERRORS, queries: all(true) },
  ];
}

const QUIET_PASSES = 5;

function timeQuietly(groups: readonly QueryGroup[], answer: (typed: string) => object): QuietTimes {
  const queries = groups
    .filter(({ name }) => name === ALL_WITH_ERRORS)
    .flatMap((group) => group.queries);
  const leastUs = new Float64Array(queries.length).fill(Infinity);
  for (let pass = 0; pass < QUIET_PASSES; pass++) {
    queries.forEach((typed, at) => {
      const started = performance.now();
      answer(typed);
      leastUs[at] = Math.min(leastUs[at] ?? Infinity, (performance.now() - started) * 1000);
    });
  }
  return {
    queries: queries.length,
    passes: QUIET_PASSES,
    p50Us: quantile(leastUs, 0.5),
    p99Us: quantile(leastUs, 0.99),
    p999Us: quantile(leastUs, 0.999),
    maxUs: quantile(leastUs, 1),
  };
}
