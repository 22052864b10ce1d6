import { mean, quantile } from './statistics.ts';
import type { QueryGroup } from './workload.ts';

/** Something that answers queries, and the queries that it is timed on. */
export interface Contender {
  readonly name: string;
  readonly answer: (typed: string) => readonly string[];
  readonly groups: readonly QueryGroup[];
}

export interface TimingOptions {
  readonly rounds: number;
  /** About how long one group may take in one round; a contender too slow for all its queries gets a part of them a round. */
  readonly groupBudgetMs: number;
}

/** What was measured of one contender on one group; times in microseconds a query. */
export interface GroupTiming {
  readonly group: string;
  /** Mean of each round, from one clock reading before and one after; of three passes the least, if they fit the budget. */
  readonly roundMeansUs: readonly number[];
  readonly queriesARound: number;
  /** Of single calls, each timed, the clock's own time taken off: the median over three passes, if they fit. */
  readonly p50Us: number;
  readonly p99Us: number;
  readonly maxUs: number;
  readonly singleCalls: number;
}

export interface ContenderTiming {
  readonly name: string;
  readonly groups: readonly GroupTiming[];
}

/** Another process that takes the core for a while spoils one pass, and then the next one is taken. */
const PASSES = 3;
const LEAST_QUERIES_A_ROUND = 5;
const LEAST_SINGLE_CALLS = 20;

/** Suggestions given so far: read at the end, so that no call can be optimised away. */
let answered = 0;

/**
 * Times all contenders in this process, interleaved: each round goes through them all, and begins with another one. A first
 * pass warms up and finds how many queries fit the budget. At last every call is timed by itself, for the percentiles.
 */
export function timeInterleaved(
  contenders: readonly Contender[],
  options: TimingOptions,
): ContenderTiming[] {
  const plans = contenders.map((contender) =>
    contender.groups.map((group) => ({
      contender,
      group,
      queriesARound: warmUp(contender, group, options),
      roundMeansUs: [] as number[],
    })),
  );
  for (let round = 0; round < options.rounds; round++) {
    for (let turn = 0; turn < plans.length; turn++) {
      for (const plan of plans[(round + turn) % plans.length] ?? []) {
        const queries = sliceOfRound(plan.group.queries, plan.queriesARound, round);
        const passes = passesOf(plan.group, plan.queriesARound);
        const meansUs = times(passes, () => timeBatch(plan.contender, queries));
        plan.roundMeansUs.push(Math.min(...meansUs));
      }
    }
  }
  if (answered === 0) throw new Error('expected contenders that answer, got no suggestion at all');
  const clockUs = clockOverheadUs();
  return plans.map((ofContender, index) => ({
    name: contenders[index]?.name ?? '',
    groups: ofContender.map(({ contender, group, queriesARound, roundMeansUs }) => {
      const passes = times(passesOf(group, queriesARound), () =>
        timeSingles(contender, group.queries, 2 * options.groupBudgetMs, clockUs),
      );
      const overPasses = (share: number): number =>
        quantile(
          passes.map((singles) => quantile(singles, share)),
          0.5,
        );
      return {
        group: group.name,
        roundMeansUs,
        queriesARound,
        p50Us: overPasses(0.5),
        p99Us: overPasses(0.99),
        maxUs: overPasses(1),
        singleCalls: passes[0]?.length ?? 0,
      };
    }),
  }));
}

/** Mean over the named groups, or all, of each round. */
export function meanOverGroups(timing: ContenderTiming, groups?: readonly string[]): number[] {
  const chosen = timing.groups.filter(
    ({ group }) => groups === undefined || groups.includes(group),
  );
  if (chosen.length !== (groups ?? timing.groups).length) {
    throw new Error(
      `${timing.name}: expected groups ${groups?.join(', ')}, got ${chosen.length} of them`,
    );
  }
  const rounds = chosen[0]?.roundMeansUs.length ?? 0;
  return Array.from({ length: rounds }, (_, round) =>
    mean(chosen.map(({ roundMeansUs }) => roundMeansUs[round] ?? Number.NaN)),
  );
}

function warmUp({ answer }: Contender, { queries }: QueryGroup, options: TimingOptions): number {
  const started = performance.now();
  let calls = 0;
  let elapsedMs = 0;
  while (elapsedMs < options.groupBudgetMs && calls < 2 * queries.length) {
    answered += answer(queries[calls % queries.length] ?? '').length;
    calls++;
    elapsedMs = performance.now() - started;
  }
  const affordable = Math.floor((calls * options.groupBudgetMs) / elapsedMs);
  return Math.min(queries.length, Math.max(LEAST_QUERIES_A_ROUND, affordable));
}

/** A contender that is too slow for all queries is not asked them again and again. */
function passesOf({ queries }: QueryGroup, queriesARound: number): number {
  return queriesARound === queries.length ? PASSES : 1;
}

function times<Result>(count: number, measure: () => Result): Result[] {
  return Array.from({ length: count }, measure);
}

/** All queries when they fit a round, else the part that is this round's turn. */
function sliceOfRound(queries: readonly string[], count: number, round: number): readonly string[] {
  if (count === queries.length) return queries;
  return Array.from(
    { length: count },
    (_, at) => queries[(round * count + at) % queries.length] ?? '',
  );
}

function timeBatch({ answer }: Contender, queries: readonly string[]): number {
  const started = performance.now();
  for (const query of queries) answered += answer(query).length;
  return ((performance.now() - started) * 1000) / queries.length;
}

function timeSingles(
  { answer }: Contender,
  queries: readonly string[],
  budgetMs: number,
  clockUs: number,
): Float64Array {
  const times = new Float64Array(queries.length);
  const begun = performance.now();
  let calls = 0;
  for (const query of queries) {
    const started = performance.now();
    answered += answer(query).length;
    const ended = performance.now();
    times[calls++] = Math.max(0, (ended - started) * 1000 - clockUs);
    if (ended - begun > budgetMs && calls >= LEAST_SINGLE_CALLS) break;
  }
  return times.subarray(0, calls);
}

/** What two clock readings with nothing between them say. */
function clockOverheadUs(): number {
  const gaps = new Float64Array(10_000);
  for (let at = 0; at < gaps.length; at++) {
    const started = performance.now();
    gaps[at] = (performance.now() - started) * 1000;
  }
  return quantile(gaps, 0.5);
}
