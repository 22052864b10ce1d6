import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { associationOf, chanceBits } from '../../../indexer/related/significance.ts';

describe('association', () => {
  it('is the log-likelihood ratio of the table', () => {
    // Dunning's statistic of the table 10 10 / 10 70, worked out by hand from its four cells.
    const expected =
      2 *
      (10 * Math.log(10 / 4) +
        10 * Math.log(10 / 16) +
        10 * Math.log(10 / 16) +
        70 * Math.log(70 / 64));
    const found = associationOf({ pair: 10, source: 20, target: 20, total: 100 });
    expect(found).toBeCloseTo(expected, 8);
  });

  it('is nothing for what goes together as chance has it, or less', () => {
    expect(associationOf({ pair: 4, source: 20, target: 20, total: 100 })).toBe(0);
    expect(associationOf({ pair: 1, source: 20, target: 20, total: 100 })).toBe(0);
    expect(associationOf({ pair: 6, source: 6, target: 6, total: 6 })).toBe(0);
  });

  it('grows with the evidence at the same shares', () => {
    const count = fc.integer({ min: 1, max: 1_000 });
    fc.assert(
      fc.property(count, (times) => {
        const of = (n: number) =>
          associationOf({ pair: 5 * n, source: 10 * n, target: 10 * n, total: 200 * n });
        expect(of(times + 1)).toBeGreaterThan(of(times));
      }),
    );
  });
});

describe('chance', () => {
  it('is the share of the source, held back by what is unsure', () => {
    expect(chanceBits({ pair: 2, source: 4, target: 1, total: 9 }, 4)).toBe(2);
    expect(chanceBits({ pair: 4, source: 8, target: 1, total: 9 }, 0)).toBe(1);
  });
});
