import { describe, expect, it } from 'vitest';
import {
  type BoundProfile,
  extendSequence,
  SEQUENCE_START,
} from '../../../ranking/features/bound-profile.ts';
import {
  CandidateTable,
  FROM_HISTORY,
  FROM_INFIX,
  FROM_PREFIX,
  FROM_SCRIPT,
  FROM_TYPO,
  MOST_TERMS_READ,
  MOST_THEMES_READ,
  NO_COMPLETION,
} from '../../../ranking/features/candidate-table.ts';
import type { FeatureContext } from '../../../ranking/features/feature.ts';
import {
  FEATURE_NAMES,
  FEATURES,
  featureIndex,
  writeFeatures,
} from '../../../ranking/features/feature-list.ts';
import { HashTable } from '../../../ranking/features/hash-table.ts';

const HOUR_MS = 3_600_000;
const NOW_MS = 1_000 * 24 * HOUR_MS;

function tableOf(entries: readonly (readonly [readonly number[], number])[]): HashTable {
  const table = new HashTable();
  for (const [terms, weight] of entries) {
    table.add(
      terms.reduce((hash, term) => extendSequence(hash, term), SEQUENCE_START),
      weight,
    );
  }
  return table;
}

/** The user searched [5 6 7] an hour ago, in this session, and [5] seven hours and half a day ago. */
function profile(): BoundProfile {
  const termWeights = new HashTable();
  termWeights.add(6, 0.5);
  termWeights.add(7, 2.5);
  return {
    entries: 2,
    lastMs: Float64Array.of(NOW_MS - HOUR_MS, NOW_MS - 7 * HOUR_MS),
    counts: Float32Array.of(3, 1),
    decayedCounts: Float32Array.of(3, 1),
    totalCount: 4,
    repeatShare: 0.5,
    inSession: Uint8Array.of(1, 0),
    sequences: tableOf([
      [[5, 6, 7], 3],
      [[5], 1],
    ]),
    beginnings: tableOf([
      [[5], 3],
      [[5, 6], 3],
    ]),
    termWeights,
    termMarks: null,
    entities: tableOf([[[6, 7], 0.75]]),
    longestEntity: 2,
    themeLifts: Float32Array.of(4, 0.5),
    scriptShares: Float32Array.of(0, 0.45, 0.55, 0, 0, 0, 0, 0, 0, 0, 0),
    dayParts: Float32Array.of(1.5, 0, 0, 0, 0, 0, 0, 0),
  };
}

const CONTEXT: FeatureContext = {
  nowMs: NOW_MS,
  dayPart: 0,
  typedBytes: 3,
  typedTerms: 1,
  topPopularity: 10,
  totalPopularity: 14,
  profile: profile(),
  sessionLifts: Float32Array.of(1, 2),
  languageFits: Float32Array.of(0, 1.5),
};

/** A completion that the user searched, another in a table of two, the second of which nothing is known. */
function example(): CandidateTable {
  const table = new CandidateTable(4);
  const row = table.add(42, FROM_PREFIX | FROM_INFIX | FROM_TYPO | FROM_SCRIPT | FROM_HISTORY);
  table.places[row] = 3;
  table.popularity[row] = 7;
  table.mergedPopularity[row] = 8;
  table.readingBits[row] = 2.5;
  table.bytes[row] = 10;
  table.termCounts[row] = 3;
  table.terms.set([5, 6, 7], row * MOST_TERMS_READ);
  table.scripts[row] = 1;
  table.languages[row] = 1;
  table.themes.set([0, 1], row * MOST_THEMES_READ);
  table.themeShares.set([0.5, 0.25], row * MOST_THEMES_READ);
  table.history[row] = 0;
  table.followUp[row] = -4;
  table.video[row] = -15;
  table.hourCounts[row] = 1;
  table.dayCounts[row] = 3;
  table.weekCounts[row] = 7;
  table.rise[row] = 1.25;
  table.novelty[row] = 0.25;
  table.clickRates[row] = 0.5;
  table.prefixClickRates[row] = -0.5;
  table.slipCorrections[row] = 0.5;
  table.add(7, FROM_PREFIX);
  return table;
}

const EXPECTED: Readonly<Record<string, number>> = {
  place: -3,
  topPlace: 0.25,
  popularity: -3,
  marketFit: -1,
  prefixMatch: 1,
  infixMatch: 1,
  correction: 1,
  rewriting: 1,
  readingBits: 2.5,
  lettersLeft: 3,
  termsLeft: 2,
  scriptFit: Math.log2(0.5 / 1.05),
  hourCount: 1,
  dayCount: 2,
  weekCount: 3,
  rise: 1.25,
  novelty: 0.25,
  clickRate: 0.5,
  prefixClickRate: -0.5,
  ownQuery: 1,
  ownAlone: 0,
  ownOrder: 2,
  ownAge: 1,
  ownCount: 2,
  ownShare: 0.75,
  ownHabit: 0.5,
  ownHour: Math.cos(Math.PI / 12),
  dayPart: 1.5,
  // The user searched [5], which is a beginning of it.
  specialises: 1,
  generalises: 0,
  termTaste: 1,
  termsKnown: 2 / 3,
  entityTaste: 0.75,
  // 0.5 x 4 + 0.25 x 0.5 + what no theme is known of.
  topicTaste: Math.log2(2.375),
  // 0.5 x 1 + 0.25 x 2 + 0.25.
  sessionTopic: Math.log2(1.25),
  inSession: 1,
  followUp: 16,
  videoFit: 5,
  ownBits: Math.log2(0.75 + 1e-4),
  ownPlace: 0,
  ownPopularity: -3,
  support: Math.log2(1 + 128),
  // The user's share, that of others by taste and session, the video, the session.
  chance: Math.log2(
    2 ** -24 +
      0.22 * 0.75 +
      (0.6 * ((128 * 128) / 129 / 2 ** 14) * (2.375 + 1.25)) / 2 +
      0.5 * 2 ** -15 +
      0.02 * 2 ** -4,
  ),
  brevity: 1 / 3,
  slipCorrection: 0.5,
  languageFit: 1.5,
  // Three searches by now, the last an hour ago, which halves in 30 days.
  ownAgain: Math.log2(3) + 1 / (30 * 24),
};

function valuesOf(table: CandidateTable, context: FeatureContext): Float32Array {
  const out = new Float32Array(table.size * FEATURES.length).fill(Number.NaN);
  writeFeatures(table, context, out);
  return out;
}

describe('features', () => {
  it('have a worked example each', () => {
    expect(Object.keys(EXPECTED)).toEqual(FEATURE_NAMES);
  });

  it.each(Object.entries(EXPECTED))('%s is as worked out by hand', (name, expected) => {
    const values = valuesOf(example(), CONTEXT);
    expect(values[featureIndex(name)]).toBeCloseTo(expected, 5);
  });

  it('are finite and at their default where nothing is known of the user or the candidate', () => {
    const table = new CandidateTable(1);
    table.add(NO_COMPLETION, 0);
    const nobody = {
      ...CONTEXT,
      typedBytes: 0,
      typedTerms: 0,
      profile: null,
      sessionLifts: null,
      languageFits: null,
    };
    const values = valuesOf(table, nobody);
    const place = { topPlace: 1 };
    const defaults = { ...Object.fromEntries(FEATURES.map((f) => [f.name, f.default])), ...place };
    FEATURE_NAMES.forEach((name, i) => {
      expect([name, values[i]! + 0]).toEqual([name, defaults[name as keyof typeof defaults]]);
    });
  });

  it('tell a candidate of which nothing is known from one that the user searched', () => {
    const values = valuesOf(example(), CONTEXT);
    const second = (name: string) => values[FEATURES.length + featureIndex(name)];
    for (const name of ['ownQuery', 'ownAge', 'ownCount', 'ownHour', 'inSession', 'followUp']) {
      expect([name, second(name)]).toEqual([name, 0]);
    }
  });

  it('tell a search of the own that nobody else knows', () => {
    const table = new CandidateTable(1);
    const row = table.add(NO_COMPLETION, FROM_HISTORY);
    table.history[row] = 1;
    expect(valuesOf(table, CONTEXT)[featureIndex('ownAlone')]).toBe(1);
  });

  it('tell a query that the user went on from', () => {
    const table = new CandidateTable(1);
    const row = table.add(3, FROM_PREFIX);
    table.terms.set([5, 6], row * MOST_TERMS_READ);
    table.termCounts[row] = 2;
    expect(valuesOf(table, CONTEXT)[featureIndex('generalises')]).toBe(2);
  });
});
