import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { normalise, normaliseTyped } from '../../dictionaries/normalise.ts';
import {
  isUnspaced,
  JOINER,
  queryTerms,
  queryTermTexts,
  sequenceTerms,
} from '../../dictionaries/terms.ts';
import { anyText, codePointPrefixes, mixedText } from '../support/text-arbitraries.ts';

/** Terms with a visible joiner. */
function shown(text: string): string {
  return sequenceTerms(text)
    .map((term) => term.replace(JOINER, '+'))
    .join(' ');
}

function joinTerms(terms: readonly string[]): string {
  return terms
    .map((term, at) => (term.startsWith(JOINER) ? term.slice(1) : at === 0 ? term : ` ${term}`))
    .join('');
}

describe('sequenceTerms', () => {
  it('has none of the empty text', () => {
    expect(sequenceTerms('')).toEqual([]);
  });

  it('cuts at spaces, a space at the end beginning an empty term', () => {
    expect(sequenceTerms('new york')).toEqual(['new', 'york']);
    expect(sequenceTerms('new ')).toEqual(['new', '']);
    expect(sequenceTerms('北 ')).toEqual(['北', '']);
    expect(sequenceTerms('한국어 검색 école')).toEqual(['한국어', '검색', 'école']);
  });

  it('cuts scripts without spaces by character', () => {
    expect(shown('北京大学 abc')).toBe('北 +京 +大 +学 abc');
    expect(shown('iphone手机13')).toBe('iphone +手 +机 +13');
    expect(shown('タワー々')).toBe('タ +ワ +ー +々');
    expect(shown('\u{20bb7}野')).toBe('\u{20bb7} +野');
  });

  it('keeps marks, joined emoji, skin tones and flags together', () => {
    expect(shown('ที่น้ำ')).toBe('ที่ +น้ +ำ');
    expect(shown('👍🏽👨\u200d👩\u200d👧')).toBe('👍🏽 +👨\u200d👩\u200d👧');
    expect(shown('🇫🇷🇩🇪🇩')).toBe('🇫🇷 +🇩🇪 +🇩');
    expect(shown('か\u3099e\u0301')).toBe('か\u3099 +e\u0301');
    expect(shown('a🇫b🇷')).toBe('a +🇫 +b +🇷');
  });

  it('gives the text back when joined', () => {
    fc.assert(
      fc.property(anyText().map(normalise), (text) => {
        const terms = sequenceTerms(text);
        expect(joinTerms(terms)).toBe(text);
        for (const term of terms) expect(term.replace(JOINER, '')).toMatch(/^\S+$/);
      }),
      { numRuns: 5000 },
    );
  });

  it('of a prefix are a prefix of the terms, the last one cut', () => {
    fc.assert(
      fc.property(fc.oneof(anyText(), mixedText(24)).map(normalise), (text) => {
        const whole = sequenceTerms(text);
        for (const prefix of codePointPrefixes(text)) {
          const terms = sequenceTerms(prefix);
          const last = terms.pop();
          expect(whole.slice(0, terms.length)).toEqual(terms);
          if (last !== undefined) expect(whole[terms.length]?.startsWith(last)).toBe(true);
        }
      }),
      { numRuns: 5000 },
    );
  });

  it('never cuts inside a grapheme but between consonants that a virama joins and flags', () => {
    const text = normalise('ไทย 東京 👍🏽 가나다 がぎ');
    const boundaries = new Set([text.length]);
    for (const { index } of new Intl.Segmenter('en').segment(text)) boundaries.add(index);
    let at = 0;
    for (const term of sequenceTerms(text)) {
      if (!term.startsWith(JOINER) && at > 0) at++;
      expect(boundaries.has(at)).toBe(true);
      at += term.replace(JOINER, '').length;
    }
    expect(at).toBe(text.length);
  });

  it('takes time linear in the text', () => {
    expect(sequenceTerms('北'.repeat(100_000))).toHaveLength(100_000);
    expect(sequenceTerms('é\u0301'.repeat(50_000))).toHaveLength(1);
  });
});

describe('queryTerms', () => {
  it('has none of the empty text', () => {
    expect(queryTerms('')).toEqual([]);
  });

  it('takes words of spaced scripts whole, the last one unfinished unless a space follows', () => {
    expect(queryTerms('new yo')).toEqual([
      { text: 'new', script: 'spaced', start: 0, end: 3, last: false },
      { text: 'yo', script: 'spaced', start: 4, end: 6, last: true },
    ]);
    expect(queryTerms('new ')).toEqual([
      { text: 'new', script: 'spaced', start: 0, end: 3, last: false },
    ]);
    expect(queryTerms('한국어 검')).toEqual([
      { text: '한국어', script: 'spaced', start: 0, end: 3, last: false },
      { text: '검', script: 'spaced', start: 4, end: 5, last: true },
    ]);
  });

  it('cuts scripts without spaces into words', () => {
    expect(queryTerms('北京大学 abc')).toEqual([
      { text: '北京', script: 'unspaced', start: 0, end: 2, last: false },
      { text: '大学', script: 'unspaced', start: 2, end: 4, last: false },
      { text: 'abc', script: 'spaced', start: 5, end: 8, last: true },
    ]);
    expect(queryTerms('iphone手机 ')).toEqual([
      { text: 'iphone', script: 'spaced', start: 0, end: 6, last: false },
      { text: '手机', script: 'unspaced', start: 6, end: 8, last: false },
    ]);
    expect(queryTerms('ภาษาไทย').map(({ text }) => text)).toEqual(['ภาษา', 'ไทย']);
  });

  it('takes long runs piece by piece', () => {
    const terms = queryTerms('北京'.repeat(50_000));
    expect(terms.map(({ text }) => text).join('')).toBe('北京'.repeat(50_000));
    expect(new Set(terms.map(({ text }) => text))).toEqual(new Set(['北京']));
  });

  it('covers the text but for its spaces, in order, cut where sequence terms are', () => {
    fc.assert(
      fc.property(fc.oneof(anyText(), mixedText(24)), (raw) => {
        const { normalised, finished } = normaliseTyped(raw);
        const cuts = new Set<number>();
        let offset = 0;
        for (const term of sequenceTerms(normalised)) {
          if (!term.startsWith(JOINER) && offset > 0) offset++;
          cuts.add(offset);
          offset += term.replace(JOINER, '').length;
          cuts.add(offset);
        }
        let at = 0;
        const terms = queryTerms(normalised);
        for (const [index, term] of terms.entries()) {
          expect(normalised.slice(at, term.start).trim()).toBe('');
          expect(term.text).toBe(normalised.slice(term.start, term.end));
          expect(term.text).toMatch(/^\S+$/);
          expect(cuts.has(term.start) && cuts.has(term.end)).toBe(true);
          expect(term.script === 'unspaced').toBe(isUnspaced(term.text.codePointAt(0) ?? 0));
          expect(term.last).toBe(!finished && index === terms.length - 1);
          at = term.end;
        }
        expect(normalised.slice(at).trim()).toBe('');
      }),
      { numRuns: 5000 },
    );
  });
});

describe('isUnspaced', () => {
  it('tells scripts without spaces from others', () => {
    for (const character of '北々〆〇ひカーไລក་မ😀🇫🏽\u{20bb7}'.replace('་', '')) {
      expect(isUnspaced(character.codePointAt(0) ?? 0), character).toBe(true);
    }
    for (const character of 'a1é한шא$°𝐀é+') {
      expect(isUnspaced(character.codePointAt(0) ?? 0), character).toBe(false);
    }
  });
});

it('gives the texts of query terms alone as with all that is known of them', () => {
  fc.assert(
    fc.property(fc.oneof(anyText(), mixedText(24)).map(normalise), (text) => {
      expect(queryTermTexts(text)).toEqual(queryTerms(text).map(({ text: term }) => term));
    }),
  );
});
