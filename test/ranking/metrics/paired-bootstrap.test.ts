import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { comparePaired } from '../../../ranking/metrics/paired-bootstrap.ts';

const scores = fc.array(
  fc.record({
    a: fc.double({ min: 0, max: 1, noNaN: true }),
    b: fc.double({ min: 0, max: 1, noNaN: true }),
  }),
  {
    minLength: 1,
    maxLength: 30,
  },
);
const split = (pairs: readonly { a: number; b: number }[]) =>
  [pairs.map(({ a }) => a), pairs.map(({ b }) => b)] as const;

describe('comparePaired', () => {
  it('gives the same interval for the same seed', () => {
    fc.assert(
      fc.property(scores, fc.integer(), (pairs, seed) => {
        const [a, b] = split(pairs);
        const options = { seed, resamples: 50 };
        expect(comparePaired(a, b, options)).toEqual(comparePaired(a, b, options));
      }),
    );
  });

  it('keeps the interval within the smallest and largest difference, in order', () => {
    fc.assert(
      fc.property(scores, fc.integer(), (pairs, seed) => {
        const [a, b] = split(pairs);
        const differences = pairs.map((pair) => pair.b - pair.a);
        const { mean, low, high } = comparePaired(a, b, { seed, resamples: 50 });
        expect(low).toBeLessThanOrEqual(high);
        expect(low).toBeGreaterThanOrEqual(Math.min(...differences) - 1e-12);
        expect(high).toBeLessThanOrEqual(Math.max(...differences) + 1e-12);
        expect(mean).toBeCloseTo(differences.reduce((sum, d) => sum + d, 0) / pairs.length, 10);
      }),
    );
  });

  it('widens with the confidence that is asked for', () => {
    const a = Array.from({ length: 200 }, (_, i) => (i * 37) % 101);
    const b = Array.from({ length: 200 }, (_, i) => (i * 53) % 97);
    const narrow = comparePaired(a, b, { seed: 1, confidence: 0.5 });
    const wide = comparePaired(a, b, { seed: 1, confidence: 0.99 });
    expect(wide.low).toBeLessThan(narrow.low);
    expect(wide.high).toBeGreaterThan(narrow.high);
  });

  it('covers the true difference about as often as it says', () => {
    // 200 samples of 60 pairs whose differences are uniform around 0.1: the 90% interval should cover 0.1 in about 180.
    let state = 12345;
    const uniform = (): number => {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
      return state / 4294967296;
    };
    let covered = 0;
    for (let sample = 0; sample < 200; sample++) {
      const a = Array.from({ length: 60 }, uniform);
      const b = a.map((score) => score + 0.1 + (uniform() - 0.5));
      const { low, high } = comparePaired(a, b, { seed: sample, resamples: 300, confidence: 0.9 });
      if (low <= 0.1 && 0.1 <= high) covered++;
    }
    expect(covered).toBeGreaterThanOrEqual(165);
    expect(covered).toBeLessThanOrEqual(195);
  });

  it('refuses lists that are no pairs and options that mean nothing', () => {
    expect(() => comparePaired([1], [1, 2], { seed: 1 })).toThrow(/as many candidate/);
    expect(() => comparePaired([], [], { seed: 1 })).toThrow(/at least one/);
    expect(() => comparePaired([1], [1], { seed: 1, resamples: 0 })).toThrow(/resample/);
    expect(() => comparePaired([1], [1], { seed: 1, confidence: 1 })).toThrow(/confidence/);
  });
});
