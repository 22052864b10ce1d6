import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { smallest } from '../../../ranking/trend/smallest.ts';

describe('smallest', () => {
  it('is what stands there after sorting, whether numbers repeat or not', () => {
    const number = fc.oneof(fc.integer({ min: 0, max: 4 }), fc.double({ noNaN: true }));
    fc.assert(
      fc.property(fc.array(number, { minLength: 1, maxLength: 60 }), fc.nat(), (numbers, place) => {
        const sorted = Float64Array.from(numbers).sort();
        const at = place % numbers.length;
        // Which of the two zeros it is does not matter.
        expect(smallest(Float64Array.from(numbers), at + 1) + 0).toBe(sorted[at]! + 0);
      }),
    );
  });
});
