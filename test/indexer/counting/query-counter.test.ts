import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { countLog, type LogRow, scoresOf } from './counted-log.ts';

const START_MS = Date.parse('2020-01-01T00:00:00Z');

/** A row so many seconds after the start. */
function row(user: string, seconds: number, query: string, more: Partial<LogRow> = {}): LogRow {
  return { user, query, at: new Date(START_MS + seconds * 1000).toISOString(), ...more };
}

describe('sessions and repeats', () => {
  test('immediate repeats and result-page turns are one search', async () => {
    const rows = [row('u', 0, 'a'), row('u', 20, 'A '), row('u', 1200, '"a"'), row('v', 30, 'a')];
    const { completions, losses } = await countLog(rows, { group: 'none' });
    expect(completions).toEqual([{ normalised: 'a', surface: 'a', score: 2 }]);
    expect(losses).toMatchObject({ repeats: 2, keystrokes: 0, capped: 0 });
  });

  test('with another query between it is a new search', async () => {
    const rows = [row('u', 0, 'a'), row('u', 60, 'b'), row('u', 120, 'a')];
    expect(await scoresOf(rows)).toEqual({ a: 2, b: 1 });
  });

  test('so it is after a pause of over 30 minutes, which repeats keep from growing', async () => {
    expect(await scoresOf([row('u', 0, 'a'), row('u', 1800, 'a')])).toEqual({ a: 1 });
    expect(await scoresOf([row('u', 0, 'a'), row('u', 1801, 'a')])).toEqual({ a: 2 });
    expect(await scoresOf([0, 1500, 3000, 4500].map((s) => row('u', s, 'a')))).toEqual({ a: 1 });
  });

  test('the order is that of time, then of the log', async () => {
    const rows = [row('u', 60, 'a'), row('u', 30, 'b'), row('u', 0, 'a')];
    expect(await scoresOf(rows)).toEqual({ a: 2, b: 1 });
    const tied = [row('u', 0, 'a'), row('u', 0, 'b'), row('u', 0, 'a')];
    expect(await scoresOf(tied)).toEqual({ a: 2, b: 1 });
  });

  test('sessions that the log names hold over pauses and apart from each other', async () => {
    const session = (name: string, seconds: number) => row('u', seconds, 'a', { session: name });
    expect(await scoresOf([session('s', 0), session('s', 86_400)])).toEqual({ a: 1 });
    expect(await scoresOf([session('s', 0), session('t', 1)])).toEqual({ a: 2 });
  });

  test('rows without a user or with a count are never collapsed', async () => {
    const rows = [
      row('', 0, 'a'),
      row(' ', 1, 'a'),
      { query: 'a' },
      row('u', 2, 'a', { count: 2 }),
      row('u', 3, 'a', { count: 3 }),
    ];
    expect(await scoresOf(rows)).toEqual({ a: 8 });
  });
});

describe('keystroke traces', () => {
  test('a prefix that is continued within seconds is no evidence', async () => {
    const rows = ['n', 'ne', 'new', 'new ', 'new y', 'new york'].map((text, i) =>
      row('u', i, text),
    );
    const { completions, losses } = await countLog(rows);
    expect(completions.map(({ normalised }) => normalised)).toEqual(['new york']);
    expect(losses).toMatchObject({ keystrokes: 4, repeats: 1 });
  });

  test('one that stood for longer, or that is not continued, is', async () => {
    expect(await scoresOf([row('u', 0, 'new'), row('u', 10, 'new york')])).toEqual({
      'new york': 1,
    });
    expect(await scoresOf([row('u', 0, 'new'), row('u', 11, 'new york')])).toEqual({
      new: 1,
      'new york': 1,
    });
    expect(await scoresOf([row('u', 0, 'new york'), row('u', 1, 'new')])).toEqual({
      new: 1,
      'new york': 1,
    });
    expect(
      await scoresOf([row('u', 0, 'new'), row('u', 1, 'old'), row('u', 2, 'new york')]),
    ).toEqual({ new: 1, old: 1, 'new york': 1 });
    expect(await scoresOf([row('u', 0, 'new'), row('v', 1, 'new york')])).toEqual({
      new: 1,
      'new york': 1,
    });
  });

  test('times that do not tell seconds make no trace', async () => {
    const dated = [
      { user: 'u', at: '2020-01-01', query: 'new' },
      { user: 'u', at: '2020-01-01', query: 'new york' },
    ];
    expect(await scoresOf(dated)).toEqual({ new: 1, 'new york': 1 });
    expect(await scoresOf(dated.map(({ user, query }) => ({ user, query })))).toEqual({
      new: 1,
      'new york': 1,
    });
  });

  test('what is retyped with nothing but a trace between is a repeat', async () => {
    const rows = [row('u', 0, 'new york'), row('u', 40, 'new'), row('u', 42, 'new york')];
    expect(await scoresOf(rows)).toEqual({ 'new york': 1 });
  });
});

describe('caps', () => {
  const flood = Array.from({ length: 40 }, (_, i) =>
    row('u', i * 60, i % 2 === 0 ? 'spam' : `other ${i}`),
  );

  test('a user counts for a query so many times a day, however often it is searched', async () => {
    const scores = await scoresOf(flood, { userFormCap: 3 });
    expect(scores.spam).toBe(3);
    expect(Object.keys(scores).length).toBe(21);
    const twoDays = [
      ...flood,
      ...flood.map((each) => ({ ...each, at: (each.at ?? '').replace('01-01', '01-02') })),
    ];
    expect((await scoresOf(twoDays, { userFormCap: 3 })).spam).toBe(6);
  });

  test('a user counts so many times a day in all, the earliest searches first', async () => {
    const { completions, losses } = await countLog(flood, { userDayCap: 5, userFormCap: 2 });
    expect(completions.map(({ normalised, score }) => [normalised, score])).toEqual([
      ['other 1', 1],
      ['other 3', 1],
      ['other 5', 1],
      ['spam', 2],
    ]);
    expect(losses.capped).toBe(35);
  });

  test('by default an ordinary user is not touched, and counted rows never are', async () => {
    expect((await scoresOf(flood)).spam).toBe(10);
    expect(await scoresOf([row('u', 0, 'a', { count: 5000 })])).toEqual({ a: 5000 });
  });
});

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

interface Search {
  readonly user: number;
  readonly seconds: number;
  readonly query: string;
}

/** The rules for users' searches, applied plainly: repeats, traces, repeats that traces hid, caps, days. */
function countPlainly(
  log: readonly Search[],
  caps: { form: number; day: number },
): Map<string, number> {
  const counts = new Map<string, number>();
  const users = new Set(log.map(({ user }) => user));
  for (const user of users) {
    const own = log.filter((each) => each.user === user).sort((a, b) => a.seconds - b.seconds);
    const dropRepeats = (searches: readonly Search[]) =>
      searches.filter((each, i) => {
        const before = searches[i - 1];
        return before?.query !== each.query || each.seconds - before.seconds > 1800;
      });
    const searches = dropRepeats(own);
    const finished = searches.filter((each, i) => {
      const next = searches[i + 1];
      const isTrace =
        next !== undefined &&
        next.query !== each.query &&
        next.query.startsWith(each.query) &&
        next.seconds - each.seconds <= 10;
      return !isTrace;
    });
    const days = new Map<number, { total: number; forms: Map<string, number> }>();
    const kept = dropRepeats(finished).filter(({ seconds, query }) => {
      const index = Math.floor(seconds / 86_400);
      const day = days.get(index) ?? { total: 0, forms: new Map<string, number>() };
      days.set(index, day);
      const ofForm = (day.forms.get(query) ?? 0) + 1;
      day.forms.set(query, ofForm);
      if (ofForm > caps.form) return false;
      day.total += 1;
      return day.total <= caps.day;
    });
    for (const { query } of kept) counts.set(query, (counts.get(query) ?? 0) + 1);
  }
  return counts;
}

test('any log of users counts as the rules say when applied plainly', async () => {
  const search = fc.record({
    user: fc.integer({ min: 0, max: 4 }),
    seconds: fc.oneof(
      fc.integer({ min: 0, max: 60 }),
      fc.integer({ min: 0, max: 200 }).map((n) => n * 600),
    ),
    query: fc.constantFrom('a', 'ab', 'abc', 'b', 'bc d', 'bc'),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(search, { minLength: 1, maxLength: 150 }), async (log) => {
      const caps = { form: 3, day: 6 };
      const scores = await scoresOf(
        log.map(({ user, seconds, query }) => row(`u${user}`, seconds, query)),
        { userFormCap: caps.form, userDayCap: caps.day },
      );
      expect(scores).toEqual(Object.fromEntries(countPlainly(log, caps)));
    }),
    { numRuns: 15 },
  );
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
