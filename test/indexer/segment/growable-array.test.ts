import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { GrowableBytes, GrowableUint32Array } from '../../../indexer/segment/growable-array.ts';
import { mixedText } from '../../support/text-arbitraries.ts';

describe('GrowableUint32Array', () => {
  it.each([0, 1, 1023, 1024, 1025, 5000])('keeps %i numbers in order', (count) => {
    const numbers = new GrowableUint32Array();
    const expected = Array.from({ length: count }, (_, i) => Math.imul(i, 0x9e3779b1) >>> 0);
    for (const number of expected) numbers.push(number);
    expect(numbers.length).toBe(count);
    expect([...numbers.view()]).toEqual(expected);
  });
});

describe('GrowableBytes', () => {
  it('is the concatenation of what was appended, in UTF-8', () => {
    const piece = fc.oneof(
      mixedText(200),
      fc.uint8Array({ maxLength: 3000 }),
      fc.integer({ min: 0, max: 255 }),
      fc.constant('é'.repeat(3000)),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const bytes = new GrowableBytes();
        const parts = pieces.map((item) => {
          if (typeof item === 'number') {
            bytes.push(item);
            return Uint8Array.of(item);
          }
          if (typeof item !== 'string') {
            bytes.append(item);
            return item;
          }
          const encoded = new TextEncoder().encode(item);
          expect(bytes.appendText(item)).toBe(encoded.length);
          return encoded;
        });
        expect(Buffer.compare(bytes.view(), Buffer.concat(parts))).toBe(0);
        expect(bytes.length).toBe(bytes.view().length);
      }),
      { numRuns: 60 },
    );
  });
});
