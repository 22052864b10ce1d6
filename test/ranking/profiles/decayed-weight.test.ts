import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addDecayed, STEPS } from '../../../ranking/profiles/decayed-weight.ts';

test('two weights add up to the logarithm of their sum, to the nearest step', () => {
  const weight = fc.integer({ min: -400_000, max: 400_000 });
  const apart = fc.oneof(fc.integer({ min: -15_000, max: 15_000 }), fc.integer());
  fc.assert(
    fc.property(weight, apart, (a, difference) => {
      const b = a + difference;
      const [less, more] = a < b ? [a, b] : [b, a];
      const sum = more + Math.round(Math.log2(1 + 2 ** ((less - more) / STEPS)) * STEPS);
      expect(addDecayed(a, b)).toBe(sum);
      expect(addDecayed(b, a)).toBe(sum);
    }),
    { numRuns: 2_000 },
  );
});
