import fc from 'fast-check';
import { expect, it } from 'vitest';
import { ContainerBuilder } from '../../../indexer/segment/container.ts';
import { smallestMany } from '../../../indexer/segment/deep-selection.ts';
import { writeRangeMinimum } from '../../../indexer/segment/range-minimum.ts';

it('finds the smallest distinct values of any range, however they lie', () => {
  const shapes = fc.record({
    size: fc.integer({ min: 0, max: 3_000 }),
    largest: fc.integer({ min: 1, max: 100_000 }),
    seed: fc.nat(),
    // Beginnings that hold most of the small values make a guess from them wrong.
    skew: fc.constantFrom(0.2, 1, 4),
    low: fc.nat(),
    high: fc.nat(),
    k: fc.integer({ min: 1, max: 250 }),
    known: fc.integer({ min: 1, max: 20 }),
  });
  fc.assert(
    fc.property(shapes, ({ size, largest, seed, skew, low, high, k, known }) => {
      let state = seed + 1;
      const values = Uint32Array.from({ length: size }, () => {
        state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
        return Math.min(largest - 1, Math.floor(largest * (state / 2 ** 32) ** skew));
      });
      const order = writeRangeMinimum(new ContainerBuilder(), 'values', values, true);
      const [from, to] = [low % (size + 1), high % (size + 1)].sort((a, b) => a - b) as [
        number,
        number,
      ];
      const expected = [...new Set(values.subarray(from, to))].sort((a, b) => a - b).slice(0, k);
      const found = new Uint32Array(k);
      const first = Math.min(known, expected.length);
      found.set(expected.slice(0, first));
      const count = smallestMany(order, { low: from, high: to }, k, largest, found, first);
      expect([...found.subarray(0, count)]).toEqual(expected);
    }),
  );
});
