import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TextScan } from '../../../dictionaries/mentions/text-scan.ts';
import {
  AFTER_BREAK,
  CAPITAL,
  HANDLE,
  HASHTAG,
  SENTENCE_START,
  SHOUTED,
} from '../../../dictionaries/mentions/word-flags.ts';
import { hashWord } from '../../../dictionaries/mentions/word-hash.ts';
import { normalise } from '../../../dictionaries/normalise.ts';
import { JOINER, sequenceTerms } from '../../../dictionaries/terms.ts';

const scan = new TextScan();

function wordsOf(text: string): string[] {
  scan.scan(text);
  return Array.from({ length: scan.count }, (_, i) => text.slice(scan.starts[i], scan.ends[i]));
}

function hashesOf(text: string): number[] {
  scan.scan(text);
  return Array.from({ length: scan.count }, (_, i) => scan.hashA[i]!);
}

describe('the words of a text', () => {
  it('stand where they stand, links left out', () => {
    expect(wordsOf("Don't go, https://example.net/x?y to AT&T's C++ shop!")).toEqual([
      "Don't",
      'go',
      'to',
      "AT&T's",
      'C++',
      'shop',
    ]);
    expect(wordsOf('昨日 Tokyoへ')).toEqual(['昨', '日', 'Tokyo', 'へ']);
  });

  it('have the hashes of their normalised forms', () => {
    const written = [
      'Don’t',
      'ÉCOLE',
      'STRASSE',
      'İstanbul',
      'ﬁne',
      'Ａｐｐｌｅ',
      '서울',
      'e\u0301te',
      'СССР',
    ];
    for (const word of written) expect(hashesOf(word)).toEqual([hashWord(normalise(word)).a]);
  });

  it('are the sequence terms of plain texts, in every script', () => {
    const letters = fc.constantFrom(...'abzAZ09éÉñßжЖλΣ東京タワひサ가나ไทย '.split(''));
    fc.assert(
      fc.property(fc.string({ unit: letters, maxLength: 30 }), (text) => {
        const terms = sequenceTerms(normalise(text)).filter((term) => term !== '');
        const expected = terms.map((term) => hashWord(term.replace(JOINER, '')).a);
        expect(hashesOf(text)).toEqual(expected);
      }),
    );
  });

  it('tell capitals, shouting, hashtags, accounts and the beginnings of sentences', () => {
    const flagsOf = (text: string, word: number) => {
      scan.scan(text);
      return scan.flags[word]!;
    };
    expect(flagsOf('so Ferrari', 1) & (CAPITAL | SENTENCE_START | AFTER_BREAK)).toBe(CAPITAL);
    expect(flagsOf('so. Ferrari', 1) & (SENTENCE_START | AFTER_BREAK)).toBe(
      SENTENCE_START | AFTER_BREAK,
    );
    expect(flagsOf('the NBA', 1) & SHOUTED).toBe(SHOUTED);
    expect(flagsOf('a #NewYork', 1) & HASHTAG).toBe(HASHTAG);
    expect(flagsOf('hi @someone', 1) & HANDLE).toBe(HANDLE);
    expect(flagsOf('ask max.power@example.net', 1) & HANDLE).toBe(HANDLE);
    expect(flagsOf('ask max.power@example.net', 2) & HANDLE).toBe(HANDLE);
  });

  it('before a sign are the name of an address as far as no white space parts them', () => {
    const text = fc
      .array(fc.constantFrom('a', 'bc', '@', '@', '.', ' ', '!', '#x', '\n'), { maxLength: 24 })
      .map((parts) => parts.join(''));
    fc.assert(
      fc.property(text, (text) => {
        scan.scan(text);
        for (let i = 0; i < scan.count; i++) {
          const isAccount = text[scan.starts[i]!] === '@';
          const isName = /^[^\s@]*@/.test(text.slice(scan.ends[i]));
          expect((scan.flags[i]! & HANDLE) !== 0, `${text} at ${i}`).toBe(isAccount || isName);
        }
      }),
    );
  });

  it('never reach beyond the text, whatever it holds', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (text) => {
        scan.scan(text);
        let reached = 0;
        for (let i = 0; i < scan.count; i++) {
          expect(scan.starts[i]).toBeGreaterThanOrEqual(reached);
          expect(scan.ends[i]).toBeGreaterThan(scan.starts[i]!);
          reached = scan.ends[i]!;
        }
        expect(reached).toBeLessThanOrEqual(text.length);
      }),
      { numRuns: 40 },
    );
  });
});
