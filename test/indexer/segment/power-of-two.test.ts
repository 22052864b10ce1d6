import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { powerOfTwo } from '../../../indexer/segment/power-of-two.ts';

describe('powers of two from tables', () => {
  test('are those of the language, to the last bits', () => {
    fc.assert(
      fc.property(fc.double({ min: -62.5, max: 0, noNaN: true }), (exponent) => {
        const exact = 2 ** exponent;
        expect(Math.abs(powerOfTwo(exponent) - exact)).toBeLessThanOrEqual(8 * 2 ** -53 * exact);
      }),
      { numRuns: 2_000 },
    );
  });

  test('are exact where the exponent is whole, and nothing far below', () => {
    for (let bits = 0; bits < 63; bits++) expect(powerOfTwo(-bits)).toBe(2 ** -bits);
    expect(powerOfTwo(-63)).toBe(0);
    expect(powerOfTwo(-1e9)).toBe(0);
    expect(powerOfTwo(Number.NEGATIVE_INFINITY)).toBe(0);
  });
});
