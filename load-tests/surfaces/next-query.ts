/*
 * Which query comes next in a session? Simulated worlds of three tastes: an index of the training users' rows answers for held-out users in held-out sessions, beside
 * popularity and co-occurrence in the same run, with paired bootstrap intervals; then public sessions, one left out at a time, as counts. Judged are the pairs whose next
 * query the index holds: no list can show another.
 *
 * `npm run bench -- next-query [--users N] [--days N] [--seed N] [--fit]`; `--fit` prints the weights of the kinds of evidence (serving/surfaces/related/mixture.ts) that
 * the training users' later sessions in all three worlds give, and judges them beside those in force by the held-out users.
 */
import { parseArgs } from 'node:util';
import { comparePaired } from '../../ranking/metrics/paired-bootstrap.ts';
import { describeMachine } from '../micro/machine.ts';
import { mean, quantile } from '../micro/statistics.ts';
import { type FitCase, fitMixture, readFitCases } from './next-query-fit.ts';
import { reportPublicSessions } from './next-query-public.ts';
import {
  cooccurrence,
  filledUp,
  idOf,
  LIST_SIZE,
  type NextQueryRanker,
  popularity,
  relatedSearches,
} from './next-query-systems.ts';
import { makeNextQueryWorld, type NextQuery, type NextQueryWorld } from './next-query-world.ts';

const TASTES = ['weak', 'medium', 'strong'] as const;

/** A system's scores, a pair each. */
interface Scores {
  readonly success: Float64Array;
  readonly reciprocalRank: Float64Array;
}

const { values } = parseArgs({
  options: {
    users: { type: 'string', default: '5000' },
    days: { type: 'string', default: '60' },
    seed: { type: 'string', default: '1' },
    fit: { type: 'boolean', default: false },
  },
});
const machine = describeMachine();
console.log(`next query in session; ${machine.text}`);
if (machine.busy !== null) console.log(machine.busy);
const cases: FitCase[] = [];
const worlds: NextQueryWorld[] = [];
for (const taste of TASTES) {
  const [users, days, seed] = [values.users, values.days, values.seed].map(Number) as [
    number,
    number,
    number,
  ];
  const world = await makeNextQueryWorld({ seed, users, days, taste });
  reportWorld(world, `${users} users, ${days} days, seed ${seed}`, seed);
  if (!values.fit) continue;
  cases.push(...readFitCases(world.content, world.fitting));
  worlds.push(world);
}
if (values.fit) reportFit(worlds, cases, Number(values.seed));
await reportPublicSessions((line) => console.log(line));

function reportFit(
  fitted: readonly NextQueryWorld[],
  seen: readonly FitCase[],
  seed: number,
): void {
  const { mixture, notes } = fitMixture(seen);
  console.log(`\nfitted weights:\n  ${notes.join('\n  ')}`);
  for (const world of fitted) {
    const { content, taste } = world;
    const judged = judgedPairs(world);
    const before = scoreAll(content, judged, relatedSearches(content));
    const after = scoreAll(content, judged, relatedSearches(content, mixture));
    for (const part of ['success', 'reciprocalRank'] as const) {
      const { mean: difference, low, high } = comparePaired(before[part], after[part], { seed });
      console.log(
        `  ${taste} taste, held out: ${part} with them ${mean([...after[part]]).toFixed(4)}, more by ${difference.toFixed(4)} (95%: ${low.toFixed(4)} to ${high.toFixed(4)})`,
      );
    }
  }
}

/** The held-out pairs that lead to another completion. */
function judgedPairs({ content, heldOut }: NextQueryWorld): readonly NextQuery[] {
  return heldOut.filter(({ query, next }) => {
    const id = idOf(content, next);
    return id >= 0 && id !== idOf(content, query);
  });
}

function reportWorld(world: NextQueryWorld, size: string, seed: number): void {
  const { content, heldOut, training, taste } = world;
  const judged = judgedPairs(world);
  const known = judged.filter(({ query }) => idOf(content, query) >= 0).length;
  console.log(
    `\n${taste} taste, ${size}: ${content.segment.completions} completions; of ${heldOut.length} held-out pairs ${judged.length} lead to one (from one: ${known})`,
  );
  const ours = relatedSearches(content);
  const popular = popularity(content);
  const together = cooccurrence(content, training);
  const own = scoreAll(content, judged, ours);
  const line = (name: string, { success, reciprocalRank }: Scores) =>
    console.log(
      `  ${name.padEnd(34)}success@${LIST_SIZE} ${mean([...success]).toFixed(4)}  MRR@${LIST_SIZE} ${mean([...reciprocalRank]).toFixed(4)}`,
    );
  line('foretype', own);
  for (const [name, ranker] of [
    ['popularity', popular],
    ['co-occurrence', together],
    ['co-occurrence, then popularity', filledUp(together, popular)],
  ] as const) {
    const scores = scoreAll(content, judged, ranker);
    line(name, scores);
    for (const part of ['success', 'reciprocalRank'] as const) {
      const { mean: difference, low, high } = comparePaired(scores[part], own[part], { seed });
      console.log(
        `    foretype's ${part === 'success' ? 'success' : 'MRR'} more by ${difference.toFixed(4)} (95%: ${low.toFixed(4)} to ${high.toFixed(4)})${low > 0 ? '' : '  NOT ABOVE'}`,
      );
    }
  }
  reportTime(ours, judged);
}

function scoreAll(
  content: NextQueryWorld['content'],
  pairs: readonly NextQuery[],
  rank: NextQueryRanker,
): Scores {
  const places = pairs.map((pair) => rank(pair).indexOf(idOf(content, pair.next)));
  return {
    success: Float64Array.from(places, (place) => (place < 0 ? 0 : 1)),
    reciprocalRank: Float64Array.from(places, (place) => (place < 0 ? 0 : 1 / (place + 1))),
  };
}

function reportTime(rank: NextQueryRanker, pairs: readonly NextQuery[]): void {
  const times = pairs.map((pair) => {
    const start = performance.now();
    rank(pair);
    return (performance.now() - start) * 1000;
  });
  console.log(
    `  time: p50 ${quantile(times, 0.5).toFixed(0)} µs, p99 ${quantile(times, 0.99).toFixed(0)} µs`,
  );
}
