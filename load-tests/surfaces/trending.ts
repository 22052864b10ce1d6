import { describeMachine } from '../micro/machine.ts';
import { replayBing } from './trending-bing.ts';
import type { FalseTrend } from './trending-falses.ts';
import { type BurstOutcome, type ReplayOutcome, replayWorld } from './trending-replay.ts';

/*
 * The trending benchmark: how soon a planted burst of the simulated world is among the ten that trend in its market, and how many entries of those lists are
 * no burst.
 *
 *   node dist/load-tests/surfaces/trending.js [users=2000] [days=40] [seeds=1]
 *
 * - A world without any snapshot is lived through the store in event time, unfinished searches, slips, bots and repeats included. Lists are looked at every
 *   ten minutes; false entries are counted at full hours, all markets merged being one more list. The first ten days are warm-up.
 * - A burst can be seen in a market when five distinct users searched one of its texts there within a day; the delays of those that had at least thirty are told apart.
 */

const WARM_UP_DAYS = 10;
const MIN_USERS = 5;
const MANY_USERS = 30;

const print = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

function main(args: readonly string[]): void {
  const [users = 2000, days = 40, seeds = 1] = args.map(Number);
  print(describeMachine().text);
  const outcomes: ReplayOutcome[] = [];
  for (let seed = 1; seed <= seeds; seed++) {
    outcomes.push(
      replayWorld({ seed, users, days, warmUpDays: WARM_UP_DAYS, minUsers: MIN_USERS }),
    );
  }
  const sum = (of: (outcome: ReplayOutcome) => number): number =>
    outcomes.reduce((total, outcome) => total + of(outcome), 0);
  const searches = sum((outcome) => outcome.searches);
  const perEvent = (1e6 * sum(({ seconds }) => seconds)) / searches;
  print(
    `${users} users, ${days} days, seeds 1 to ${seeds}: ${searches} searches, ${perEvent.toFixed(1)} µs each`,
  );
  const hours = sum(({ marketHours }) => marketHours);
  const wrong = sum(({ falseEntries }) => falseEntries);
  print(
    `false entries: ${wrong} in ${hours} market-hours (${((100 * wrong) / hours).toFixed(3)} per 100), ` +
      `true ones ${sum(({ trueEntries }) => trueEntries)}`,
  );
  for (const [i, { falses }] of outcomes.entries()) {
    for (const each of falses) print(describeFalse(i + 1, each));
  }
  const bursts = outcomes.flatMap((outcome) => outcome.bursts);
  describe(
    'all markets merged',
    bursts.filter(({ market }) => market === 'und'),
  );
  describe(
    'single markets',
    bursts.filter(({ market }) => market !== 'und'),
  );
  const bing = replayBing();
  print(
    bing === null
      ? 'LEFT OUT: the public log is not there.'
      : `public log: ${JSON.stringify(bing)}`,
  );
}

function describeFalse(seed: number, trend: FalseTrend): string {
  const { market, query, hours, firstMs, window, bits, ratio, users, rows } = trend;
  return (
    `  false, seed ${seed}: '${query}' in ${market}, ${hours} h from ${new Date(firstMs).toISOString()}, ${window}, ${bits.toFixed(0)} bits, ` +
    `${ratio.toFixed(1)} times; ${users} users in 24 h, rows ${JSON.stringify(rows)}`
  );
}

function describe(name: string, bursts: readonly BurstOutcome[]): void {
  for (const [least, most] of [
    [MANY_USERS, Number.POSITIVE_INFINITY],
    [MIN_USERS, MANY_USERS],
  ] as const) {
    const some = bursts.filter(({ users }) => users >= least && users < most);
    const delays = some
      .flatMap(({ delayMinutes }) => (delayMinutes === null ? [] : [delayMinutes]))
      .sort((a, b) => a - b);
    const at = (share: number): string => String(delays[Math.floor(share * delays.length)] ?? '-');
    print(
      `${name}, bursts of ${least}${most === Number.POSITIVE_INFINITY ? ' users or more' : ` to ${most - 1} users`} on the first day: ` +
        `${delays.length} of ${some.length} found; delay in minutes: p25 ${at(0.25)}, median ${at(0.5)}, p75 ${at(0.75)}, most ${delays.at(-1) ?? '-'}`,
    );
  }
}

main(process.argv.slice(2));
