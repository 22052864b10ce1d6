import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { quickLog2 } from '../../../ranking/features/quick-log2.ts';

describe('the quick logarithm', () => {
  it('is that of the library within 1e-7 beside what a 32-bit float loses of the number, at every size and near every power of 2', () => {
    const number = fc.oneof(
      fc.double({ min: 2 ** -125, max: 2 ** 126, noNaN: true }),
      fc
        .tuple(
          fc.integer({ min: -120, max: 120 }),
          fc.double({ min: -1e-6, max: 1e-6, noNaN: true }),
        )
        .map(([exponent, off]) => 2 ** exponent * (1 + off)),
      fc.double({ min: 1e-3, max: 1e3, noNaN: true }),
    );
    fc.assert(
      fc.property(number, (value) => {
        expect(Math.abs(quickLog2(value) - Math.log2(Math.fround(value)))).toBeLessThan(1e-9);
        expect(Math.abs(quickLog2(value) - Math.log2(value))).toBeLessThan(1e-7);
      }),
      { numRuns: 2_000 },
    );
  });

  it('is exact of powers of 2, so that what makes no difference adds nothing', () => {
    for (let exponent = -126; exponent <= 127; exponent++) {
      expect(Math.abs(quickLog2(2 ** exponent) - exponent)).toBeLessThan(1e-10);
    }
  });
});
