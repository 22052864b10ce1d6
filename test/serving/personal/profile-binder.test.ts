import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { normalise } from '../../../dictionaries/normalise.ts';
import { stableHash } from '../../../dictionaries/stable-hash.ts';
import type { EventRecord } from '../../../indexer/events/event-record.ts';
import { Segment } from '../../../indexer/segment/segment.ts';
import { SegmentBuilder } from '../../../indexer/segment/segment-builder.ts';
import { EVERY_MARKET, type ThemeInput } from '../../../indexer/segment/theme-section.ts';
import { unitHashes } from '../../../indexer/segment/unit-table.ts';
import {
  type BoundProfile,
  extendSequence,
  SEQUENCE_START,
} from '../../../ranking/features/bound-profile.ts';
import { CandidateTable } from '../../../ranking/features/candidate-table.ts';
import {
  mayShareTerms,
  readTermEvidence,
  TERM_EVIDENCE,
} from '../../../ranking/features/term-evidence.ts';
import { weightAt } from '../../../ranking/profiles/decayed-weight.ts';
import { HISTORY_HALF_LIFE_MS, Profile } from '../../../ranking/profiles/profile.ts';
import { wordRuns } from '../../../ranking/profiles/text-facts.ts';
import { updateProfile } from '../../../ranking/profiles/update-profile.ts';
import { termsOf } from '../../../serving/personal/own-form.ts';
import { type BoundOwner, ProfileBinder } from '../../../serving/personal/profile-binder.ts';
import { DAY_MS, record, remove, START_MS, search } from '../../ranking/profiles/event-records.ts';

const WORDS = ['new', 'york', 'pizza', 'news', 'old', 'town', '北京', 'café', 'hidden'];
const TEXTS = [...WORDS, ...WORDS.flatMap((a) => WORDS.map((b) => `${a} ${b}`))];
const SEGMENT = openSegment();

/** Two themes, of the city and of what is eaten. */
function openSegment(): Segment {
  const builder = new SegmentBuilder();
  TEXTS.forEach((surface, place) => {
    builder.add({ surface, normalised: normalise(surface), score: 2 * TEXTS.length - place });
  });
  const themes: ThemeInput = {
    priors: Float32Array.of(0.75, 0.25),
    units: ['york', 'pizza'].map(unitHashes),
    offsets: Uint32Array.of(0, 1, 2),
    themes: Uint16Array.of(0, 1),
    ratios: Float32Array.of(4, 4),
    rests: Float32Array.of(-4, -4),
    members: new Map([[EVERY_MARKET, [[{ input: 0, bits: 1 }], [{ input: 2, bits: 1 }]]]]),
  };
  const none = {
    ...{ sources: new Uint32Array(0), targets: new Uint32Array(0), codes: new Uint16Array(0) },
  };
  builder.setRelated({ pairs: { queries: none, fromUnits: none, units: [] }, themes });
  return Segment.open(builder.finish());
}

const HASHES = new Set<number>();
for (const text of [...TEXTS, ...TEXTS.flatMap((text) => WORDS.map((word) => `${text} ${word}`))]) {
  let hash = SEQUENCE_START;
  for (const term of termsOf(SEGMENT, normalise(text))) {
    hash = extendSequence(hash, term);
    HASHES.add(hash);
  }
}

/** Everything that can be asked of it. */
function contentOf({ bound, queries, forms, starts }: BoundOwner) {
  const { entries, sequences, beginnings, entities, termWeights } = bound;
  const column = (values: ArrayLike<number>) => Array.from(values).slice(0, entries);
  return {
    queries: queries.map((query) => ({ ...query })),
    forms: forms.map(({ normalised, id, terms }) => ({ normalised, id, terms: [...terms] })),
    columns: [bound.lastMs, bound.counts, bound.decayedCounts, bound.inSession].map(column),
    numbers: [entries, bound.totalCount, bound.repeatShare, bound.longestEntity],
    sizes: [sequences, beginnings, entities, termWeights].map(({ size }) => size),
    sequences: [...HASHES].map((hash) => sequences.get(hash)),
    beginnings: [...HASHES].map((hash) => beginnings.get(hash)),
    entities: [...HASHES].map((hash) => entities.get(hash)),
    terms: Array.from({ length: SEGMENT.terms.size }, (_, term) => termWeights.get(term)),
    themes: bound.themeLifts === null ? null : [...bound.themeLifts],
    scripts: bound.scriptShares === null ? null : [...bound.scriptShares],
    dayParts: [...bound.dayParts],
    marks: [...(bound.termMarks ?? [])],
    starts: column(starts.ends).map((end, place) => [
      ...starts.values.subarray(starts.start(place), end),
    ]),
  };
}

function enriched(query: string, atMs: number): EventRecord {
  const normalised = normalise(query);
  const data = {
    ...{ kind: 'search', normalised, surface: query, script: 'Latn' },
    terms: [...new Set(normalised.split(' '))],
    entities: wordRuns(normalised).map(stableHash).slice(0, 3),
    topics: [
      [stableHash(normalised.includes('pizza') ? 'pizza' : 'new'), 0.5],
      [stableHash('of no theme'), 0.5],
    ],
    ...(normalised.includes('hidden') ? { isBlocked: true } : {}),
  };
  return search(query, atMs, { enriched: { version: 1, snapshot: 's', data } });
}

const query = fc
  .array(fc.constantFrom(...WORDS, 'New', 'mine', 'tow'), { minLength: 1, maxLength: 3 })
  .map((words) => words.join(' '));
const step = fc.record({
  query,
  /** Late now and then, and now and then on the way to a longer one. */
  passedMs: fc.oneof(fc.constantFrom(900, 60_000), fc.integer({ min: -DAY_MS, max: 3 * DAY_MS })),
  kind: fc.constantFrom('search', 'search', 'search', 'watch', 'remove'),
  isBound: fc.boolean(),
});

function recordOf({ query: text, kind }: { query: string; kind: string }, atMs: number) {
  if (kind === 'remove') return remove({ query: text }, atMs);
  if (kind === 'search') return enriched(text, atMs);
  const event = { type: 'watch', video: text, seconds: 60, eventId: `w${atMs}`, atMs } as const;
  const data = { kind: 'item', terms: text.split(' '), entities: [stableHash(text)] };
  return record(event, { enriched: { version: 1, snapshot: 's', data } });
}

describe('binding a profile to a snapshot', () => {
  test('again after any events gives, to the last bit, what binding it from nothing gives', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 30 }), fc.boolean(), (steps, safety) => {
        const binder = new ProfileBinder(SEGMENT, safety);
        const profile = new Profile();
        let atMs = START_MS;
        for (const each of steps) {
          atMs += each.passedMs;
          updateProfile(profile, recordOf(each, atMs));
          if (!each.isBound) continue;
          const nowMs = atMs + 5_000;
          const again = contentOf(binder.bind(profile, nowMs));
          expect(again).toEqual(contentOf(new ProfileBinder(SEGMENT, safety).bind(profile, nowMs)));
        }
      }),
      { numRuns: 150 },
    );
  });

  test('goes on with a history that is cut as it grows', () => {
    const binder = new ProfileBinder(SEGMENT, true);
    const profile = new Profile();
    for (let i = 0; i < 400; i++) {
      const text = `${WORDS[i % 8]} ${WORDS[(i * 3) % 8]} ${(i * 7919) % 311}`;
      updateProfile(profile, enriched(text, START_MS + i * 3_600_000));
      if (i % 7 !== 0) continue;
      const nowMs = START_MS + i * 3_600_000;
      const fresh = new ProfileBinder(SEGMENT, true).bind(profile, nowMs);
      expect(contentOf(binder.bind(profile, nowMs))).toEqual(contentOf(fresh));
    }
    expect(profile.history.length).toBeLessThan(311);
  });

  test('tells of each entry, sequence and beginning what the history has of it, as of its time', () => {
    fc.assert(
      fc.property(fc.array(query, { minLength: 1, maxLength: 12 }), (queries) => {
        const profile = new Profile();
        queries.forEach((text, i) => {
          updateProfile(profile, enriched(text, START_MS + i * DAY_MS));
        });
        const nowMs = START_MS + 20 * DAY_MS;
        const { bound } = new ProfileBinder(SEGMENT, false).bind(profile, nowMs);
        const whole = new Map<number, number>();
        const begun = new Map<number, number>();
        profile.history.forEach(({ normalised, weight, lastMs }, place) => {
          const decayed = weightAt(weight, nowMs, HISTORY_HALF_LIFE_MS);
          expect(bound.decayedCounts[place]).toBeCloseTo(decayed, 5);
          expect(bound.lastMs[place]).toBe(lastMs);
          let hash = SEQUENCE_START;
          const terms = termsOf(SEGMENT, normalised);
          terms.forEach((term, i) => {
            hash = extendSequence(hash, term);
            const sums = i + 1 < terms.length ? begun : whole;
            sums.set(hash, (sums.get(hash) ?? 0) + decayed);
          });
        });
        expectWeights(bound.sequences, whole);
        expectWeights(bound.beginnings, begun);
      }),
    );
  });

  test('tells of who was away for years what it tells after three months', () => {
    const contentAfter = (days: number) => {
      const profile = new Profile();
      ['new york', 'old town', 'new york'].forEach((text, i) => {
        updateProfile(profile, enriched(text, START_MS + i * DAY_MS));
      });
      const nowMs = START_MS + 2 * DAY_MS + days * DAY_MS + 5_000;
      const owner = new ProfileBinder(SEGMENT, true).bind(profile, nowMs);
      const { entries, lastMs } = owner.bound;
      const ages = Array.from(lastMs.subarray(0, entries), (atMs) => nowMs - atMs);
      return { ages, ...contentOf(owner), columns: contentOf(owner).columns.slice(1) };
    };
    const afterMonths = contentAfter(90);
    expect(afterMonths.ages).toEqual([90, 91].map((days) => days * DAY_MS + 5_000));
    for (const days of [91, 1_000, 20_000]) expect(contentAfter(days)).toEqual(afterMonths);
    expect(contentAfter(89)).not.toEqual(afterMonths);
  });

  test('marks every term that a candidate must have one of to share any with it', () => {
    const candidate = fc
      .array(fc.constantFrom(...WORDS), { minLength: 1, maxLength: 4 })
      .map((words) => words.join(' '));
    fc.assert(
      fc.property(fc.array(query, { minLength: 1, maxLength: 3 }), candidate, (queries, text) => {
        const profile = new Profile();
        queries.forEach((each, i) => {
          updateProfile(profile, enriched(each, START_MS + i * DAY_MS));
        });
        const { bound } = new ProfileBinder(SEGMENT, false).bind(profile, START_MS);
        const table = new CandidateTable(1);
        table.add(0, 0);
        const terms = termsOf(SEGMENT, normalise(text));
        table.terms.set(terms);
        table.termCounts[0] = terms.length;
        const evidence = new Float64Array(TERM_EVIDENCE);
        readTermEvidence(table, 0, bound, evidence);
        const isShared = evidence.some((value) => value !== 0);
        const { termMarks } = bound;
        if (termMarks === null) throw new Error('expected marks');
        if (isShared) expect(mayShareTerms(table, 0, termMarks)).toBe(true);
        else expect(queries.some((each) => normalise(each) === text)).toBe(false);
      }),
    );
  });

  test('weighs a term by its share of the searches times the bits that it tells', () => {
    const profile = new Profile();
    for (const text of ['new york', 'new town']) updateProfile(profile, enriched(text, START_MS));
    const { bound } = new ProfileBinder(SEGMENT, true).bind(profile, START_MS);
    const holders = TEXTS.filter((text) => text.split(' ').includes('new')).length;
    const bits = Math.log2((TEXTS.length + 1) / (holders + 1));
    const weight = bound.termWeights.get(SEGMENT.terms.find('new', false));
    expect(weight).toBeCloseTo(0.5 * bits, 2);
  });

  test('lifts the themes of the topics that are searched for, by how unusual they are', () => {
    const profile = new Profile();
    updateProfile(profile, enriched('pizza', START_MS));
    const { bound } = new ProfileBinder(SEGMENT, true).bind(profile, START_MS);
    // Half a search for the second theme, smoothed with two of the usual: (0.5 + 2 * 0.25) / (2.5 * 0.25) and 2 / 2.5.
    expect(bound.themeLifts?.[0]).toBeCloseTo(0.8, 3);
    expect(bound.themeLifts?.[1]).toBeCloseTo(1.6, 3);
  });

  test('leaves out what the blocklist names, where that is asked for', () => {
    const profile = new Profile();
    for (const text of ['old town', 'hidden town'])
      updateProfile(profile, enriched(text, START_MS));
    const queriesOf = (safety: boolean) =>
      new ProfileBinder(SEGMENT, safety)
        .bind(profile, START_MS)
        .queries.map(({ normalised }) => normalised);
    expect(queriesOf(true)).toEqual(['old town']);
    expect(queriesOf(false)).toEqual(['hidden town', 'old town']);
  });
});

function expectWeights(table: BoundProfile['sequences'], expected: Map<number, number>): void {
  expect(table.size).toBe(expected.size);
  for (const [hash, weight] of expected) expect(table.get(hash)).toBeCloseTo(weight, 4);
}
