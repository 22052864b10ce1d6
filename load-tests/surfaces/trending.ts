import { describeMachine } from '../micro/machine.ts';
import { replayBing } from './trending-bing.ts';
import { type BurstOutcome, type ReplayOutcome, replayWorld } from './trending-replay.ts';
import type { UnplantedTrend } from './trending-unplanted.ts';

/*
 * The trending benchmark: how soon a planted burst of the simulated world is among the ten that trend in its market, and how many entries of those lists are
 * no burst.
 *
 *   node dist/load-tests/surfaces/trending.js [users=2000] [days=40] [seeds=1]
 *
 * - A world without any snapshot is lived through the store in event time, unfinished searches, slips, bots and repeats included. Lists are looked at every
 *   ten minutes; false entries are counted at full hours, all markets merged being one more list. The first ten days are warm-up.
 * - A burst can be seen in a market when five distinct users searched one of its texts there within a day; the delays of those that had at least thirty are told apart.
 * - A false entry is one that is neither a planted burst nor what a video leads on to that was published in the last seven days: those rise in truth.
 * - The oracle is the least that any list could need: a test at 1% that knows the texts and the start, waits for five distinct users of one text, and
 *   corrects for nothing. What a list lags behind it is the price of watching all queries at once over windows that begin at any time.
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
  const listed = (isOfNewVideo: boolean): number =>
    sum(({ unplanted }) =>
      unplanted
        .filter((trend) => trend.isOfNewVideo === isOfNewVideo)
        .reduce((total, trend) => total + trend.hours, 0),
    );
  const wrong = listed(false);
  print(
    `false entries: ${wrong} in ${hours} market-hours (${((100 * wrong) / hours).toFixed(3)} per 100), ` +
      `true ones ${sum(({ trueEntries }) => trueEntries)}, of a new video ${listed(true)}`,
  );
  for (const [i, { unplanted }] of outcomes.entries()) {
    for (const each of unplanted) print(describeUnplanted(i + 1, each));
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

function describeUnplanted(seed: number, trend: UnplantedTrend): string {
  const { market, query, hours, firstMs, window, bits, ratio, users, rows, isOfNewVideo } = trend;
  return (
    `  ${isOfNewVideo ? 'of a new video' : 'false'}, seed ${seed}: '${query}' in ${market}, ${hours} h from ${new Date(firstMs).toISOString()}, ${window}, ${bits.toFixed(0)} bits, ` +
    `${ratio.toFixed(1)} times; ${users} users in 24 h, rows ${JSON.stringify(rows)}`
  );
}

function describe(where: string, bursts: readonly BurstOutcome[]): void {
  for (const [least, most] of [
    [MANY_USERS, Number.POSITIVE_INFINITY],
    [MIN_USERS, MANY_USERS],
  ] as const) {
    const some = bursts.filter(({ users }) => users >= least && users < most);
    const name = `${where}, bursts of ${least}${most === Number.POSITIVE_INFINITY ? ' users or more' : ` to ${most - 1} users`} on the first day`;
    const found = some.filter(({ delayMinutes }) => delayMinutes !== null);
    print(`${name}: ${found.length} of ${some.length} found`);
    print(`  delay in minutes: ${quartiles(found.map(({ delayMinutes }) => delayMinutes))}`);
    print(
      `  of the oracle: ${quartiles(some.map(({ oracleMinutes }) => oracleMinutes))}; behind it, where both saw: ${quartiles(
        found.map(({ delayMinutes, oracleMinutes }) =>
          delayMinutes === null || oracleMinutes === null ? null : delayMinutes - oracleMinutes,
        ),
      )}`,
    );
  }
}

function quartiles(values: readonly (number | null)[]): string {
  const known = values.filter((value) => value !== null).sort((a, b) => a - b);
  const at = (share: number): string => String(known[Math.floor(share * known.length)] ?? '-');
  return `${known.length} of them, p25 ${at(0.25)}, median ${at(0.5)}, p75 ${at(0.75)}, most ${known.at(-1) ?? '-'}`;
}

main(process.argv.slice(2));
