import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  meanReciprocalRankAt,
  reciprocalRank,
  successAt,
} from '../../../ranking/metrics/reciprocal-rank.ts';

const lists = fc.array(fc.integer({ min: 0, max: 6 }), { maxLength: 8 });
const target = fc.integer({ min: 0, max: 6 });
const judgedLists = fc.array(
  fc.record({ list: lists, target, weight: fc.integer({ min: 0, max: 9 }) }),
  { maxLength: 12 },
);

describe('reciprocalRank', () => {
  it('is 1 over the first place of the target and 0 without it', () => {
    fc.assert(
      fc.property(lists, target, (list, wanted) => {
        let place = 0;
        for (let i = list.length; i >= 1; i--) if (list[i - 1] === wanted) place = i;
        expect(reciprocalRank(list, wanted)).toBe(place === 0 ? 0 : 1 / place);
      }),
    );
  });
});

describe('meanReciprocalRankAt and successAt', () => {
  it('equal the unweighted means over lists repeated by their weight', () => {
    fc.assert(
      fc.property(judgedLists, fc.integer({ min: 1, max: 9 }), (judged, k) => {
        const repeated = judged.flatMap(({ list, target: wanted, weight }) =>
          Array.from({ length: weight }, () => list.slice(0, k).indexOf(wanted) + 1),
        );
        const share = (score: (place: number) => number): number =>
          repeated.length === 0
            ? 0
            : repeated.reduce((sum, place) => sum + score(place), 0) / repeated.length;
        expect(meanReciprocalRankAt(judged, k)).toBeCloseTo(
          share((place) => (place === 0 ? 0 : 1 / place)),
          12,
        );
        expect(successAt(judged, k)).toBeCloseTo(
          share((place) => (place === 0 ? 0 : 1)),
          12,
        );
      }),
    );
  });

  it('never fall as the list is cut later, and success bounds the reciprocal rank from above', () => {
    fc.assert(
      fc.property(judgedLists, fc.integer({ min: 1, max: 8 }), (judged, k) => {
        const mrr = meanReciprocalRankAt(judged, k);
        expect(meanReciprocalRankAt(judged, k + 1)).toBeGreaterThanOrEqual(mrr - 1e-12);
        expect(successAt(judged, k + 1)).toBeGreaterThanOrEqual(successAt(judged, k) - 1e-12);
        expect(mrr).toBeLessThanOrEqual(successAt(judged, k) + 1e-12);
      }),
    );
  });

  it('count a list without a weight once', () => {
    const judged = [
      { list: ['a', 'b'], target: 'b' },
      { list: ['a'], target: 'c' },
    ];
    expect(meanReciprocalRankAt(judged, 10)).toBe(0.25);
    expect(successAt(judged, 10)).toBe(0.5);
    expect(successAt(judged, 1)).toBe(0);
  });

  it('refuse places and weights that mean nothing', () => {
    const judged = [{ list: ['a'], target: 'a', weight: -1 }];
    for (const k of [0, -1, 1.5, Number.NaN])
      expect(() => successAt([], k)).toThrow(/positive whole/);
    expect(() => meanReciprocalRankAt(judged, 10)).toThrow(/weight/);
    expect(() => successAt([{ list: [1], target: 1, weight: Number.NaN }], 1)).toThrow(/weight/);
  });
});
