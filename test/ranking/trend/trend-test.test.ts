import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { leastSurprise, riseRatio, surpriseBits } from '../../../ranking/trend/trend-test.ts';

/** Exact chance that a binomial variable reaches `least`. */
function binomialTail(n: number, p: number, least: number): number {
  let logChoose = 0;
  let tail = 0;
  for (let k = 0; k <= n; k++) {
    if (k > 0) logChoose += Math.log(n - k + 1) - Math.log(k);
    if (k >= least) tail += Math.exp(logChoose + k * Math.log(p) + (n - k) * Math.log1p(-p));
  }
  return tail;
}

describe('surpriseBits', () => {
  it('never overstates how unlikely a rise is: the exact binomial tail is at most 2^-bits', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 60 }),
        fc.integer({ min: 1, max: 200 }),
        fc.integer({ min: 1, max: 1_000 }),
        fc.integer({ min: 2, max: 200 }),
        (count, baseline, total, times) => {
          const baselineTotal = total * times;
          const bits = surpriseBits({ count, total, baseline, baselineTotal, spread: 1 });
          const exact = binomialTail(count + baseline, 1 / (1 + times), count);
          expect(exact).toBeLessThanOrEqual(2 ** -bits * (1 + 1e-9));
        },
      ),
    );
  });

  it('is nothing without a rise, and while the baseline has hardly more than the window', () => {
    const usual = { count: 10, total: 100, baseline: 100, baselineTotal: 1_000, spread: 1 };
    expect(surpriseBits(usual)).toBe(0);
    expect(surpriseBits({ ...usual, count: 3 })).toBe(0);
    expect(surpriseBits({ ...usual, count: 0 })).toBe(0);
    expect(surpriseBits({ ...usual, count: 40, baselineTotal: 150 })).toBe(0);
    expect(surpriseBits({ ...usual, count: 40 })).toBeGreaterThan(20);
  });

  it('takes as many times the surprise of a query whose counts vary so many times more', () => {
    const rise = { count: 40, total: 100, baseline: 100, baselineTotal: 1_000, spread: 1 };
    expect(surpriseBits({ ...rise, spread: 4 })).toBeCloseTo(surpriseBits(rise) / 4);
  });

  it('asks for more the more is tested', () => {
    expect(leastSurprise(1_000, 3)).toBeCloseTo(Math.log2(300_000));
    expect(leastSurprise(0, 3)).toBeCloseTo(Math.log2(300));
  });

  it('compares shares of all searches, so that a busy hour makes no rise', () => {
    expect(riseRatio({ count: 50, total: 500, baseline: 10, baselineTotal: 100, spread: 1 })).toBe(
      1,
    );
    expect(riseRatio({ count: 5, total: 10, baseline: 10, baselineTotal: 100, spread: 1 })).toBe(5);
  });
});
