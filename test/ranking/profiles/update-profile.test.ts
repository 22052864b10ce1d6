import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { historyId, suggestionId } from '../../../indexer/events/suggestion-id.ts';
import { Profile, sessionQueries, sessionVideo } from '../../../ranking/profiles/profile.ts';
import { encodeProfile } from '../../../ranking/profiles/profile-codec.ts';
import { profileHistory } from '../../../ranking/profiles/profile-history.ts';
import { updateProfile } from '../../../ranking/profiles/update-profile.ts';
import {
  DAY_MS,
  fold,
  MINUTE_MS,
  OWNER,
  queriesOf,
  record,
  remove,
  START_MS,
  search,
  watch,
} from './event-records.ts';

const at = (minutes: number): number => START_MS + minutes * MINUTE_MS;

function expectSame(left: Profile, right: Profile): void {
  expect(Buffer.compare(encodeProfile(left), encodeProfile(right))).toBe(0);
}

describe('the history of a profile', () => {
  test('has what was searched, newest first, as it was written last', () => {
    const profile = fold([
      search('Red Cars', at(0)),
      search('tokyo', at(1)),
      search('RED cars', at(2)),
    ]);
    expect(profile.history).toMatchObject([
      { normalised: 'red cars', surface: 'RED cars', count: 2, lastMs: at(2) },
      { normalised: 'tokyo', count: 1 },
    ]);
  });

  test('leaves out what the next search shows to be unfinished, with all that it told', () => {
    const typed = ['n', 'new', 'new yo', 'new york'];
    const profile = fold(typed.map((query, i) => search(query, at(0) + i * 900)));
    const whole = fold([search('new york', at(0) + 2_700)]);
    expect(queriesOf(profile)).toEqual(['new york']);
    expect([...profile.terms.entries()]).toEqual([...whole.terms.entries()]);
    expect(profile.dayParts.totalAt(at(0))).toBeCloseTo(1, 2);
  });

  test('keeps what was searched before as it was, when it is typed again on the way to more', () => {
    const before = fold([search('new', at(0)), search('new', at(60))]);
    const known = { ...before.history[0] };
    const after = fold([search('new', at(120)), search('new york', at(120) + 5_000)], before);
    expect(queriesOf(after)).toEqual(['new york', 'new']);
    expect(after.history[1]).toMatchObject({ ...known });
  });

  test('keeps a search that a longer one follows only later', () => {
    expect(queriesOf(fold([search('new', at(0)), search('new york', at(1))]))).toEqual([
      'new york',
      'new',
    ]);
  });

  test('leaves out the beginning of what turns out to be personal', () => {
    const profile = fold([
      search('john@example', at(0)),
      search('john@example.com', at(0) + 2_000),
    ]);
    expect(queriesOf(profile)).toEqual([]);
  });

  test('never has personal data, texts over 128 code points, or what no user searched', () => {
    const profile = fold([
      search('john@example.com', at(0)),
      search('q'.repeat(1_024), at(1)),
      search('\ud800 \udc00', at(2)),
      search('cars', at(3), { user: null }),
      search('boats', at(4), { user: null, session: 'S' }),
    ]);
    expect(queriesOf(profile)).toEqual(['boats']);
  });

  test('keeps what comes back often over what came once, when bytes run out', () => {
    const often = ['weather', 'bus timetable', 'swimming pool'];
    const log = Array.from({ length: 2_000 }, (_, i) =>
      search(i % 40 === 0 ? (often[(i / 40) % 3] ?? '') : `only once number ${i}`, at(i * 30)),
    );
    const profile = fold(log);
    expect(queriesOf(profile)).toEqual(expect.arrayContaining(often));
    expect(profile.history.length).toBeGreaterThan(90);
    expect(queriesOf(profile)[0]).toBe('only once number 1999');
  });

  test('is bounded over 10,000 distinct queries of one user', () => {
    const profile = new Profile();
    for (let i = 0; i < 10_000; i++)
      updateProfile(profile, search(`query ${i.toString(36)}`, at(i)));
    expect(encodeProfile(profile).length).toBeLessThanOrEqual(4_096);
    expect(queriesOf(profile)[0]).toBe(`query ${(9_999).toString(36)}`);
  });

  test('takes late searches where they belong', () => {
    const inOrder = [search('a1', at(0)), search('b1', at(1)), search('c1', at(2))];
    const [a, b, c] = inOrder;
    const late = fold([a, c, b].filter((each) => each !== undefined));
    expect(queriesOf(late)).toEqual(queriesOf(fold(inOrder)));
    expect(late.lastMs).toBe(at(2));
  });

  test('leaves out a late beginning of what was searched next', () => {
    const profile = fold([search('new york', at(0) + 2_000), search('new yo', at(0))]);
    expect(queriesOf(profile)).toEqual(['new york']);
  });

  test('takes times at either end of the calendar', () => {
    const profile = fold([
      search('old', -8.64e15),
      search('now', at(0)),
      search('new', 8.64e15),
      watch('v', at(0), -1e300),
    ]);
    expect(queriesOf(profile)).toEqual(['new', 'now', 'old']);
    expect(encodeProfile(profile).length).toBeLessThan(300);
  });
});

describe('what was removed', () => {
  const named: [string, { query: string } | { id: string }][] = [
    ['its query', { query: '  Red CARS ' }],
    ['the id of a suggestion', { id: suggestionId('red cars') }],
    ["the id of the user's entry", { id: historyId(OWNER, 'red cars') }],
  ];
  test.each(named)('is forgotten by %s, until it is searched anew', (_, name) => {
    const profile = fold([
      search('red cars', at(0)),
      search('blue cars', at(1)),
      remove(name, at(2)),
    ]);
    const history = profileHistory(profile, OWNER);
    expect(queriesOf(profile)).toEqual(['blue cars']);
    expect(profile.terms.get('red')).toBeUndefined();
    expect(profile.terms.get('cars')).toBeDefined();
    expect(history.isRemoved('red cars')).toBe(true);
    expect(Buffer.from(encodeProfile(profile)).includes('red')).toBe(false);
    fold([search('red cars', at(3))], profile);
    expect(queriesOf(profile)).toEqual(['red cars', 'blue cars']);
    expect(history.isRemoved('red cars')).toBe(false);
  });

  test.each(named)('stays removed by %s when its search comes late', (_, name) => {
    const profile = fold([remove(name, at(2)), search('red cars', at(1))]);
    expect(queriesOf(profile)).toEqual([]);
    expect(profileHistory(profile, OWNER).isRemoved('red cars')).toBe(true);
  });

  test.each(named)(
    'is forgotten by %s though its search came from a clock that is ahead',
    (_, name) => {
      const profile = fold([search('red cars', at(3)), remove(name, at(2))]);
      expect(queriesOf(profile)).toEqual([]);
      expect(profileHistory(profile, OWNER).isRemoved('red cars')).toBe(true);
      fold([search('red cars', at(2) + 1)], profile);
      expect(queriesOf(profile)).toEqual(['red cars']);
    },
  );

  test.each(named)('of one time is what came last, by %s', (_, name) => {
    const profile = fold([search('red cars', at(1)), remove(name, at(1))]);
    expect(queriesOf(profile)).toEqual([]);
    fold([search('red cars', at(1))], profile);
    expect(queriesOf(profile)).toEqual(['red cars']);
    expect(profileHistory(profile, OWNER).isRemoved('red cars')).toBe(false);
    fold([remove(name, at(1))], profile);
    expect(queriesOf(profile)).toEqual([]);
  });

  test('of another user has another id', () => {
    const profile = fold([
      search('red cars', at(0)),
      remove({ id: historyId('B', 'red cars') }, at(1)),
    ]);
    expect(queriesOf(profile)).toEqual(['red cars']);
  });

  test('is remembered for a hundred queries at once', () => {
    const queries = Array.from({ length: 100 }, (_, i) => `query number ${i}`);
    const profile = fold([
      ...queries.map((query, i) => search(query, at(i))),
      ...queries.map((query, i) => remove({ query }, at(200 + i))),
    ]);
    const history = profileHistory(profile, OWNER);
    expect(queriesOf(profile)).toEqual([]);
    expect(queries.every((query) => history.isRemoved(query))).toBe(true);
  });
});

describe('a session', () => {
  test('has its last queries and video, and ends with a pause of half an hour', () => {
    const profile = fold([
      search('yesterday', at(0) - DAY_MS),
      search('tokyo', at(0)),
      watch('v1', at(1)),
      search('tower', at(2)),
    ]);
    const queries = (minutes: number) =>
      sessionQueries(profile, at(minutes), 5).map(({ normalised }) => normalised);
    expect(queries(3)).toEqual(['tower', 'tokyo']);
    expect(sessionVideo(profile, at(3))).toBe('v1');
    expect(queries(33)).toEqual([]);
    expect(sessionVideo(profile, at(33))).toBeNull();
  });
});

test('tastes decay in the time of events: late ones weigh as if they had come in time', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 0, max: 90 * 24 * 60 }), { minLength: 1, maxLength: 20 }),
      fc.integer({ min: 0, max: 1_000 }),
      (minutes, seed) => {
        const log = minutes.map((minute) => search('tokyo', at(minute)));
        const shuffled = [...log].sort((a, b) => mix(a.event.atMs, seed) - mix(b.event.atMs, seed));
        const nowMs = at(90 * 24 * 60);
        const exact = minutes.reduce(
          (sum, minute) => sum + 2 ** (-(nowMs - at(minute)) / (60 * DAY_MS)),
          0,
        );
        expect(fold(shuffled).terms.weightAt('tokyo', nowMs) / exact).toBeCloseTo(1, 2);
      },
    ),
    { numRuns: 50 },
  );
});

test('an event of nobody, or that tells nothing of its user, changes nothing', () => {
  const profile = fold([search('tokyo', at(0))]);
  const before = encodeProfile(profile);
  fold(
    [
      search('cars', at(1), { user: null }),
      record({ type: 'video', eventId: 'v', atMs: at(2), video: 'v', title: 'cars' }),
      record({
        type: 'impression',
        eventId: 'i',
        atMs: at(2),
        requestId: 'r',
        surface: 'suggest',
        items: [],
      }),
    ],
    profile,
  );
  expect(Buffer.compare(encodeProfile(profile), before)).toBe(0);
  expectSame(profile, fold([search('tokyo', at(0))]));
});

function mix(value: number, seed: number): number {
  return Math.imul(value ^ seed, 0x9e3779b1) >>> 0;
}
