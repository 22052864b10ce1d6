import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { alignSurface } from '../../dictionaries/alignment.ts';
import { normalise } from '../../dictionaries/normalise.ts';
import { anyText, mixedText } from '../support/text-arbitraries.ts';

/** The part of the surface that a part of its normalised form stands for. */
function partOf(surface: string, part: string): string {
  const { normalised, spanOf } = alignSurface(surface);
  const at = normalised.indexOf(part);
  expect(at, `${part} in ${normalised}`).toBeGreaterThanOrEqual(0);
  const { start, end } = spanOf(at, at + part.length);
  return surface.slice(start, end);
}

describe('alignSurface', () => {
  it('maps a normal text onto itself', () => {
    for (const text of ['new york', 'école 北京', '']) {
      const { normalised, spanOf } = alignSurface(text);
      expect(normalised).toBe(text);
      expect(spanOf(0, text.length)).toEqual({ start: 0, end: text.length });
    }
    expect(alignSurface('new york').spanOf(2, 6)).toEqual({ start: 2, end: 6 });
  });

  it('finds the part of the surface that was typed', () => {
    const examples: readonly (readonly [string, string, string])[] = [
      ['New York', 'new yo', 'New Yo'],
      ['(New York)', 'new york', 'New York'],
      ['Don’t Stop', 'dont', 'Don’t'],
      ['Don’t Stop', 'don', 'Don'],
      ["hello' you", 'hello', 'hello'],
      ['Yahoo! Mail', 'yahoo', 'Yahoo'],
      ['Yahoo! Mail', 'yahoo mail', 'Yahoo! Mail'],
      ['Yahoo! Mail', 'mail', 'Mail'],
      ['a -- b', 'a b', 'a -- b'],
      ['  spaced   out ', 'spaced out', 'spaced   out'],
      ['ｆｕｌｌ　ＷＩＤＴＨ', 'full w', 'ｆｕｌｌ　Ｗ'],
      ['C++ & C#', 'c++', 'C++'],
      ['crlf\r\nline', 'crlf line', 'crlf\r\nline'],
    ];
    for (const [surface, part, expected] of examples) expect(partOf(surface, part)).toBe(expected);
  });

  it('gives a whole grapheme where only a part of what it stands for is asked', () => {
    const examples: readonly (readonly [string, string, string])[] = [
      ['Straße', 'stras', 'Straß'],
      ['ﬁne', 'f', 'ﬁ'],
      ['㍿日立', '株', '㍿'],
      ['㍿日立', '会社日', '㍿日'],
      ['Cafe\u0301 A', 'café', 'Cafe\u0301'],
      ['👍🏽 Yes', '👍', '👍🏽'],
      ['👨\u200d👩\u200d👧 A', '👨', '👨\u200d👩\u200d👧'],
      ['🇫🇷 A', '🇫', '🇫🇷'],
      ['ｶﾞス', 'ガ', 'ｶﾞ'],
      ['\u1112\u1161\u11ab글', '한', '\u1112\u1161\u11ab'],
      ['İstanbul', 'ist', 'İst'],
    ];
    for (const [surface, part, expected] of examples) expect(partOf(surface, part)).toBe(expected);
  });

  it('gives an empty range before the next character for an empty one', () => {
    const { spanOf } = alignSurface('(New York)');
    expect(spanOf(0, 0)).toEqual({ start: 1, end: 1 });
    expect(spanOf(8, 8)).toEqual({ start: 10, end: 10 });
    expect(alignSurface('...').spanOf(0, 0)).toEqual({ start: 3, end: 3 });
  });

  it('refuses a range outside the normalised form', () => {
    for (const surface of ['new york', 'New York!']) {
      const { spanOf } = alignSurface(surface);
      for (const [start, end] of [
        [-1, 2],
        [3, 2],
        [0, 9],
        [Number.NaN, 1],
      ] as const) {
        expect(() => spanOf(start, end)).toThrow(RangeError);
      }
    }
  });

  it('has the same normalised form as normalise', () => {
    fc.assert(
      fc.property(anyText(), (surface) => {
        expect(alignSurface(surface).normalised).toBe(normalise(surface));
      }),
      { numRuns: 10_000 },
    );
  });

  it('never splits a grapheme, and keeps the order', () => {
    const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' });
    fc.assert(
      fc.property(fc.oneof(anyText(), mixedText(30)), (surface) => {
        const { normalised, spanOf } = alignSurface(surface);
        const boundaries = new Set([surface.length]);
        for (const { index } of segmenter.segment(surface)) boundaries.add(index);
        let before = { start: 0, end: 0 };
        for (let at = 0; at < normalised.length; at++) {
          const span = spanOf(at, at + 1);
          expect(boundaries.has(span.start)).toBe(true);
          expect(boundaries.has(span.end)).toBe(true);
          expect(span.end).toBeGreaterThan(span.start);
          expect(span.start).toBeGreaterThanOrEqual(before.start);
          expect(span.end).toBeGreaterThanOrEqual(before.end);
          before = span;
        }
      }),
      { numRuns: 5000 },
    );
  });

  it('gives for every word a part of the surface that normalises to it', () => {
    // Within a grapheme a space may come about (¨ is a space and a mark): such words share it.
    const unit = fc.constantFrom(
      ...`abXYZ019 .,-'’!(é北京カﾅ한ไทяßＡ`,
      'e\u0301',
      '😀',
      '👍🏽',
      'ﬁ',
      '\u200b',
    );
    fc.assert(
      fc.property(fc.array(unit, { maxLength: 24 }), (units) => {
        const surface = units.join('');
        const { normalised, spanOf } = alignSurface(surface);
        for (const word of normalised.matchAll(/\S+/g)) {
          const { start, end } = spanOf(word.index, word.index + word[0].length);
          expect(normalise(surface.slice(start, end))).toBe(word[0]);
        }
      }),
      { numRuns: 5000 },
    );
  });

  it('takes time linear in the surface', () => {
    for (const unit of ['A', 'É', '\u0301', '👨\u200d', 'ß ', '\u200b']) {
      const surface = unit.repeat(100_000 / unit.length);
      expect(alignSurface(surface).normalised).toBe(normalise(surface));
    }
  });
});
