import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { countLog, scoresOf } from './counted-log.ts';

describe('time', () => {
  const day = (n: number, query: string, count: number) => ({
    query,
    count,
    at: `2020-01-${String(n).padStart(2, '0')}T12:00:00Z`,
  });

  test('a count halves with each half-life before the newest row', async () => {
    const rows = [day(31, 'new', 1), day(1, 'old', 4), day(16, 'mid', 2)];
    const scores = await scoresOf(rows, { halfLifeDays: 15 });
    expect(scores).toEqual({ new: 1, mid: 1, old: 1 });
  });

  test('any days add up as their decayed counts do', async () => {
    const entry = fc.record({
      query: fc.constantFrom('a', 'b'),
      day: fc.integer({ min: 1, max: 31 }),
      count: fc.integer({ min: 1, max: 1000 }),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(entry, { minLength: 1, maxLength: 60 }), async (entries) => {
        const scores = await scoresOf(
          entries.map((each) => day(each.day, each.query, each.count)),
          { halfLifeDays: 3 },
        );
        const newest = Math.max(...entries.map((each) => each.day));
        for (const [query, score] of Object.entries(scores)) {
          const own = entries.filter((each) => each.query === query);
          const sum = own.reduce(
            (all, each) => all + each.count * 2 ** ((each.day - newest) / 3),
            0,
          );
          expect(Math.abs(score / sum - 1)).toBeLessThan(1e-12);
        }
      }),
      { numRuns: 8 },
    );
  });

  test('any half-life decays a log of any age', async () => {
    const entry = fc.record({
      query: fc.constantFrom('a', 'b', 'c'),
      age: fc.integer({ min: 0, max: 20_000 }),
      count: fc.integer({ min: 1, max: 1000 }),
    });
    const newest = { query: 'newest', age: 0, count: 1 };
    const lastMs = Date.parse('2024-10-01T00:00:00Z');
    await fc.assert(
      fc.asyncProperty(
        fc.array(entry, { maxLength: 20 }),
        fc.constantFrom(0, 29.7, 30, 33, 365, 1 / 3 + 90),
        async (entries, halfLifeDays) => {
          const log = [newest, ...entries];
          const scores = await scoresOf(
            log.map(({ query, age, count }) => ({
              query,
              count,
              at: new Date(lastMs - age * 86_400_000).toISOString(),
            })),
            { halfLifeDays },
          );
          const perDay = halfLifeDays === 0 ? 0 : 1 / halfLifeDays;
          for (const [query, score] of Object.entries(scores)) {
            const own = log.filter((each) => each.query === query);
            const sum = own.reduce((all, { age, count }) => all + count * 2 ** (-age * perDay), 0);
            expect(Math.abs(score / sum - 1)).toBeLessThan(1e-9);
          }
        },
      ),
      { numRuns: 8 },
    );
  });

  test('counts from --as-of, and leaves out what is later', async () => {
    const atUs = Date.parse('2020-01-16T18:00:00Z') * 1000;
    const rows = [day(31, 'new', 1), day(1, 'old', 4), { query: 'undated', count: 3 }];
    const { completions, loader } = await countLog(
      rows,
      { halfLifeDays: 15 },
      { atUs, lastUs: atUs },
    );
    expect(completions.map(({ normalised, score }) => [normalised, score])).toEqual([
      ['old', 2],
      ['undated', 3],
    ]);
    expect(loader.afterAsOf).toBe(1);
  });

  test('without any time nothing is decayed', async () => {
    const { loader } = await countLog([{ query: 'a', count: 1 }], { halfLifeDays: 1 });
    expect(loader.asOfUs).toBeUndefined();
    expect(await scoresOf([{ query: 'a', count: 3 }], { halfLifeDays: 1 })).toEqual({ a: 3 });
  });

  test('one wrong date leaves the order of the others as it is', async () => {
    const rows = [
      { query: 'a', count: 2, at: '1997-09-16' },
      { query: 'b', count: 1, at: '1997-09-16' },
      { query: 'c', count: 1, at: '1000-01-01' },
      { query: 'd', count: 2, at: '1000-01-01' },
      { query: 'wrong', count: 1, at: '2026-05-31' },
    ];
    const scores = await scoresOf(rows, { halfLifeDays: 1 });
    expect(scores.a).toBe(2 * (scores.b ?? 0));
    expect(scores.b).toBeGreaterThan(0);
    expect(scores.c).toBeGreaterThan(0);
    expect(scores.d).toBe(2 * (scores.c ?? 0));
    expect(scores.wrong).toBe(1);
  });
});
