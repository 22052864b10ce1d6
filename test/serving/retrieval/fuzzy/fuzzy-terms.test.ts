import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { KEYBOARDS, keyboardOf } from '../../../../dictionaries/typing/keyboard.ts';
import type { Segment } from '../../../../indexer/segment/segment.ts';
import {
  allowedEdits,
  type FuzzyOptions,
  type FuzzyTerm,
  FuzzyTerms,
} from '../../../../serving/retrieval/fuzzy/fuzzy-terms.ts';
import { buildSegment, plainEntries } from '../../../indexer/segment/built-segments.ts';
import { FuzzyOracle } from './fuzzy-oracle.ts';

function options(changes: Partial<FuzzyOptions> = {}): FuzzyOptions {
  return {
    maxEdits: 2,
    keyboard: KEYBOARDS.qwerty,
    budget: { left: 1e9 },
    limit: 64,
    sound: false,
    ...changes,
  };
}

function segmentOf(texts: readonly string[]): Segment {
  return buildSegment(plainEntries([...new Set(texts)]));
}

function textsOf(segment: Segment, results: readonly FuzzyTerm[]): string[] {
  return results.flatMap(({ low, high }) =>
    Array.from({ length: high - low }, (_, at) => segment.terms.termText(low + at)),
  );
}

/** Bits are sums of the same numbers in another order. */
function rounded(results: readonly FuzzyTerm[]): FuzzyTerm[] {
  return results.map((result) => ({ ...result, bits: Math.round(result.bits * 1e6) / 1e6 }));
}

const ALPHABETS = {
  few: [...'abc'],
  latin: [...'aeiostrnqw', 'é', 'è', 'ñ'],
  cyrillic: [...'аеоптсрёйи'],
  greek: [...'αεοπτσρίά'],
  arabic: [...'ابتلمأىي'],
  devanagari: [...'कखगमर', '\u093e', '\u094d', '\u093f'],
  hangul: [...'가나다라한글'],
  astral: ['a', 'b', '\u{10400}', '\u{10401}', '\u{1d400}', 'é'],
};
const cases = fc.constantFrom(...Object.values(ALPHABETS)).chain((letters) => {
  const word = (minLength: number, maxLength: number) =>
    fc
      .array(fc.constantFrom(...letters), { minLength, maxLength })
      .map((chosen) => chosen.join(''));
  return fc.record({
    words: fc.array(word(1, 8), { minLength: 1, maxLength: 50 }),
    typed: word(3, 8),
    maxEdits: fc.constantFrom(1 as const, 2 as const),
    limit: fc.constantFrom(1, 3, 64),
  });
});

describe('FuzzyTerms', () => {
  for (const kind of ['whole', 'beginning'] as const) {
    it(`finds of every term what a typed ${kind} word may have been meant as, in any alphabet`, () => {
      fc.assert(
        fc.property(cases, ({ words, typed, maxEdits, limit }) => {
          const segment = segmentOf(words);
          const keyboard = keyboardOf(typed, null);
          const asked = options({ maxEdits, limit, keyboard });
          const found = new FuzzyTerms(segment)[kind](typed, asked);
          const expected = new FuzzyOracle(segment)[kind](typed, { maxEdits, limit, keyboard });
          expect(rounded(found)).toEqual(rounded(expected));
        }),
        { numRuns: 500 },
      );
    });
  }

  it('leaves out what is not worth a floor', () => {
    fc.assert(
      fc.property(cases, fc.integer({ min: -20, max: 6 }), ({ words, typed }, floor) => {
        const segment = segmentOf(words);
        const asked = options({ floor });
        const found = new FuzzyTerms(segment).whole(typed, asked);
        const oracle = { maxEdits: 2 as const, limit: 64, keyboard: KEYBOARDS.qwerty, floor };
        expect(rounded(found)).toEqual(rounded(new FuzzyOracle(segment).whole(typed, oracle)));
      }),
      { numRuns: 300 },
    );
  });

  it('stops when its work is spent, and what it gives then is right', () => {
    fc.assert(
      fc.property(
        cases,
        fc.integer({ min: 0, max: 400 }),
        fc.constantFrom('whole' as const, 'beginning' as const),
        ({ words, typed, maxEdits }, left, kind) => {
          const segment = segmentOf(words);
          const fuzzy = new FuzzyTerms(segment);
          const budget = { left };
          const found = fuzzy[kind](typed, options({ maxEdits, budget }));
          expect(budget.left).toBeGreaterThan(-100);
          expect(budget.left).toBeLessThanOrEqual(left);
          const oracle = new FuzzyOracle(segment);
          const limits = { maxEdits, limit: 1000, keyboard: KEYBOARDS.qwerty };
          const right = new Set(
            [maxEdits, 1 as const].flatMap((edits) =>
              oracle.anyOf(kind, typed, { ...limits, maxEdits: edits }),
            ),
          );
          for (const { low, high, covered } of found) {
            expect(right).toContain(`${low} ${high} ${covered}`);
          }
        },
      ),
      { numRuns: 200 },
    );
    const budget = { left: 0 };
    expect(new FuzzyTerms(segmentOf(['phone'])).whole('phine', options({ budget }))).toEqual([]);
    expect(budget.left).toBe(0);
  });

  it('gives the same whatever was searched before, also by a search cut short', () => {
    const segment = segmentOf(['phone', 'phones', 'phonetic', 'crème', 'телефон', 'θέα']);
    const fuzzy = new FuzzyTerms(segment);
    const words = ['phoen', 'fone', 'ctème', 'телнфон', 'θέσ', 'phonetci', 'пелефон'];
    const fresh = words.map((word) => new FuzzyTerms(segment).beginning(word, options()));
    for (const word of words) fuzzy.whole(word, options({ budget: { left: 7 } }));
    expect(words.map((word) => fuzzy.beginning(word, options()))).toEqual(fresh);
  });

  it('finds nothing without terms, for a limit of none, without edits, and for words that are too long', () => {
    const empty = new FuzzyTerms(segmentOf([]));
    expect(empty.whole('phone', options())).toEqual([]);
    expect(empty.beginning('phone', options())).toEqual([]);
    const one = new FuzzyTerms(segmentOf(['phone']));
    expect(one.whole('phine', options({ limit: 0 }))).toEqual([]);
    expect(one.whole('phine', options({ maxEdits: 0 }))).toEqual([]);
    expect(one.whole('', options())).toEqual([]);
    expect(one.whole('p'.repeat(31), options())).toEqual([]);
    const long = 'abcdefghij'.repeat(3);
    const segment = segmentOf([long, 'x'.repeat(100)]);
    expect(textsOf(segment, new FuzzyTerms(segment).whole(`b${long.slice(1)}`, options()))).toEqual(
      [long],
    );
  });

  it('finds one term by each kind of error, in each script, accents left out where they were not typed', () => {
    for (const [meant, ...typed] of [
      ['youtube', 'yuotube', 'yputube', 'outube', 'youttube', 'youtub', 'ypuutbe'],
      ['phonetic', 'phometic', 'phoneitc', 'honetic', 'phonnetic'],
      ['café', 'cage', 'caf', 'cafe'.replace('f', 'ff')],
      ['người', 'nguoii', 'nhuoi', 'nguio'],
      ['телефон', 'телнфон', 'етлефон', 'телефн'],
      ['τηλέφωνο', 'τηλεφωμο', 'τηλεφνο'],
      ['هاتف', 'هاتب', 'هتاف'],
      ['दिल्ली', 'दिलली', 'दिल्लि'],
      ['서울대학교', '서울대학', '서울대하교'],
    ] as const) {
      const segment = segmentOf([meant, 'unrelated', 'иное']);
      for (const word of typed) {
        const found = new FuzzyTerms(segment).whole(
          word,
          options({ keyboard: keyboardOf(word, null) }),
        );
        expect([word, textsOf(segment, found)]).toEqual([word, [meant]]);
      }
    }
  });

  it('puts the likelier error first, and the likelier completion before the likelier error where it is much likelier', () => {
    const near = segmentOf(['phone', 'phobe']);
    expect(textsOf(near, new FuzzyTerms(near).whole('phove', options()))).toEqual([
      'phobe',
      'phone',
    ]);
    const entry = (normalised: string, score: number) => ({
      normalised,
      surface: normalised,
      score,
    });
    const far = buildSegment([entry('phone', 5000), entry('phobe', 2)]);
    expect(textsOf(far, new FuzzyTerms(far).whole('phove', options()))[0]).toBe('phone');
  });

  it('never leads from a beginning to what begins as typed', () => {
    const segment = segmentOf(['phone', 'phones', 'phonetic', 'phonics', 'photo']);
    const found = new FuzzyTerms(segment).beginning('phone', options({ maxEdits: 1 }));
    expect(textsOf(segment, found)).toEqual(['phonics']);
    expect(textsOf(segment, new FuzzyTerms(segment).beginning('phobe', options()))).toEqual(
      expect.arrayContaining(['phone', 'phones', 'phonetic']),
    );
  });

  it('asks the terms of a market only, by the scores that they have there', () => {
    const row = (normalised: string, market: string, score: number) => ({
      normalised,
      surface: normalised,
      score,
      markets: [{ market, score }],
    });
    const segment = buildSegment([
      row('haus', 'de', 10),
      row('hays', 'en', 1000),
      row('hats', 'en', 500),
      row('hase', 'de', 20),
    ]);
    const fuzzy = new FuzzyTerms(segment);
    const views = [segment.markets.get('de')!];
    expect(textsOf(segment, fuzzy.whole('hais', options({ maxEdits: 1, views })))).toEqual([
      'haus',
    ]);
    expect(textsOf(segment, fuzzy.whole('hais', options({ maxEdits: 1 })))).toEqual(
      expect.arrayContaining(['haus', 'hays', 'hats']),
    );
    const beginnings = fuzzy.beginning('haa', options({ maxEdits: 1, views }));
    expect(beginnings.length).toBeGreaterThan(0);
  });

  it('finds words by their sound, cheaper than by their letters', () => {
    const segment = segmentOf(['phonetic', 'necessary', 'knight', 'fanatic']);
    const fuzzy = new FuzzyTerms(segment);
    const asked = options({ sound: true });
    expect(textsOf(segment, fuzzy.bySound('fonetik', asked))).toContain('phonetic');
    expect(textsOf(segment, fuzzy.bySound('nesesary', asked))).toEqual(['necessary']);
    const [heard] = fuzzy.bySound('nesesary', asked);
    const [spelt] = fuzzy.whole('nesesary', asked);
    expect(heard!.bits).toBeLessThan(spelt!.bits);
    expect(
      fuzzy.bySound('phonetic', asked).map(({ low }) => segment.terms.termText(low)),
    ).not.toContain('phonetic');
    expect(fuzzy.bySound('fonetik', options())).toEqual([]);
    expect(fuzzy.bySound('телефон', asked)).toEqual([]);
  });
});

describe('allowedEdits', () => {
  it('grows with the code points of a word, and is none for numbers', () => {
    const words = ['', 'ab', 'abc', 'abcde', 'abcdef', '2024', '123456', '3.14', 'a1', 'abc123'];
    expect(words.map(allowedEdits)).toEqual([0, 0, 1, 1, 2, 0, 0, 0, 0, 2]);
    expect(allowedEdits('\u{10400}\u{10401}')).toBe(0);
    expect(allowedEdits('телефон')).toBe(2);
    expect(allowedEdits('a'.repeat(30))).toBe(2);
    expect(allowedEdits('a'.repeat(31))).toBe(0);
  });
});
