import { describe, expect, it } from 'vitest';
import { FEATURES, featureIndex } from '../../../ranking/features/feature-list.ts';
import { DEFAULT_MODEL } from '../../../ranking/rankers/default-model.ts';
import { FactorisationRanker } from '../../../ranking/rankers/factorisation-ranker.ts';
import { LinearRanker } from '../../../ranking/rankers/linear-ranker.ts';
import { createRanker } from '../../../ranking/rankers/model-file.ts';
import {
  createOwnRecencyRanker,
  createPopularityRanker,
  weightsOf,
} from '../../../ranking/rankers/popularity-ranker.ts';
import type { Ranker } from '../../../ranking/rankers/ranker.ts';
import { describeRanker } from '../../contracts/rankers.ts';

const stride = FEATURES.length;
const weights = FEATURES.map((_, i) => Math.sin(i + 1));
const factors = FEATURES.map((_, i) => [Math.cos(i) / 4, Math.sin(2 * i) / 4, 0.01 * i]);

describeRanker('popularity', createPopularityRanker);
describeRanker('own recency', createOwnRecencyRanker);
describeRanker('linear', () => new LinearRanker('linear', weights, 0.5));
describeRanker('factorisation machine', () => new FactorisationRanker('fm', weights, factors, -1));
describeRanker(
  'factorisation machine with few factors',
  () =>
    new FactorisationRanker(
      'few',
      weights,
      factors.map((each, i) => (i % 3 === 0 ? each : each.map(() => 0))),
    ),
);
describeRanker('default', () => createRanker(DEFAULT_MODEL));

function scoresOf(ranker: Ranker, rows: readonly Readonly<Record<string, number>>[]): number[] {
  const features = new Float32Array(rows.length * stride);
  rows.forEach((named, row) => {
    for (const [name, value] of Object.entries(named)) {
      features[row * stride + featureIndex(name)] = value;
    }
  });
  const scores = new Float32Array(rows.length);
  ranker.score(features, rows.length, scores);
  return [...scores];
}

describe('rankers', () => {
  it('order by popularity: the lower the place, the higher the score', () => {
    const [first = 0, second = 0, last = 0] = scoresOf(createPopularityRanker(), [
      { place: 0 },
      { place: -1, ownOrder: 9 },
      { place: -199 },
    ]);
    expect(first).toBeGreaterThan(second);
    expect(second).toBeGreaterThan(last);
  });

  it('put own searches first, the newest before the older, before anything popular', () => {
    const [newest = 0, oldest = 0, popular = 0, other = 0] = scoresOf(createOwnRecencyRanker(), [
      { place: -199, ownOrder: 128 },
      { place: 0, ownOrder: 1 },
      { place: 0 },
      { place: -1 },
    ]);
    expect([newest, oldest, popular, other]).toEqual(
      [newest, oldest, popular, other].sort((a, b) => b - a),
    );
    expect(new Set([newest, oldest, popular, other]).size).toBe(4);
  });

  it('weigh products of features by their factors, against the sum over all pairs', () => {
    const ranker = new FactorisationRanker('fm', weights, factors, 2);
    const values = FEATURES.map((_, i) => ((i * 7) % 5) - 2);
    let expected = 2;
    values.forEach((x, i) => {
      expected += weights[i]! * x;
      for (let j = i + 1; j < stride; j++) {
        const product = factors[i]!.reduce((sum, factor, k) => sum + factor * factors[j]![k]!, 0);
        expected += product * x * values[j]!;
      }
    });
    const scores = new Float32Array(1);
    ranker.score(Float32Array.from(values), 1, scores);
    expect(scores[0]).toBeCloseTo(expected, 3);
  });

  it('refuse a weight of what is no feature', () => {
    expect(() => weightsOf({ nothing: 1 })).toThrow(
      "expected the name of a feature, got 'nothing'",
    );
  });
});
