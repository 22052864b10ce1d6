import { describe, expect, it } from 'vitest';
import { MarginalsMeter } from '../../../load-tests/simulate/marginals.ts';
import { splitWorld, type TasteStrength } from '../../../load-tests/simulate/parameters.ts';
import { createWorld, liveDays } from '../../../load-tests/simulate/world.ts';

/** The parents' shares of a user's taste, largest first: how picky the users of a world are. */
function largestInterest(taste: TasteStrength): number {
  const { population, vocabulary } = createWorld({ seed: 5, users: 400, days: 2, taste });
  let sum = 0;
  for (let user = 0; user < 400; user++) {
    const interests = vocabulary.topicShares.map((_, topic) => population.interest(user, topic));
    sum += Math.max(...interests);
  }
  return sum / 400;
}

describe('the marginals of every world', () => {
  it.each(['weak', 'medium', 'strong'] as const)(
    'hold with %s taste',
    (taste) => {
      const world = createWorld({ seed: 1, users: 2000, days: 60, taste });
      const meter = new MarginalsMeter(world.split.heldOutFromMs);
      let burstSearches = 0;
      for (const { rows } of liveDays(world)) {
        for (const row of rows) {
          meter.add(row);
          if (row.intent === 'burst') burstSearches++;
        }
      }
      const marginals = meter.measure();
      // How exact they are is part of the contract: WORLD.md, "Marginals".
      expect(marginals.heldOutSearches).toBeGreaterThan(50_000);
      expect(marginals.ownRepeats).toBeGreaterThan(0.21);
      expect(marginals.ownRepeats).toBeLessThan(0.25);
      expect(marginals.seenInTraining).toBeGreaterThan(0.32);
      expect(marginals.seenInTraining).toBeLessThan(0.38);
      expect(marginals.popularityMean).toBeGreaterThan(0.08);
      expect(marginals.popularityMean).toBeLessThan(0.13);
      expect(marginals.ownThenPopularityMean).toBeGreaterThan(0.2);
      expect(marginals.ownThenPopularityMean).toBeLessThan(0.25);
      // Bursts bring what the truth says they should, all taken together.
      const expected = world.bursts.reduce((sum, burst) => sum + burst.expectedSearches, 0);
      expect(expected).toBeGreaterThan(500);
      expect(burstSearches / expected).toBeGreaterThan(0.8);
      expect(burstSearches / expected).toBeLessThan(1.2);
    },
    300_000,
  );

  it('come with tastes that differ from world to world', () => {
    const [weak, medium, strong] = (['weak', 'medium', 'strong'] as const).map(largestInterest);
    expect(medium! / weak!).toBeGreaterThan(1.4);
    expect(strong! / medium!).toBeGreaterThan(1.4);
  });
});

describe('MarginalsMeter', () => {
  const heldOutFromMs = 1000;
  const search = (user: string, query: string, atMs: number) => ({
    user,
    query,
    atMs,
    kind: 'search' as const,
  });

  it('equals the figures counted by hand on a small log', () => {
    const meter = new MarginalsMeter(heldOutFromMs);
    for (const row of [
      search('a', 'banana', 1),
      search('b', 'Banana', 2),
      search('b', 'bread', 3),
      { ...search('b', 'bre', 4), kind: 'trace' as const },
      // Held out. `bread`: a's own are [banana], popular are [banana, bread].
      search('a', 'bread', 1001),
      // `banana`: a's own are now [bread, banana].
      search('a', 'banana', 1002),
      // `ba`, shorter than most lengths, is new to everyone.
      search('b', 'ba', 1003),
    ]) {
      meter.add(row);
    }
    const marginals = meter.measure();
    expect(marginals.trainingSearches).toBe(3);
    expect(marginals.heldOutSearches).toBe(3);
    expect(marginals.ownRepeats).toBeCloseTo(1 / 3, 12);
    expect(marginals.seenInTraining).toBeCloseTo(2 / 3, 12);
    expect(marginals.popularity).toEqual(
      [(1 / 2 + 1) / 3, 2 / 3, 2 / 3, 2 / 3].map((x) => expect.closeTo(x, 12)),
    );
    expect(marginals.ownThenPopularity).toEqual(
      [(1 / 2 + 1 / 2) / 3, 2 / 3, 2 / 3, 2 / 3].map((x) => expect.closeTo(x, 12)),
    );
  });

  it('counts a repeat whether the earlier search was held out or not, but only the same user’s', () => {
    const meter = new MarginalsMeter(heldOutFromMs);
    for (const row of [
      search('a', 'x', 1),
      search('b', 'x', 1001),
      search('b', 'X ', 1002),
      search('a', 'x', 1003),
    ])
      meter.add(row);
    expect(meter.measure().ownRepeats).toBeCloseTo(2 / 3, 12);
  });

  it('gives zeros for a log without a held-out part', () => {
    const { ownRepeats, popularityMean, heldOutSearches } = new MarginalsMeter(0).measure();
    expect([ownRepeats, popularityMean, heldOutSearches]).toEqual([0, 0, 0]);
  });
});

describe('splitWorld', () => {
  it('holds out the last 30 days, or the last third of a shorter world', () => {
    const heldOutDays = (days: number) =>
      (splitWorld(days).endMs - splitWorld(days).heldOutFromMs) / 86_400_000;
    expect([2, 9, 60, 90, 365].map(heldOutDays)).toEqual([1, 3, 20, 30, 30]);
  });
});
