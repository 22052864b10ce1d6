import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { firstAtLeast, firstAtLeastFrom } from '../../../indexer/segment/ascending-numbers.ts';

const numbers = fc
  .array(fc.nat({ max: 300 }), { maxLength: 120 })
  .map((list) => Uint32Array.from(list).sort());

describe('firstAtLeast', () => {
  it('is the number of numbers that are below, repeated ones too', () => {
    fc.assert(
      fc.property(numbers, fc.nat({ max: 310 }), (values, limit) => {
        expect(firstAtLeast(values, limit)).toBe(values.filter((value) => value < limit).length);
      }),
      { numRuns: 500 },
    );
  });
});

describe('firstAtLeastFrom', () => {
  it('is the same from any place on before which all are below', () => {
    fc.assert(
      fc.property(numbers, fc.nat({ max: 310 }), (values, limit) => {
        const place = firstAtLeast(values, limit);
        for (let from = 0; from <= place; from++) {
          expect(firstAtLeastFrom(values, limit, from)).toBe(place);
        }
      }),
      { numRuns: 300 },
    );
  });
});
