import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { normalise } from '../../../dictionaries/normalise.ts';
import type { Event } from '../../../indexer/events/event.ts';
import type { EventRecord } from '../../../indexer/events/event-record.ts';
import { suggestionId } from '../../../indexer/events/suggestion-id.ts';
import { Segment } from '../../../indexer/segment/segment.ts';
import { SegmentBuilder } from '../../../indexer/segment/segment-builder.ts';
import { FEATURES, featureIndex } from '../../../ranking/features/feature-list.ts';
import { Profile } from '../../../ranking/profiles/profile.ts';
import { updateProfile } from '../../../ranking/profiles/update-profile.ts';
import { DEFAULT_MODEL } from '../../../ranking/rankers/default-model.ts';
import { createRanker } from '../../../ranking/rankers/model-file.ts';
import { createPopularityRanker } from '../../../ranking/rankers/popularity-ranker.ts';
import type { Ranker } from '../../../ranking/rankers/ranker.ts';
import { ClickRates } from '../../../serving/personal/click-rates.ts';
import { LiveCounts } from '../../../serving/personal/live-counts.ts';
import {
  candidateText,
  PersonalRanking,
  readingOf,
} from '../../../serving/personal/personal-ranking.ts';
import type { PersonalRequest } from '../../../serving/personal/personal-request.ts';
import type { FeatureMatrix } from '../../../serving/personal/pipeline.ts';
import { Engine } from '../../../serving/retrieval/engine.ts';
import { manifestFor } from '../retrieval/manifest-fixture.ts';

const NOW_MS = Date.UTC(2026, 4, 31, 12);
const WORDS =
  'new nets news nook north nine nana noon york pizza old town nil nut nap net 北京 café'.split(
    ' ',
  );
/** Far more than a table of candidates holds begin with an n. */
const TEXTS = [...WORDS, ...WORDS.flatMap((a) => WORDS.map((b) => `${a} ${b}`))];
const SNAPSHOT = openSnapshot();

function openSnapshot() {
  const builder = new SegmentBuilder();
  TEXTS.forEach((surface, place) => {
    const score = 1 + Math.round(4 * TEXTS.length ** (1 - place / TEXTS.length));
    const market = ['de-DE', 'en-US', 'und'][place % 3] ?? 'und';
    builder.add({ surface, normalised: normalise(surface), score, markets: [{ market, score }] });
  });
  const segment = Segment.open(builder.finish());
  const manifest = { ...manifestFor(segment), group: 'surface' as const, asOf: null };
  return { segment, manifest, engine: new Engine(segment, manifest) };
}

const query = fc
  .array(fc.constantFrom(...WORDS, 'own', 'words'), { minLength: 1, maxLength: 3 })
  .map((words) => words.join(' '));
const typedText = fc.constantFrom(
  'n',
  'ne',
  'no',
  'new',
  'new ',
  'york',
  'caf',
  '北',
  'pizza n',
  'newyrok',
);
const video = fc.constantFrom(null, 'v1', 'v2');
const happening = fc.oneof(
  fc.record({
    kind: fc.constant('ask' as const),
    typed: typedText,
    history: fc.array(query, { maxLength: 10 }),
    session: fc.array(query, { maxLength: 2 }),
    market: fc.constantFrom('und', 'de-DE', 'en-US'),
    video,
  }),
  fc.record({ kind: fc.constant('search' as const), query, user: fc.constantFrom('a', 'b', 'c') }),
  fc.record({
    kind: fc.constant('show' as const),
    typed: typedText,
    user: fc.constantFrom('a', 'b', 'c'),
  }),
  fc.record({ kind: fc.constant('wait' as const), minutes: fc.nat(600) }),
);

function recordOf(event: Event, user: string): EventRecord {
  return { event, arrivedMs: event.atMs, user, session: null, market: 'und' };
}

function profileOf(queries: readonly string[], nowMs: number): Profile {
  return queries.reduce((profile, text, i) => {
    const atMs = nowMs - (queries.length - i) * 3_600_000;
    return updateProfile(
      profile,
      recordOf({ type: 'search', eventId: `e${i}`, atMs, query: text }, 'u'),
    );
  }, new Profile());
}

/** Weights and factors of all sizes, for every feature. */
function randomRanker(seed: number, depth: number): Ranker {
  const number = (i: number) => Math.sin(seed + i * 12.9898) / 2;
  return createRanker({
    ...DEFAULT_MODEL,
    kind: depth === 0 ? 'linear' : 'factorisation-machine',
    features: FEATURES.map(({ name }) => name),
    // Places of what was not met are far beyond all other numbers.
    weights: FEATURES.map(({ name }, i) => (name === 'place' ? 1e-4 * number(i) : number(i))),
    factors: FEATURES.map(({ name }, i) =>
      Array.from({ length: depth }, (_, k) =>
        name === 'place' ? 0 : number(100 + i * depth + k) / 8,
      ),
    ),
  });
}

const rankers = fc.oneof(
  fc.constant(createRanker(DEFAULT_MODEL)),
  fc.constant(createPopularityRanker()),
  fc.tuple(fc.nat(1_000), fc.nat(3)).map(([seed, depth]) => randomRanker(seed, depth)),
);
const videos = {
  propose: (name: string) =>
    Array.from({ length: 20 }, (_, i) => ({ id: (name === 'v1' ? 3 : 5) * i, bits: i / 2 })),
};

const live = { videos, fresh: null };

/** Texts and scores of all candidates of a matrix, best first. */
function ordered(ranker: Ranker, matrix: FeatureMatrix, texts: readonly string[]) {
  const scores = new Float32Array(matrix.rows);
  ranker.score(matrix.features, matrix.rows, scores);
  return Array.from(scores, (score, row) => ({
    score,
    text: texts[row] ?? '',
  })).sort((a, b) => b.score - a.score);
}

/** What is counted of each candidate is what is counted now. */
function expectLiveColumns(
  { candidates, rows, features }: FeatureMatrix,
  texts: readonly string[],
  anew: FeatureMatrix,
  clicks: ClickRates,
  typed: string,
): void {
  const at = (matrix: FeatureMatrix, row: number, name: string) =>
    matrix.features[row * FEATURES.length + featureIndex(name)] ?? Number.NaN;
  const matrix = { candidates, rows, features } as FeatureMatrix;
  for (let row = 0; row < rows; row++) {
    for (const name of ['hourCount', 'dayCount', 'weekCount']) {
      expect(at(matrix, row, name)).toBeCloseTo(at(anew, row, name), 4);
    }
    if ((candidates.ids[row] ?? -1) < 0) continue;
    const id = suggestionId(texts[row] ?? '');
    expect(Math.abs(at(matrix, row, 'clickRate') - clicks.rateOf(id))).toBeLessThan(0.01);
    const after = clicks.rateAfter(typed, id);
    expect(Math.abs(at(matrix, row, 'prefixClickRate') - after)).toBeLessThan(0.01);
  }
}

describe('an order worked out in parts', () => {
  it('is that of the ranker over the matrix of all features, whoever asks, in whatever session, whatever was counted or shown since the text was typed first', () => {
    fc.assert(
      fc.property(
        rankers,
        fc.array(happening, { minLength: 2, maxLength: 14 }),
        (ranker, happenings) => {
          const counts = new LiveCounts();
          const clicks = new ClickRates();
          counts.useSnapshot(SNAPSHOT.segment);
          const ranking = new PersonalRanking({
            ...{ ranker, diversity: 0, live, states: { counts, clicks } },
          });
          let nowMs = NOW_MS;
          happenings.forEach((each, i) => {
            const asked = (typed: string, history: readonly string[]): PersonalRequest => ({
              ...{ typed, limit: 20, market: 'und', ownerHash: 'u', nowMs, video: null },
              ...{ session: null, reading: readingOf(profileOf(history, nowMs)) },
            });
            if (each.kind === 'wait') nowMs += each.minutes * 60_000;
            if (each.kind === 'search') {
              const event = {
                type: 'search',
                eventId: `s${i}`,
                atMs: nowMs,
                query: each.query,
              } as const;
              counts.apply(recordOf(event, each.user));
            }
            if (each.kind === 'show') {
              const shown = ranking.answer(SNAPSHOT, asked(each.typed, ['own words']));
              clicks.noteRequest(`r${i}`, shown?.normalised ?? '');
              const items = (shown?.suggestions ?? []).map(({ id }, at) => ({
                id,
                position: at + 1,
              }));
              const event = {
                eventId: `c${i}`,
                atMs: nowMs,
                requestId: `r${i}`,
                surface: 'suggest',
              } as const;
              if (items.length > 0)
                clicks.apply(recordOf({ type: 'impression', ...event, items }, each.user));
              const taken = items[i % Math.max(1, items.length)];
              if (taken !== undefined)
                clicks.apply(recordOf({ type: 'click', ...event, ...taken }, each.user));
            }
            if (each.kind !== 'ask') return;
            const request = {
              ...asked(each.typed, each.history),
              ...{ market: each.market, video: each.video },
              session: { queries: each.session.map(normalise), videos: [] },
            };
            const answer = ranking.answer(SNAPSHOT, request, true);
            if (answer === null) return;
            const matrix = ranking.matrix(SNAPSHOT, request);
            const texts = Array.from({ length: matrix.rows }, (_, row) =>
              candidateText(SNAPSHOT, matrix, row),
            );
            const anew = new PersonalRanking({ live, states: { counts, clicks } });
            expectLiveColumns(
              matrix,
              texts,
              anew.matrix(SNAPSHOT, request),
              clicks,
              answer.normalised,
            );
            const expected = ordered(ranker, matrix, texts);
            expect(answer.explanation?.candidates).toBe(expected.length);
            const scoreOf = new Map(expected.map(({ text, score }) => [text, score]));
            expect(answer.suggestions.length).toBe(Math.min(20, expected.length));
            answer.suggestions.forEach(({ text }, at) => {
              // Ties may stand either way round; the last digits are those of sums in another order.
              const score = scoreOf.get(normalise(text)) ?? Number.NaN;
              const due = expected[at]?.score ?? Number.NaN;
              expect(Math.abs(score - due)).toBeLessThanOrEqual(1e-4 + 1e-6 * Math.abs(due));
              const told = answer.explanation?.suggestions[at]?.score ?? Number.NaN;
              expect(Math.abs(told - score)).toBeLessThanOrEqual(1e-3 + 1e-5 * Math.abs(score));
            });
          });
        },
      ),
      { numRuns: 120 },
    );
  });
});
