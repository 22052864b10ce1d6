import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { normalise } from '../../../dictionaries/normalise.ts';
import type { Event } from '../../../indexer/events/event.ts';
import { historyId, suggestionId } from '../../../indexer/events/suggestion-id.ts';
import { Segment } from '../../../indexer/segment/segment.ts';
import { SegmentBuilder } from '../../../indexer/segment/segment-builder.ts';
import { FEATURES } from '../../../ranking/features/feature-list.ts';
import { Profile } from '../../../ranking/profiles/profile.ts';
import { updateProfile } from '../../../ranking/profiles/update-profile.ts';
import {
  createOwnRecencyRanker,
  createPopularityRanker,
} from '../../../ranking/rankers/popularity-ranker.ts';
import {
  candidateText,
  PersonalRanking,
  type PersonalRankingOptions,
  readingOf,
} from '../../../serving/personal/personal-ranking.ts';
import { Engine } from '../../../serving/retrieval/engine.ts';
import { manifestFor } from '../retrieval/manifest-fixture.ts';

const NOW_MS = Date.UTC(2026, 4, 31, 12);
const HOUR_MS = 3_600_000;
const WORDS = ['new', 'york', 'pizza', 'news', 'newcastle', 'old', 'town', 'nets', '北京', 'café'];

/** Every text of one or two words, the first the most searched. */
const TEXTS = [...WORDS, ...WORDS.flatMap((a) => WORDS.map((b) => `${a} ${b}`))];

function snapshotOf(texts: readonly string[], safety = true) {
  const builder = new SegmentBuilder();
  texts.forEach((surface, place) => {
    builder.add({ surface, normalised: normalise(surface), score: 2 * texts.length - place });
  });
  const segment = Segment.open(builder.finish());
  const manifest = { ...manifestFor(segment), group: 'surface' as const, safety };
  return { segment, manifest, engine: new Engine(segment, manifest) };
}

const SNAPSHOT = snapshotOf(TEXTS);

type Happening =
  | { readonly query: string; readonly hoursAgo: number }
  | { readonly remove: string; readonly hoursAgo: number };

function profileOf(happenings: readonly Happening[]): Profile {
  const sorted = [...happenings].sort((a, b) => b.hoursAgo - a.hoursAgo);
  return sorted.reduce((profile, happening, i) => {
    const base = { eventId: `e${i}`, atMs: NOW_MS - happening.hoursAgo * HOUR_MS };
    const event: Event =
      'query' in happening
        ? { ...base, type: 'search', query: happening.query }
        : { ...base, type: 'remove', query: happening.remove };
    const record = { event, arrivedMs: base.atMs, user: 'u', session: null, market: 'und' };
    return updateProfile(profile, record);
  }, new Profile());
}

function ask(
  typed: string,
  happenings: readonly Happening[],
  options: PersonalRankingOptions & { limit?: number; snapshot?: typeof SNAPSHOT } = {},
) {
  const { limit = 10, snapshot = SNAPSHOT, ...rest } = options;
  const request = {
    ...{ typed, limit, market: 'und', ownerHash: 'u', nowMs: NOW_MS },
    ...{ session: null, video: null, reading: readingOf(profileOf(happenings)) },
  };
  return new PersonalRanking(rest).answer(snapshot, request, true);
}

const textsOf = (answer: ReturnType<typeof ask>) =>
  answer?.suggestions.map(({ text }) => text) ?? null;

const histories = fc.array(
  fc.record({
    query: fc
      .array(fc.constantFrom(...WORDS, 'mine', 'alone'), { minLength: 1, maxLength: 3 })
      .map((words) => words.join(' ')),
    hoursAgo: fc.integer({ min: 1, max: 500 }),
  }),
  { minLength: 1, maxLength: 12 },
);
const typedTexts = fc.constantFrom(
  'n',
  'ne',
  'new',
  'new ',
  'new y',
  'york',
  'al',
  'mine',
  '北',
  'caf',
  'newyrok',
);

describe('personal ranking', () => {
  it('answers nothing of its own for somebody of whom nothing is known', () => {
    expect(ask('ne', [])).toBeNull();
    expect(ask('???', [{ query: 'new york', hoursAgo: 1 }])).toBeNull();
  });

  it('shows no suggestion twice, no more than asked for, by scores that do not rise, with spans inside the text', () => {
    fc.assert(
      fc.property(
        histories,
        typedTexts,
        fc.integer({ min: 1, max: 20 }),
        (history, typed, limit) => {
          const { suggestions = [] } = ask(typed, history, { limit }) ?? {};
          expect(suggestions.length).toBeLessThanOrEqual(limit);
          expect(new Set(suggestions.map(({ id }) => id)).size).toBe(suggestions.length);
          const forms = suggestions.map(({ text }) => normalise(text));
          expect(new Set(forms).size).toBe(forms.length);
          suggestions.forEach(({ text, score, matches }, i) => {
            expect(score).toBeGreaterThan(0);
            expect(score).toBeLessThanOrEqual(i === 0 ? 1 : suggestions[i - 1]!.score);
            for (const { start, end } of matches) {
              expect(0 <= start && start < end && end <= text.length).toBe(true);
            }
          });
        },
      ),
      { numRuns: 60 },
    );
  });

  it('ranks all that anybody is shown, and by popularity gives just their list', () => {
    fc.assert(
      fc.property(histories, typedTexts, (history, typed) => {
        const plain = SNAPSHOT.engine.suggest(typed, { limit: 10 }).suggestions;
        const options = { ranker: createPopularityRanker(), diversity: 0 };
        const texts = textsOf(ask(typed, history, options)) ?? [];
        expect(texts.slice(0, plain.length)).toEqual(plain.map(({ text }) => text));
      }),
      { numRuns: 60 },
    );
  });

  it('by own recency puts the latest matching search first', () => {
    const history = [
      { query: 'new town', hoursAgo: 9 },
      { query: 'newcastle pizza', hoursAgo: 2 },
      { query: 'old town', hoursAgo: 1 },
    ];
    const ranking = { ranker: createOwnRecencyRanker(), diversity: 0 };
    expect(textsOf(ask('ne', history, ranking))?.slice(0, 3)).toEqual([
      'newcastle pizza',
      'new town',
      'new',
    ]);
  });

  it('shows what the user alone searched, by its beginning and by its words, under an id of the user', () => {
    const history = [{ query: 'New Zorkmid', hoursAgo: 30 }];
    for (const typed of ['new z', 'zorkmid']) {
      const [first] = ask(typed, history)?.suggestions ?? [];
      expect(first).toMatchObject({ text: 'New Zorkmid', kind: 'query', source: 'history' });
      expect(first?.id).toBe(historyId('u', 'new zorkmid'));
      expect(first?.id).not.toBe(suggestionId('new zorkmid'));
    }
    expect(SNAPSHOT.engine.suggest('new z', { limit: 10 }).suggestions).not.toContainEqual(
      expect.objectContaining({ text: 'New Zorkmid' }),
    );
    expect(textsOf(ask('new z', [{ query: 'old town', hoursAgo: 30 }]))).not.toContain(
      'New Zorkmid',
    );
  });

  it('offers what the last search should have been without its slip, for two minutes, under an id of the user', () => {
    const slip = [{ query: 'new york piza', hoursAgo: 0.01 }];
    const found = ask('new york p', slip)?.suggestions.find(
      ({ text }) => text === 'new york pizza',
    );
    expect(found).toMatchObject({ kind: 'query', source: 'session' });
    expect(found?.id).toBe(historyId('u', 'new york pizza'));
    const later = [{ query: 'new york piza', hoursAgo: 0.05 }];
    expect(textsOf(ask('new york p', later))).not.toContain('new york pizza');
    const goneOn = [...slip, { query: 'old town', hoursAgo: 0.005 }];
    expect(textsOf(ask('new york p', goneOn))).not.toContain('new york pizza');
    expect(textsOf(ask('old', slip))).not.toContain('new york pizza');
    const removed = [...slip, { remove: 'new york pizza', hoursAgo: 0.005 }];
    expect(textsOf(ask('new york p', removed))).not.toContain('new york pizza');
  });

  it('makes nothing unsafe of a slip', () => {
    const texts = [...TEXTS, 'videos', 'porn'];
    const slip = [{ query: 'new pron videos', hoursAgo: 0.01 }];
    const open = ask('new po', slip, { snapshot: snapshotOf(texts, false), limit: 20 });
    expect(textsOf(open)).toContain('new porn videos');
    const safe = ask('new po', slip, { snapshot: snapshotOf(texts), limit: 20 });
    expect(textsOf(safe)).not.toContain('new porn videos');
  });

  it('puts a search of the own far before what is popular', () => {
    expect(textsOf(ask('ne', [{ query: 'newcastle café', hoursAgo: 5 }]))?.[0]).toBe(
      'newcastle café',
    );
  });

  it('never shows what the user removed, be it their own or known to all, until it is searched anew', () => {
    const searched = [
      { query: 'new york', hoursAgo: 9 },
      { query: 'new zorkmid', hoursAgo: 8 },
      { query: 'old town', hoursAgo: 7 },
    ];
    const removed = [
      ...searched,
      { remove: 'new york', hoursAgo: 6 },
      { remove: 'new zorkmid', hoursAgo: 5 },
    ];
    const before = textsOf(ask('new ', searched, { limit: 20 }));
    const after = textsOf(ask('new ', removed, { limit: 20 }));
    expect(before).toEqual(expect.arrayContaining(['new york', 'new zorkmid']));
    expect(after).not.toContain('new york');
    expect(after).not.toContain('new zorkmid');
    const anew = [...removed, { query: 'new york', hoursAgo: 1 }];
    expect(textsOf(ask('new ', anew, { limit: 20 }))).toContain('new york');
  });

  it('shows nothing unsafe of the own, unless the index is without the blocklist, and nothing personal ever', () => {
    const history = [
      { query: 'new porn videos', hoursAgo: 3 },
      { query: 'new mail jane.roe@example.com', hoursAgo: 2 },
      { query: 'new zorkmid', hoursAgo: 1 },
    ];
    const safe = textsOf(ask('new', history, { limit: 20 }));
    expect(safe).toContain('new zorkmid');
    expect(safe?.join()).not.toMatch(/porn|example/);
    const open = textsOf(ask('new', history, { limit: 20, snapshot: snapshotOf(TEXTS, false) }));
    expect(open).toContain('new porn videos');
    expect(open?.join()).not.toMatch(/example/);
  });

  it('keeps back what a rule holds', () => {
    const isSuppressed = (normalised: string) => normalised.includes('york');
    const answer = ask('new', [{ query: 'new york', hoursAgo: 3 }], { isSuppressed, limit: 20 });
    expect(textsOf(answer)?.join()).not.toMatch(/york/);
    expect(answer?.suggestions.length).toBeGreaterThan(5);
  });

  it('explains every suggestion by all features, in parts that add up to its score', () => {
    const answer = ask('ne', [{ query: 'new town', hoursAgo: 3 }]);
    expect(answer?.explanation?.suggestions).toHaveLength(answer?.suggestions.length ?? 0);
    for (const { features, contributions, score } of answer?.explanation?.suggestions ?? []) {
      expect(Object.keys(features)).toEqual(FEATURES.map(({ name }) => name));
      const sum = Object.values(contributions).reduce((all, part) => all + part, 0);
      expect(sum + (answer?.explanation?.bias ?? 0)).toBeCloseTo(score, 3);
    }
    expect(answer?.explanation?.suggestions[0]?.sources).toContain('history');
    expect(Object.keys(answer?.explanation?.stages ?? {})).toEqual([
      ...['generate', 'hydrate', 'rank', 'filter', 'select'],
    ]);
  });

  it('keeps a place for what begins with the typed text, however much holds it elsewhere', () => {
    const newer = Array.from({ length: 60 }, (_, i) => ({
      query: `song ${String.fromCodePoint(0x3b1 + i)} quokka`,
      hoursAgo: 1 + i,
    }));
    const history = [...newer, { query: 'quokka farm', hoursAgo: 300 }];
    expect(textsOf(ask('quo', history))?.[0]).toBe('quokka farm');
  });

  it('gives the same answer again, whatever was asked between', () => {
    const ranking = new PersonalRanking();
    const readings = new Map(
      ['new york', 'old town', 'mine alone'].map((query) => [
        query,
        readingOf(profileOf([{ query, hoursAgo: 2 }])),
      ]),
    );
    const answerTo = (query: string, typed: string, by: PersonalRanking) =>
      by.answer(SNAPSHOT, {
        ...{ typed, limit: 10, market: 'und', ownerHash: 'u', nowMs: NOW_MS },
        ...{ session: null, video: null, reading: readings.get(query)! },
      })?.suggestions;
    fc.assert(
      fc.property(fc.constantFrom(...readings.keys()), typedTexts, (query, typed) => {
        expect(answerTo(query, typed, ranking)).toEqual(
          answerTo(query, typed, new PersonalRanking()),
        );
      }),
      { numRuns: 30 },
    );
  });

  it('gives the matrix of features of all candidates, and their texts, to those who fit weights', () => {
    const reading = readingOf(profileOf([{ query: 'new zorkmid', hoursAgo: 2 }]));
    const matrix = new PersonalRanking().matrix(SNAPSHOT, {
      ...{ typed: 'new', limit: 10, market: 'und', ownerHash: 'u', nowMs: NOW_MS },
      ...{ session: null, video: null, reading },
    });
    const texts = Array.from({ length: matrix.rows }, (_, row) =>
      candidateText(SNAPSHOT, matrix, row),
    );
    expect(new Set(texts).size).toBe(texts.length);
    expect(texts).toEqual(expect.arrayContaining(['new zorkmid', 'new york', 'york new']));
    const values = matrix.features.subarray(0, matrix.rows * FEATURES.length);
    expect(values.every(Number.isFinite)).toBe(true);
  });
});
