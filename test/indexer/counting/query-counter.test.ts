import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { countLog, type LogRow, row, scoresOf } from './counted-log.ts';

describe('what a row counts for, and the threshold', () => {
  const named = (count: number, query: string, more: Partial<LogRow> = {}) =>
    Array.from({ length: count }, (_, i) =>
      row(`${more.market ?? ''}${i}`, i * 86_400, query, more),
    );

  test('counts users, not searches', async () => {
    const often = Array.from({ length: 50 }, (_, i) => row(`${i % 4}`, i * 86_400, 'often'));
    const rows = [...often, ...named(5, 'enough')];
    const { completions, losses } = await countLog(rows, { minUsers: 5 });
    expect(completions.map(({ normalised, score }) => [normalised, score])).toEqual([
      ['enough', 5],
    ]);
    expect(losses.belowThreshold).toBe(1);
  });

  test('a row with neither user nor count is a search by a user of its own', async () => {
    const rows = [...named(3, 'a'), { query: 'a' }, { query: 'a', user: '' }];
    expect(await scoresOf(rows, { minUsers: 5 })).toEqual({ a: 5 });
    expect(await scoresOf(rows, { minUsers: 6 })).toEqual({});
    expect((await countLog(rows)).loader.anonymous).toBe(2);
  });

  test('of "users" over several rows the largest counts, never the sum, or the named users if they are more', async () => {
    const rows = [
      { query: 'a', count: 10, users: 3 },
      { query: 'a', count: 20, users: 4 },
      { query: 'b', count: 1, users: 2 },
      ...named(5, 'b'),
    ];
    expect(await scoresOf(rows, { minUsers: 4 })).toEqual({ a: 30, b: 6 });
    expect(await scoresOf(rows, { minUsers: 5 })).toEqual({ b: 6 });
  });

  test('users without a count are one search each', async () => {
    expect(await scoresOf([{ query: 'a', users: 7 }], { minUsers: 7 })).toEqual({ a: 7 });
  });

  test('counted rows that tell nothing of users pass', async () => {
    const rows = [
      { query: 'a', count: 2 },
      { query: 'b', count: 2, user: 'u' },
      { query: 'c', count: 2, users: 2 },
    ];
    const { completions, losses, loader } = await countLog(rows, { minUsers: 5 });
    expect(completions.map(({ normalised }) => normalised)).toEqual(['a']);
    expect(losses).toMatchObject({ belowThreshold: 2, passedExempt: 1 });
    expect(loader.exempt).toBe(1);
  });

  test('counts may be fractions and add up exactly', async () => {
    const rows = Array.from({ length: 10 }, () => ({ query: 'a', count: 0.1 }));
    const { a } = await scoresOf([
      ...rows,
      { query: 'b', count: 1e12 },
      { query: 'b', count: 2 ** -40 },
    ]);
    expect(a).toBeCloseTo(1, 15);
    const wide = [1e20, 1e-9, 3e-9, 7].map((count, i) => ({ query: `q${i}`, count }));
    const scores = await scoresOf(wide);
    expect(scores.q0).toBe(1e20);
    expect(scores.q3).toBe(7);
    expect(scores.q2).toBeGreaterThan(scores.q1 ?? Number.NaN);
    expect(scores.q1).toBeGreaterThan(0);
  });

  test('holds in each market by itself, after surfaces are grouped', async () => {
    const rows = [
      ...named(3, 'new york', { market: 'en-US' }),
      ...named(2, 'newyork', { market: 'en-us' }).map((each) => ({
        ...each,
        user: `${each.user}x`,
      })),
      ...named(4, 'new york', { market: 'de' }),
      ...named(5, 'new york'),
    ];
    const { completions, totals } = await countLog(rows, { minUsers: 5, group: 'surface' });
    expect(completions).toEqual([
      {
        normalised: 'new york',
        surface: 'new york',
        score: 10,
        markets: [
          { market: 'und', score: 5 },
          { market: 'en-US', score: 5 },
        ],
      },
    ]);
    expect(totals.markets).toEqual([
      { market: 'en-US', completions: 1 },
      { market: 'und', completions: 1 },
    ]);
    expect((await countLog(rows, { minUsers: 5, group: 'none' })).completions).toEqual([
      { normalised: 'new york', surface: 'new york', score: 5 },
    ]);
  });
});

describe('grouping', () => {
  const times = (count: number, query: string, user = query) =>
    Array.from({ length: count }, (_, i) => ({ user: `${user}${i}`, query, count: 1 }));

  test('shows the most used form as its most used surface, and leads to it from forms that enough users typed', async () => {
    const rows = [
      ...times(6, 'New York'),
      ...times(5, 'new york'),
      ...times(7, 'newyork'),
      ...times(1, 'n e w york'),
    ];
    const { completions } = await countLog(rows, { minUsers: 5 });
    expect(completions).toEqual([
      { normalised: 'new york', surface: 'New York', score: 19, aliases: ['newyork'] },
    ]);
    const every = await countLog(rows, { minUsers: 1 });
    expect(every.completions[0]?.aliases).toEqual(['n e w york', 'newyork']);
  });

  test('breaks ties by code points', async () => {
    const rows = [...times(2, 'b c'), ...times(2, 'bc'), ...times(2, 'D'), ...times(2, 'd')];
    const { completions } = await countLog(rows);
    expect(completions.map(({ normalised, surface }) => [normalised, surface])).toEqual([
      ['b c', 'b c'],
      ['d', 'D'],
    ]);
  });

  test('with none, each form is a completion of its own', async () => {
    expect(await scoresOf([...times(2, 'b c'), ...times(1, 'bc')])).toEqual({ 'b c': 2, bc: 1 });
  });
});

describe('safety', () => {
  const five = (query: string) =>
    Array.from({ length: 5 }, (_, i) => ({ user: `u${i}`, query, count: 1 }));

  test('personal data never counts, in any way of writing it, and blocked texts only without safety', async () => {
    const rows = [
      ...five('someone@example.com'),
      ...five('4111 1111 1111 1111'),
      ...five('porn'),
      ...five('weather'),
    ];
    const safe = await countLog(rows);
    expect(safe.completions.map(({ normalised }) => normalised)).toEqual(['weather']);
    expect(safe.losses.rows).toEqual({ empty: 0, tooLong: 0, personalData: 10, blocked: 5 });
    const open = await countLog(rows, { safety: false });
    expect(open.completions.map(({ normalised }) => normalised)).toEqual(['porn', 'weather']);
  });

  test('texts over 128 code points and texts of which nothing is left are no completions', async () => {
    const { completions, losses } = await countLog([
      ...five('x'.repeat(129)),
      ...five('y'.repeat(128)),
      ...five('""'),
    ]);
    expect(completions.map(({ normalised }) => normalised)).toEqual(['y'.repeat(128)]);
    expect(losses.rows).toMatchObject({ tooLong: 5, empty: 5 });
  });
});

test('any counted list is ranked by its counts, market by market', async () => {
  const entry = fc.record({
    query: fc.constantFrom('a', 'b', 'c d', 'e'),
    count: fc.oneof(fc.integer({ min: 1, max: 9 }), fc.constantFrom(0.5, 0.25, 2.75)),
    market: fc.constantFrom('en', 'de', 'und', ''),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(entry, { minLength: 1, maxLength: 60 }), async (rows) => {
      const { completions } = await countLog(rows, { group: 'none', minUsers: 5 });
      const sums = new Map<string, Map<string, number>>();
      for (const { query, count, market } of rows) {
        const own = sums.get(query) ?? new Map<string, number>();
        own.set(market || 'und', (own.get(market || 'und') ?? 0) + count);
        sums.set(query, own);
      }
      const hasViews = new Set(rows.map(({ market }) => market || 'und')).size > 1;
      for (const { normalised, score, markets } of completions) {
        const own = [...(sums.get(normalised) ?? [])];
        expect(score).toBe(own.reduce((sum, [, count]) => sum + count, 0));
        expect(new Map(markets?.map((each) => [each.market, each.score]))).toEqual(
          new Map(hasViews ? own : []),
        );
      }
      expect(completions.length).toBe(sums.size);
    }),
    { numRuns: 12 },
  );
});
