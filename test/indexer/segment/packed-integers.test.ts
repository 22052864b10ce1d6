import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  bitWidth,
  maskOf,
  packIntegers,
  readPacked,
} from '../../../indexer/segment/packed-integers.ts';

const widths = Array.from({ length: 32 }, (_, i) => i + 1);

describe('packed integers', () => {
  it.each(widths)('gives back what was packed at %i bits', (width) => {
    const largest = 2 ** width - 1;
    fc.assert(
      fc.property(
        fc.array(fc.oneof(fc.integer({ min: 0, max: largest }), fc.constantFrom(0, 1, largest)), {
          maxLength: 100,
        }),
        (list) => {
          const values = Uint32Array.from(list);
          const words = packIntegers(values, width);
          expect(words.length).toBe(Math.ceil(list.length / 32) * width + 1);
          const read = list.map((_, i) => readPacked(words, width, maskOf(width), i));
          expect(read).toEqual(list);
        },
      ),
      { numRuns: 40 },
    );
  });

  it('takes the least width that holds the largest value, and never none', () => {
    expect(bitWidth(0)).toBe(1);
    for (const width of widths) {
      expect(bitWidth(2 ** width - 1)).toBe(width);
      if (width < 32) expect(bitWidth(2 ** width)).toBe(width + 1);
    }
  });
});
