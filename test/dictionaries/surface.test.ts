import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { normalise } from '../../dictionaries/normalise.ts';
import { cleanSurface } from '../../dictionaries/surface.ts';
import { anyText, mixedText } from '../support/text-arbitraries.ts';

function expectSurfaces(examples: readonly (readonly [string, string])[]): void {
  for (const [raw, surface] of examples) {
    expect(cleanSurface(raw), JSON.stringify(raw)).toBe(surface);
  }
}

describe('cleanSurface', () => {
  it('keeps case, accents and inner punctuation', () => {
    expectSurfaces([
      ['', ''],
      ['New York, NY', 'New York, NY'],
      ["Don't stop!", "Don't stop!"],
      ['École', 'École'],
      ['C++ / C#', 'C++ / C#'],
    ]);
  });

  it('collapses and trims white space of all kinds', () => {
    expectSurfaces([
      ['  a \t\r\n b\u00a0\u3000c\u2028', 'a b c'],
      ['\u0085\u2800', ''],
    ]);
  });

  it('drops what cannot be seen', () => {
    expectSurfaces([
      ['a\u0000b\u202ec\u202c\u200b\ufeff\u00add', 'abcd'],
      ['a\ud800b\udc00c\ufffd', 'abc'],
      ['a\u200db\u200cc', 'abc'],
      ['a\u{e0061}', 'a'],
      ['\ufe0fa', 'a'],
    ]);
  });

  it('keeps what shapes emoji and letters', () => {
    for (const text of [
      '👨\u200d👩\u200d👧',
      '❤\ufe0f\u200d🔥',
      'می\u200cخواهم',
      'क्\u200dष',
      '🏴\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}',
      '葛\u{e0100}',
    ]) {
      expect(cleanSurface(text)).toBe(text);
    }
  });

  it('takes off quotes and brackets that enclose the whole', () => {
    expectSurfaces([
      ['[360安全卫士]', '360安全卫士'],
      ['"new york"', 'new york'],
      ['“ [ (new) york ] ”', '(new) york'],
      ['「東京」', '東京'],
      ['（全角）', '全角'],
      ['«bonjour»', 'bonjour'],
      ['„hallo“', 'hallo'],
      ["'don't'", "don't"],
      ['(a(b)c)', 'a(b)c'],
      ['""', ''],
      ['[]', ''],
      ['"\'x\'"', 'x'],
    ]);
  });

  it('keeps quotes and brackets that enclose a part', () => {
    for (const text of [
      '(a) b (c)',
      '"a" or "b"',
      "'a' or 'b'",
      '"a',
      'a"',
      '"',
      '[a)',
      '(a]b)c(d]',
      'a (b)',
      '(a',
      "'tis rock'n'roll",
    ]) {
      expect(cleanSurface(text)).toBe(text);
    }
  });

  it('leaves the normalised form as it is', () => {
    fc.assert(
      fc.property(anyText(), (raw) => {
        expect(normalise(cleanSurface(raw))).toBe(normalise(raw));
      }),
      { numRuns: 10_000 },
    );
  });

  it('is idempotent and shows no control, bidirectional character or stray space', () => {
    const enclosed = fc
      .tuple(mixedText(6), fc.array(fc.constantFrom('()', '[]', '""', "''", '“”', '« ', ' »')))
      .map(([text, pairs]) =>
        pairs.reduce((inner, pair) => pair.charAt(0) + inner + pair.charAt(1), text),
      );
    fc.assert(
      fc.property(fc.oneof(anyText(), enclosed), (raw) => {
        const surface = cleanSurface(raw);
        expect(cleanSurface(surface)).toBe(surface);
        expect(surface).not.toMatch(
          /[\p{Cc}\p{Cs}\u202a-\u202e\u2066-\u2069\u200e\u200f]|^\s|\s$|\s\s/u,
        );
      }),
      { numRuns: 10_000 },
    );
  });

  it('takes time linear in the text', () => {
    for (const unit of [
      '(',
      '"',
      "'",
      '\u200d',
      '\u200c',
      '\ufe0f',
      '\u{e0061}',
      ' ',
      '[]',
      'é',
      '\u{1f3f4}\u{e0061}',
    ]) {
      cleanSurface(unit.repeat(100_000 / unit.length));
    }
    expect(cleanSurface(`${'('.repeat(50_000)}a${')'.repeat(50_000)}`)).toBe('a');
  });
});
