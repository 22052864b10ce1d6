import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type BoundProfile,
  extendSequence,
  SEQUENCE_START,
} from '../../../ranking/features/bound-profile.ts';
import {
  CandidateTable,
  FROM_INFIX,
  FROM_PREFIX,
  FROM_TYPO,
  MOST_TERMS_READ,
  MOST_THEMES_READ,
  NONE,
  SCRIPT_CODES,
} from '../../../ranking/features/candidate-table.ts';
import type { FeatureContext } from '../../../ranking/features/feature.ts';
import { FEATURES, writeFeatures } from '../../../ranking/features/feature-list.ts';
import { HashTable } from '../../../ranking/features/hash-table.ts';
import {
  countTerms,
  holdsMarked,
  packedTermHalves,
  packTerms,
  unpackTerms,
} from '../../../ranking/features/packed-terms.ts';
import { markTerm, mayShareTerms, TERM_MARKS } from '../../../ranking/features/term-evidence.ts';
import { DEFAULT_MODEL } from '../../../ranking/rankers/default-model.ts';
import { DividedRanker } from '../../../ranking/rankers/divided-ranker.ts';
import { createRanker } from '../../../ranking/rankers/model-file.ts';
import {
  createOwnRecencyRanker,
  createPopularityRanker,
} from '../../../ranking/rankers/popularity-ranker.ts';
import {
  copyPreparedFacts,
  type PreparedRows,
  preparedWords,
  prepareFacts,
} from '../../../ranking/rankers/prepared-rows.ts';

const MOST = 40;
const THEMES = 12;
/** Some of the same mark, some that the snapshot does not know, and of the largest numbers. */
const TERMS = [0, 1, 2, 3, 4, 5, TERM_MARKS + 1, 2 * TERM_MARKS + 5, 70_000, -1, 2 ** 31 - 1];

const part = fc.double({ min: 0, max: 1, noNaN: true });
const sequence = fc.array(fc.constantFrom(...TERMS), { minLength: 1, maxLength: 4 });
const theme = fc.tuple(fc.integer({ min: NONE, max: THEMES - 1 }), fc.nat(255));
const row = fc.record({
  sources: fc.nat(FROM_PREFIX | FROM_INFIX | FROM_TYPO),
  popularity: fc.oneof(fc.constant(-40), fc.double({ min: -30, max: 20, noNaN: true })),
  merged: fc.double({ min: 0, max: 20, noNaN: true }),
  bytes: fc.nat(60),
  termCount: fc.nat(20),
  terms: fc.array(fc.constantFrom(...TERMS), {
    minLength: MOST_TERMS_READ,
    maxLength: MOST_TERMS_READ,
  }),
  script: fc.nat(SCRIPT_CODES.length - 1),
  language: fc.nat(3),
  themes: fc.array(theme, { minLength: MOST_THEMES_READ, maxLength: MOST_THEMES_READ }),
  counts: fc.array(fc.nat(100), { minLength: 3, maxLength: 3 }),
  rates: fc.array(fc.double({ min: -3, max: 3, noNaN: true }), { minLength: 4, maxLength: 4 }),
});
const lifts = fc.option(
  fc
    .array(
      fc.oneof(part, fc.double({ min: 0, max: 600, noNaN: true }), fc.constantFrom(0, 0.25, 1)),
      { minLength: THEMES, maxLength: THEMES },
    )
    .map((numbers) => Float32Array.from(numbers)),
);
const profile = fc.option(
  fc
    .record({
      entries: fc.array(fc.tuple(sequence, part), { maxLength: 6 }),
      weights: fc.array(fc.tuple(fc.constantFrom(...TERMS), part), { maxLength: 5 }),
      entities: fc.array(fc.tuple(sequence, part), { maxLength: 3 }),
      isMarked: fc.boolean(),
      themeLifts: lifts,
      scripts: fc.option(fc.array(part, { minLength: 11, maxLength: 11 })),
      dayParts: fc.array(part, { minLength: 8, maxLength: 8 }),
    })
    .map(profileOf),
);

interface Drawn {
  readonly entries: readonly (readonly [readonly number[], number])[];
  readonly weights: readonly (readonly [number, number])[];
  readonly entities: readonly (readonly [readonly number[], number])[];
  readonly isMarked: boolean;
  readonly themeLifts: Float32Array | null;
  readonly scripts: readonly number[] | null;
  readonly dayParts: readonly number[];
}

function profileOf(drawn: Drawn): BoundProfile {
  const marks = new Uint32Array(TERM_MARKS / 32);
  const tables = { sequences: new HashTable(), beginnings: new HashTable() };
  const entities = new HashTable();
  const termWeights = new HashTable();
  for (const [terms, weight] of drawn.entries) {
    markTerm(marks, terms[0] ?? 0);
    let hash = SEQUENCE_START;
    terms.forEach((term, i) => {
      hash = extendSequence(hash, term);
      tables[i + 1 < terms.length ? 'beginnings' : 'sequences'].add(hash, weight);
    });
  }
  for (const [terms, share] of drawn.entities) {
    markTerm(marks, terms[0] ?? 0);
    entities.add(
      terms.reduce((hash, term) => extendSequence(hash, term), SEQUENCE_START),
      share,
    );
  }
  for (const [term, weight] of drawn.weights) {
    termWeights.add(term, weight);
    markTerm(marks, term);
  }
  return {
    ...{ entries: 0, lastMs: new Float64Array(), counts: new Float32Array(), totalCount: 1 },
    ...{ decayedCounts: new Float32Array(), repeatShare: 0, inSession: new Uint8Array() },
    ...tables,
    ...{ entities, termWeights, themeLifts: drawn.themeLifts },
    termMarks: drawn.isMarked ? marks : null,
    longestEntity: Math.max(0, ...drawn.entities.map(([terms]) => terms.length)),
    scriptShares: drawn.scripts === null ? null : Float32Array.from(drawn.scripts),
    dayParts: Float32Array.from(drawn.dayParts),
  };
}

const context: fc.Arbitrary<FeatureContext> = fc.record({
  nowMs: fc.constant(0),
  dayPart: fc.nat(7),
  typedBytes: fc.nat(9),
  typedTerms: fc.nat(3),
  topPopularity: fc.constant(20),
  totalPopularity: fc.double({ min: 10, max: 24, noNaN: true }),
  profile,
  sessionLifts: lifts,
  languageFits: fc.option(
    fc.array(part, { minLength: 4, maxLength: 4 }).map((fits) => Float32Array.from(fits)),
  ),
});

function tableOf(drawn: readonly (typeof row extends fc.Arbitrary<infer T> ? T : never)[]) {
  const table = new CandidateTable(MOST);
  for (const each of drawn) {
    const at = table.add(table.size, each.sources);
    table.popularity[at] = each.popularity;
    table.mergedPopularity[at] = each.merged;
    table.bytes[at] = each.bytes;
    table.termCounts[at] = each.termCount;
    table.terms.set(each.terms, at * MOST_TERMS_READ);
    table.scripts[at] = each.script;
    table.languages[at] = each.language;
    each.themes.forEach(([name, steps], i) => {
      table.themes[at * MOST_THEMES_READ + i] = name;
      table.themeShares[at * MOST_THEMES_READ + i] = name === NONE ? 0 : steps / 255;
    });
    [table.hourCounts[at], table.dayCounts[at], table.weekCounts[at]] = each.counts as [
      number,
      number,
      number,
    ];
    [table.rise[at], table.novelty[at], table.clickRates[at], table.prefixClickRates[at]] =
      each.rates as [number, number, number, number];
  }
  return table;
}

function prepare(table: CandidateTable, slopes: number): PreparedRows {
  const { size } = table;
  const words = preparedWords(slopes);
  const terms = countTerms(table);
  // What stood in the memory before tells nothing.
  const buffer = new Uint8Array(
    Math.ceil((4 * size * words + 2 * packedTermHalves(size, terms)) / 4) * 4,
  ).fill(0xa5).buffer;
  const endsAt = 2 * size * words;
  const prepared = {
    floats: new Float32Array(buffer),
    halves: new Uint16Array(buffer),
    bytes: new Uint8Array(buffer),
    ...{ endsAt, lowsAt: endsAt + size, highsAt: endsAt + size + terms },
  };
  packTerms(table, prepared);
  for (let at = 0; at < size; at++) prepareFacts(table, at, prepared, at * words);
  return prepared;
}

/** Weights and factors of all sizes; factors of every feature, of some, or of none. */
const models = fc
  .record({ seed: fc.nat(10_000), depth: fc.nat(4), sparse: fc.integer({ min: 1, max: 6 }) })
  .map(({ seed, depth, sparse }) => {
    const number = (i: number) => Math.sin(seed + i * 12.9898) / 2;
    return createRanker({
      ...DEFAULT_MODEL,
      kind: depth === 0 ? 'linear' : 'factorisation-machine',
      bias: number(7),
      features: FEATURES.map(({ name }) => name),
      weights: FEATURES.map((_, i) => ((i + seed) % 5 === 0 ? 0 : number(i))),
      factors: FEATURES.map((_, i) =>
        Array.from({ length: depth }, (_, k) =>
          (i + seed) % sparse === 0 ? number(100 + i * depth + k) / 8 : 0,
        ),
      ),
    });
  });
const rankers = fc.oneof(
  { weight: 4, arbitrary: models },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      createRanker(DEFAULT_MODEL),
      createPopularityRanker(),
      createOwnRecencyRanker(),
    ),
  },
);

describe('a ranker divided by who changes a feature', () => {
  it('scores rows of which nothing is known to who asks as it scores all their features at once, for every kind of model and whatever is known of who asks', () => {
    fc.assert(
      fc.property(
        rankers,
        fc.array(row, { maxLength: MOST }),
        fc.array(context, { minLength: 1, maxLength: 3 }),
        (ranker, drawn, contexts) => {
          const table = tableOf(drawn);
          const { size } = table;
          const [first] = contexts;
          const divided = new DividedRanker(ranker, MOST);
          const prepared = prepare(table, divided.slopes);
          const typed = { ...first!, profile: null, sessionLifts: null, languageFits: null };
          const numbers = Array.from({ length: size }, (_, at) => at);
          divided.begin(table, typed, prepared, numbers);
          for (const { profile: bound, sessionLifts, languageFits, dayPart } of contexts) {
            const whole = { ...typed, profile: bound, sessionLifts, languageFits, dayPart };
            const features = new Float32Array(size * FEATURES.length);
            writeFeatures(table, whole, features);
            const expected = new Float32Array(size);
            ranker.score(features, size, expected);
            const scores = new Float32Array(size);
            divided.finish(prepared, size, whole, scores);
            for (let at = 0; at < size; at++) {
              const due = expected[at]!;
              expect(Math.abs(scores[at]! - due)).toBeLessThanOrEqual(1e-4 + 1e-6 * Math.abs(due));
            }
          }
        },
      ),
      { numRuns: 300 },
    );
  });

  it('scores a row anew as it scores it first, and leaves the others as they are', () => {
    fc.assert(
      fc.property(
        rankers,
        fc.array(row, { minLength: 1, maxLength: MOST }),
        context,
        fc.func(fc.boolean()),
        (ranker, drawn, whole, isAnew) => {
          const table = tableOf(drawn);
          const divided = new DividedRanker(ranker, MOST);
          const prepared = prepare(table, divided.slopes);
          const numbers = drawn.map((_, at) => at);
          divided.begin(table, whole, prepared, numbers);
          const before = prepared.bytes.slice();
          const again = numbers.filter((at) => isAnew(at));
          const few = new CandidateTable(MOST);
          for (const at of again) few.addCopy(table, at);
          divided.begin(few, whole, prepared, again);
          expect(prepared.bytes).toEqual(before);
        },
      ),
    );
  });
});

describe('rows prepared for ranking', () => {
  it('give back the themes, languages and terms that were packed, and tell marked terms as tables do', () => {
    fc.assert(
      fc.property(
        fc.array(row, { maxLength: MOST }),
        fc.array(fc.constantFrom(...TERMS), { maxLength: 3 }),
        fc.nat(4),
        (drawn, marked, slopes) => {
          const table = tableOf(drawn);
          const prepared = prepare(table, slopes);
          const marks = new Uint32Array(TERM_MARKS / 32);
          for (const term of marked) markTerm(marks, term);
          const copy = new CandidateTable(MOST);
          for (let at = 0; at < table.size; at++) {
            copy.add(at, 0);
            copyPreparedFacts(prepared, at * preparedWords(slopes), copy, at);
            const terms = new Int32Array(MOST_TERMS_READ);
            const count = unpackTerms(prepared, at, terms, 0);
            const first = at * MOST_TERMS_READ;
            expect(count).toBe(Math.min(table.termCounts[at]!, MOST_TERMS_READ));
            expect(terms.subarray(0, count)).toEqual(table.terms.subarray(first, first + count));
            expect(holdsMarked(prepared, at, marks)).toBe(mayShareTerms(table, at, marks));
          }
          const end = table.size * MOST_THEMES_READ;
          expect(copy.themes.subarray(0, end)).toEqual(table.themes.subarray(0, end));
          expect(copy.themeShares.subarray(0, end)).toEqual(table.themeShares.subarray(0, end));
          expect(copy.scripts).toEqual(table.scripts);
          expect(copy.languages).toEqual(table.languages);
        },
      ),
    );
  });
});
