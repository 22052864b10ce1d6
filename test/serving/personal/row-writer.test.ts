import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { normalise } from '../../../dictionaries/normalise.ts';
import { Segment } from '../../../indexer/segment/segment.ts';
import { SegmentBuilder } from '../../../indexer/segment/segment-builder.ts';
import { FEATURE_NAMES } from '../../../ranking/features/feature-list.ts';
import { Profile } from '../../../ranking/profiles/profile.ts';
import { updateProfile } from '../../../ranking/profiles/update-profile.ts';
import { LateFeatures } from '../../../serving/personal/late-features.ts';
import { PersonalRanking, readingOf } from '../../../serving/personal/personal-ranking.ts';
import type { PersonalRequest } from '../../../serving/personal/personal-request.ts';
import { WrittenRows } from '../../../serving/personal/written-rows.ts';
import { Engine } from '../../../serving/retrieval/engine.ts';
import { readFeatureRows } from '../../../serving/served/feature-rows.ts';
import type { Suggestion } from '../../../serving/suggest-engine.ts';
import { manifestFor } from '../retrieval/manifest-fixture.ts';

const NOW_MS = Date.UTC(2026, 4, 31, 12);
const WORDS = 'new nets news nook york pizza "old" town\\ 北京 café'.split(' ');
const TEXTS = [...WORDS, ...WORDS.flatMap((a) => WORDS.map((b) => `${a} ${b}`))];
const SNAPSHOT = openSnapshot();
const LIVE = {
  videos: { propose: () => Array.from({ length: 20 }, (_, i) => ({ id: 4 * i, bits: i / 2 })) },
  fresh: null,
};

function openSnapshot() {
  const builder = new SegmentBuilder();
  TEXTS.forEach((surface, place) => {
    const normalised = normalise(surface);
    builder.add({
      surface: place % 3 === 0 ? surface.toUpperCase() : surface,
      normalised,
      score: 900 - place,
    });
  });
  const segment = Segment.open(builder.finish());
  const manifest = { ...manifestFor(segment), group: 'surface' as const, asOf: null };
  return { segment, manifest, engine: new Engine(segment, manifest) };
}

function profileOf(queries: readonly string[]): Profile {
  return queries.reduce((profile, query, i) => {
    const atMs = NOW_MS - (queries.length - i) * 3_600_000;
    const event = { type: 'search', eventId: `e${i}`, atMs, query } as const;
    return updateProfile(profile, {
      event,
      arrivedMs: atMs,
      user: 'u',
      session: null,
      market: 'und',
    });
  }, new Profile());
}

const query = fc
  .array(fc.constantFrom(...WORDS, 'own', 'words'), { minLength: 1, maxLength: 3 })
  .map((words) => words.join(' '));
const requests: fc.Arbitrary<PersonalRequest> = fc
  .record({
    typed: fc.constantFrom(
      'n',
      'ne',
      'new',
      'new ',
      'york',
      'caf',
      '北',
      'pizza n',
      'own',
      'newyrok',
    ),
    limit: fc.integer({ min: 1, max: 20 }),
    ownerHash: fc.constantFrom('u', 'v'),
    history: fc.array(query, { minLength: 1, maxLength: 8 }),
    session: fc.array(query, { maxLength: 2 }),
    video: fc.constantFrom(null, 'v1'),
  })
  .map(({ history, session, ...request }) => ({
    ...{ ...request, market: 'und', nowMs: NOW_MS, reading: readingOf(profileOf(history)) },
    session: { queries: session.map(normalise), videos: [] },
  }));

function jsonOf(suggestions: readonly Suggestion[]): string {
  return suggestions
    .map(({ id, text, kind, source, score, matches }) =>
      JSON.stringify({ id, text, kind, source, score, matches }),
    )
    .join(',');
}

describe('RowWriter', () => {
  it('lists what it writes as suggestions, first and again, to one and to another', () => {
    const seen = new Set<string>();
    const ranking = new PersonalRanking({ live: LIVE });
    fc.assert(
      fc.property(requests, (request) => {
        const { suggestions = [] } =
          new PersonalRanking({ live: LIVE }).answer(SNAPSHOT, request) ?? {};
        for (const { source } of suggestions) seen.add(source);
        const expected = jsonOf(suggestions);
        for (const each of [ranking, ranking]) {
          const list = each.answerListed(SNAPSHOT, request)?.list ?? '';
          expect(Buffer.from(list, 'latin1').toString()).toBe(expected);
          expect(jsonOf(each.answer(SNAPSHOT, request)?.suggestions ?? [])).toBe(expected);
        }
      }),
      { numRuns: 100, seed: 7 },
    );
    expect([...seen]).toEqual(
      expect.arrayContaining(['prefix', 'infix', 'typo', 'history', 'video']),
    );
  });
});

describe('LateFeatures', () => {
  it('are those of the answer that was given, as it explains them', () => {
    const ranking = new PersonalRanking({ live: LIVE });
    fc.assert(
      fc.property(requests, (request) => {
        const explained = ranking.answer(SNAPSHOT, request, true)?.explanation?.suggestions ?? [];
        if (ranking.answerListed(SNAPSHOT, request) === null) return;
        const late = new LateFeatures(ranking.pipeline);
        const bytes = Buffer.alloc(late.featureBytes + 3);
        const end = late.writeFeatures(bytes, 3);
        expect(end).toBeLessThanOrEqual(bytes.length);
        expect([...readFeatureRows(bytes, 3, explained.length, late.width)]).toEqual(
          // -0 is a 0 that need not be told apart.
          explained.flatMap(({ features }) => FEATURE_NAMES.map((name) => features[name] || 0)),
        );
        ranking.answerListed(SNAPSHOT, { ...request, typed: 'york' });
        const again = Buffer.alloc(bytes.length);
        expect(late.writeFeatures(again, 3)).toBe(end);
        expect(again).toEqual(bytes);
      }),
      { numRuns: 100 },
    );
  });

  it('are not taken for those of the next answer', () => {
    const ranking = new PersonalRanking();
    const request = {
      ...{ typed: 'n', limit: 10, market: 'und', ownerHash: 'u', nowMs: NOW_MS },
      ...{ reading: readingOf(profileOf(['new york'])), session: null, video: null },
    };
    ranking.answerListed(SNAPSHOT, request);
    const late = new LateFeatures(ranking.pipeline);
    ranking.answerListed(SNAPSHOT, { ...request, typed: 'new' });
    expect(() => late.writeFeatures(Buffer.alloc(10_000), 0)).toThrow('before the next one');
  });
});

describe('WrittenRows', () => {
  const suggestionOf = (text: string): Suggestion => ({
    ...{ id: text, text, kind: 'query', source: 'prefix', score: 1 },
    matches: [{ start: 0, end: 1 }],
  });

  it('gives what was added, and lets all others go when there are too many', () => {
    const written = new WrittenRows(300);
    const isInfix = (id: number) => id % 2 === 0;
    for (let id = 0; id < 600; id++) {
      const place = written.add(id, isInfix(id), suggestionOf(`text ${id}`));
      written.setRow(id % 300, place);
      written.setStandIn(id % 300, isInfix(id), place);
      expect(written.placeOf(id, isInfix(id))).toBe(place);
      expect(written.placeOf(id, !isInfix(id))).toBe(0);
      expect(written.placeOfRow(id % 300)).toBe(place);
      expect(written.placeOfStandIn(id % 300, isInfix(id))).toBe(place);
      expect(written.placeOfStandIn(id % 300, !isInfix(id))).toBe(0);
    }
    let known = 0;
    for (let id = 0; id < 600; id++) {
      const place = written.placeOf(id, isInfix(id));
      if (place === 0) continue;
      known++;
      expect(written.suggestionAt(place).text).toBe(`text ${id}`);
      expect(written.completionAt(place)).toBe(id);
      expect(written.beforeAt(place)).toContain(`"text ${id}"`);
      expect(written.afterAt(place)).toBe(',"matches":[{"start":0,"end":1}]}');
      expect(written.epochAt(place)).toBe(-1);
    }
    expect(known).toBe(600 % 255);
    written.clear();
    expect([written.placeOf(599, false), written.placeOfRow(299)]).toEqual([0, 0]);
    expect(written.placeOfStandIn(299, false)).toBe(0);
    expect(() => written.suggestionAt(0)).toThrow();
  });
});
