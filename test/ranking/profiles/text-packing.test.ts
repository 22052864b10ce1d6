import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { packedBytes, packText, unpackTexts } from '../../../ranking/profiles/text-packing.ts';
import { TEXT_PIECES } from '../../../ranking/profiles/text-pieces.ts';

/** Any code units, halves of surrogate pairs by themselves included. */
const anyText = fc
  .array(
    fc.oneof(
      fc.integer({ min: 0, max: 0xffff }).map((unit) => String.fromCharCode(unit)),
      fc.constantFrom(...'abcdefgh  ABéÿ\u0100\u0130яжあアー東京한국😀\u0000\u007f\u0080\u00ff'),
      fc.constantFrom(...TEXT_PIECES.split('|')),
      fc.string({ unit: 'grapheme', maxLength: 4 }),
    ),
    { maxLength: 60 },
  )
  .map((parts) => parts.join(''));

function pack(text: string): Uint8Array {
  const bytes = new Uint8Array(6 * text.length + 8).fill(0xaa);
  return bytes.slice(0, packText(text, bytes, 0));
}

describe('a packed text', () => {
  test('comes back, whatever its characters', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(unpackTexts(pack(text))).toBe(text);
      }),
    );
  });

  test('takes as many bytes as were counted, three a code unit at most', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(pack(text).length).toBe(packedBytes(text));
        expect(packedBytes(text)).toBeLessThanOrEqual(3 * text.length);
      }),
    );
  });

  test('stands beside others: joined they come back as one', () => {
    fc.assert(
      fc.property(fc.array(anyText, { maxLength: 5 }), (texts) => {
        const joined = Buffer.concat(texts.map(pack));
        expect(unpackTexts(joined)).toBe(texts.join(''));
      }),
    );
  });

  test('cut short gives a beginning of itself or nothing', () => {
    fc.assert(
      fc.property(anyText, fc.nat(), (text, cut) => {
        const bytes = pack(text);
        const read = unpackTexts(bytes.subarray(0, cut % (bytes.length + 1)));
        expect(read === null || text.startsWith(read)).toBe(true);
      }),
    );
  });

  test('of any bytes is read without a fault', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 64 }), (bytes) => {
        const read = unpackTexts(bytes);
        expect(read === null || read.length <= 6 * bytes.length).toBe(true);
      }),
    );
  });

  test('of longer runs than one names is several runs', () => {
    for (const letter of ['я', '漢', 'A', '漢я']) {
      const text = letter.repeat(700);
      expect(unpackTexts(pack(text))).toBe(text);
    }
  });

  test('is short where the pieces are from: three fifths of English, a byte a letter of small scripts, two a Han character', () => {
    expect(packedBytes('how to make pizza at home')).toBeLessThanOrEqual(15);
    expect(packedBytes('привет мир')).toBe(13);
    expect(packedBytes('ひらがな')).toBe(7);
    expect(packedBytes('東京 天気')).toBe(12);
    expect(packedBytes('한국 노래')).toBe(12);
  });
});

test('each piece is listed once, and each byte below those that begin runs has one', () => {
  const pieces = TEXT_PIECES.split('|').slice(0, -1);
  expect(new Set(pieces).size).toBe(253);
  expect(pieces.length).toBe(253);
});
