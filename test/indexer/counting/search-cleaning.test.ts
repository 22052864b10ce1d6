import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { countLog, row, scoresOf } from './counted-log.ts';

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
