import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { normalise } from '../../../dictionaries/normalise.ts';
import { Segment } from '../../../indexer/segment/segment.ts';
import { SegmentBuilder } from '../../../indexer/segment/segment-builder.ts';
import {
  CandidateTable,
  MOST_TERMS_READ,
  MOST_THEMES_READ,
} from '../../../ranking/features/candidate-table.ts';
import { FEATURE_NAMES, FEATURES } from '../../../ranking/features/feature-list.ts';
import { Profile } from '../../../ranking/profiles/profile.ts';
import { updateProfile } from '../../../ranking/profiles/update-profile.ts';
import { DEFAULT_MODEL } from '../../../ranking/rankers/default-model.ts';
import { createRanker } from '../../../ranking/rankers/model-file.ts';
import { readFacts } from '../../../serving/personal/candidate-facts.ts';
import { PersonalRanking, readingOf } from '../../../serving/personal/personal-ranking.ts';
import type { FeatureMatrix } from '../../../serving/personal/pipeline.ts';
import { Engine } from '../../../serving/retrieval/engine.ts';
import { manifestFor } from '../retrieval/manifest-fixture.ts';

const NOW_MS = Date.UTC(2026, 4, 31, 12);
const WORDS = ['new', 'york', 'pizza', 'news', 'newcastle', 'old', 'town', 'nets', '北京', 'café'];
const TEXTS = [...WORDS, ...WORDS.flatMap((a) => WORDS.map((b) => `${a} ${b}`))];
const SNAPSHOT = openSnapshot();

function openSnapshot() {
  const builder = new SegmentBuilder();
  TEXTS.forEach((surface, place) => {
    const score = 2 * TEXTS.length - place;
    const market = place % 3 === 0 ? 'de-DE' : 'en-US';
    const markets = [{ market, score }];
    builder.add({ surface, normalised: normalise(surface), score, markets });
  });
  const segment = Segment.open(builder.finish());
  const manifest = { ...manifestFor(segment), group: 'surface' as const };
  return { segment, manifest, engine: new Engine(segment, manifest) };
}

function profileOf(queries: readonly string[]): Profile {
  return queries.reduce((profile, query, i) => {
    const atMs = NOW_MS - (queries.length - i) * 3_600_000;
    const event = { type: 'search', eventId: `e${i}`, atMs, query } as const;
    return updateProfile(profile, {
      ...{ event, arrivedMs: atMs, user: 'u', session: null, market: 'und' },
    });
  }, new Profile());
}

const query = fc
  .array(fc.constantFrom(...WORDS, 'own', 'words'), { minLength: 1, maxLength: 3 })
  .map((words) => words.join(' '));
const asked = fc.record({
  typed: query.chain((text) => fc.nat([...text].length - 1).map((end) => text.slice(0, end + 1))),
  history: fc.array(query, { maxLength: 12 }),
  session: fc.array(query, { maxLength: 2 }),
  market: fc.constantFrom('und', 'de-DE', 'en-US'),
});

/** The columns that a snapshot tells, of a row. */
function factsOf(table: CandidateTable, row: number) {
  const terms = Math.min(table.termCounts[row] ?? 0, MOST_TERMS_READ);
  const themes = [row * MOST_THEMES_READ, (row + 1) * MOST_THEMES_READ] as const;
  return {
    merged: table.mergedPopularity[row],
    bytes: table.bytes[row],
    script: table.scripts[row],
    terms: [...table.terms.subarray(row * MOST_TERMS_READ, row * MOST_TERMS_READ + terms)],
    themes: [...table.themes.subarray(...themes)],
    shares: [...table.themeShares.subarray(...themes)],
    counts: [table.weekCounts[row], table.rise[row], table.novelty[row]],
  };
}

function rowsOf({ rows, features, candidates }: FeatureMatrix) {
  const width = FEATURES.length;
  return Array.from({ length: rows }, (_, row) => ({
    id: candidates.ids[row],
    sources: candidates.sources[row],
    place: candidates.places[row],
    features: [...features.subarray(row * width, (row + 1) * width)],
  }));
}

describe('candidates that are remembered by typed text', () => {
  it('have the facts of the snapshot and the features of a pipeline that remembers nothing, however many texts were asked for before', () => {
    const remembering = new PersonalRanking();
    fc.assert(
      fc.property(fc.array(asked, { minLength: 1, maxLength: 12 }), (requests) => {
        for (const { typed, history, session, market } of [...requests, ...requests]) {
          const request = {
            ...{ typed, market, limit: 10, ownerHash: 'u', nowMs: NOW_MS, video: null },
            session: { queries: session.map(normalise), videos: [] },
            reading: readingOf(profileOf(history)),
          };
          const matrix = remembering.matrix(SNAPSHOT, request);
          const { candidates } = matrix;
          for (let row = 0; row < matrix.rows; row++) {
            const id = candidates.ids[row] ?? -1;
            if (id < 0) continue;
            const read = new CandidateTable(1);
            read.add(id, 0);
            readFacts(SNAPSHOT.segment, { trends: null, languages: null }, read, 0, id);
            expect(factsOf(candidates, row)).toEqual(factsOf(read, 0));
          }
          const anew = new PersonalRanking().matrix(SNAPSHOT, request);
          expect(rowsOf(matrix)).toEqual(rowsOf(anew));
        }
      }),
      { numRuns: 30 },
    );
  });

  it('are scored as features times weights', () => {
    const ranking = new PersonalRanking();
    fc.assert(
      fc.property(asked, ({ typed, history, session, market }) => {
        const matrix = ranking.matrix(SNAPSHOT, {
          ...{ typed, market, limit: 10, ownerHash: 'u', nowMs: NOW_MS, video: null },
          session: { queries: session.map(normalise), videos: [] },
          reading: readingOf(profileOf(history)),
        });
        const scores = new Float32Array(matrix.rows);
        createRanker({ ...DEFAULT_MODEL, kind: 'linear' }).score(
          matrix.features,
          matrix.rows,
          scores,
        );
        rowsOf(matrix).forEach(({ features }, row) => {
          const expected = DEFAULT_MODEL.features.reduce((sum, name, i) => {
            const value = features[FEATURE_NAMES.indexOf(name)] ?? Number.NaN;
            return sum + (DEFAULT_MODEL.weights[i] ?? Number.NaN) * value;
          }, DEFAULT_MODEL.bias);
          expect(Math.abs((scores[row] ?? Number.NaN) - expected)).toBeLessThan(1e-3);
        });
      }),
      { numRuns: 100 },
    );
  });
});
