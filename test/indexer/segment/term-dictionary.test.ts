import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { JOINER } from '../../../dictionaries/terms.ts';
import { Container } from '../../../indexer/segment/container.ts';
import { SegmentError } from '../../../indexer/segment/errors.ts';
import {
  compareCodePoints,
  compareTerms,
  TermDictionary,
  writeTermDictionary,
} from '../../../indexer/segment/term-dictionary.ts';
import { sectionsOf } from './built-segments.ts';

/** Letters at the edges: of ASCII, of the lengths of UTF-8, of the surrogates, beyond the Basic Multilingual Plane. */
const LETTERS = [
  ...['a', 'b', 'z', '~', '!', '0'],
  ...['\u0080', 'é', '\u07ff', '\u0800', '京', '\ud7ff', '\ue000', '\uffff'],
  ...['\u{10000}', '\u{1f600}', '\u{10ffff}'],
];
const word = fc
  .array(fc.oneof(fc.constantFrom('a', 'b', 'é'), fc.constantFrom(...LETTERS)), {
    minLength: 1,
    maxLength: 5,
  })
  .map((letters) => letters.join(''));
const terms = fc.uniqueArray(
  fc.oneof(
    word,
    word.map((text) => JOINER + text),
  ),
  { maxLength: 60 },
);

function sortedTerms(list: readonly string[]): string[] {
  return list.toSorted(compareTerms);
}

function utf8Order(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}

function dictionaryOf(sorted: readonly string[]): TermDictionary {
  const bytes = sectionsOf((builder) => writeTermDictionary(builder, sorted));
  return new TermDictionary(Container.open(bytes));
}

describe('compareCodePoints', () => {
  it('is the order of UTF-8 bytes', () => {
    fc.assert(
      fc.property(word, word, (a, b) => {
        expect(Math.sign(compareCodePoints(a, b))).toBe(utf8Order(a, b));
      }),
      { numRuns: 500 },
    );
  });
});

describe('compareTerms', () => {
  it('puts spaced terms before joined ones, both in the order of UTF-8 bytes', () => {
    fc.assert(
      fc.property(terms, (list) => {
        const spaced = list.filter((term) => !term.startsWith(JOINER)).sort(utf8Order);
        const joined = list.filter((term) => term.startsWith(JOINER)).sort(utf8Order);
        expect(list.slice().sort(compareTerms)).toEqual([...spaced, ...joined]);
      }),
    );
  });
});

describe('TermDictionary', () => {
  it('finds exactly the terms that it holds, spaced and joined apart', () => {
    fc.assert(
      fc.property(terms, fc.array(word, { maxLength: 10 }), (list, others) => {
        const sorted = list.toSorted(compareTerms);
        const dictionary = dictionaryOf(sorted);
        dictionary.verify();
        expect(dictionary.size).toBe(sorted.length);
        expect(dictionary.spaced).toBe(sorted.filter((term) => !term.startsWith(JOINER)).length);
        const bare = sorted.map((term) => term.replace(JOINER, ''));
        for (const text of [...bare, ...others, '', 'c']) {
          expect(dictionary.find(text, false)).toBe(sorted.indexOf(text));
          expect(dictionary.find(text, true)).toBe(sorted.indexOf(JOINER + text));
        }
        expect(bare.map((_, id) => dictionary.termText(id))).toEqual(bare);
      }),
      { numRuns: 200 },
    );
  });

  it('gives the range of every prefix, as a filter does', () => {
    fc.assert(
      fc.property(terms, fc.array(word, { maxLength: 6 }), (list, others) => {
        const sorted = list.toSorted(compareTerms);
        const dictionary = dictionaryOf(sorted);
        const prefixes = new Set(['', ...others]);
        for (const term of sorted) {
          const letters = [...term.replace(JOINER, '')];
          letters.forEach((_, i) => {
            prefixes.add(letters.slice(0, i + 1).join(''));
          });
        }
        for (const prefix of prefixes) {
          for (const joined of [false, true]) {
            const expected = [...sorted.keys()].filter((id) => {
              const term = sorted[id]!;
              return (
                term.startsWith(JOINER) === joined && term.replace(JOINER, '').startsWith(prefix)
              );
            });
            const { low, high } = dictionary.prefixRange(prefix, joined);
            expect([...sorted.keys()].slice(low, high)).toEqual(expected);
          }
        }
      }),
      { numRuns: 200 },
    );
  });

  it('finds the spaced terms that a text begins with, each by its length', () => {
    fc.assert(
      fc.property(terms, fc.array(word, { maxLength: 4 }), (list, words) => {
        const sorted = list.toSorted(compareTerms);
        const dictionary = dictionaryOf(sorted);
        for (const text of [
          words.join(''),
          ...sorted.map((term) => `${term.replace(JOINER, '')}a`),
        ]) {
          const expected = Array.from({ length: text.length + 1 }, (_, units) =>
            sorted.indexOf(text.slice(0, units)),
          );
          expect([...dictionary.findBeginnings(text)]).toEqual(expected);
        }
      }),
      { numRuns: 200 },
    );
    expect([...dictionaryOf([]).findBeginnings('')]).toEqual([-1]);
    const long = dictionaryOf(['a'.repeat(500)]).findBeginnings('a'.repeat(5_000));
    expect([...long.keys()].filter((units) => long[units]! >= 0)).toEqual([500]);
  });

  it('answers one and two letters from the table of pairs whatever comes second', () => {
    const sorted = sortedTerms([
      'a',
      'a!',
      'aa',
      'aab',
      'az',
      'aé',
      'a京',
      'a\u{1f600}',
      'b',
      'é',
      'éa',
    ]);
    const dictionary = dictionaryOf(sorted);
    const found = (prefix: string) => {
      const { low, high } = dictionary.prefixRange(prefix, false);
      return sorted.slice(low, high);
    };
    expect(found('a')).toEqual(['a', 'a!', 'aa', 'aab', 'az', 'aé', 'a京', 'a\u{1f600}']);
    expect(found('aa')).toEqual(['aa', 'aab']);
    expect(found('az')).toEqual(['az']);
    expect(found('aé')).toEqual(['aé']);
    expect(found('a京')).toEqual(['a京']);
    expect(found('a\u{1f600}')).toEqual(['a\u{1f600}']);
    expect(found('ab')).toEqual([]);
    expect(found('é')).toEqual(['é', 'éa']);
    expect(found('~')).toEqual([]);
    expect(found('ü')).toEqual([]);
    expect(found('')).toEqual(sorted);
  });

  it('holds nothing when it is empty, and finds nothing for a term longer than any', () => {
    const empty = dictionaryOf([]);
    empty.verify();
    expect(empty.find('a', false)).toBe(-1);
    expect(empty.prefixRange('', false)).toEqual({ low: 0, high: 0 });
    expect(empty.prefixRange('a', true)).toEqual({ low: 0, high: 0 });
    const one = dictionaryOf(['a'.repeat(500)]);
    for (const length of [501, 4096, 4097, 10_000]) {
      expect(one.find('a'.repeat(length), false)).toBe(-1);
      const { low, high } = one.prefixRange('é'.repeat(length), false);
      expect(high - low).toBe(0);
    }
  });

  it('names the first fault of its order, its offsets and its pairs', () => {
    const place = (change: (container: Container) => void): string => {
      const container = Container.open(
        sectionsOf((builder) => writeTermDictionary(builder, ['ab', 'cd', 'ef'])),
      );
      change(container);
      try {
        new TermDictionary(container).verify();
      } catch (error) {
        expect(error).toBeInstanceOf(SegmentError);
        return (error as SegmentError).message;
      }
      return 'no fault';
    };
    expect(place(() => {})).toBe('no fault');
    expect(place((c) => c.uint8('terms.text').set(Buffer.from('cx'), 0))).toContain(
      "'terms.pairs'",
    );
    expect(place((c) => c.uint8('terms.text').set(Buffer.from('ab'), 2))).toContain("'terms.");
    expect(place((c) => c.uint32('terms.offsets').fill(9, 3))).toContain(
      "'terms.offsets', entry 2",
    );
    expect(place((c) => c.uint32('terms.offsets').fill(0, 1, 2))).toContain("'terms.");
    expect(place((c) => c.uint32('terms.pairs').fill(1, 0, 1))).toContain("'terms.pairs', entry 0");
    expect(place((c) => c.uint32('terms.counts').fill(4, 0, 1))).toContain("'terms.*'");
    expect(place((c) => c.uint32('terms.counts').fill(4, 1, 2))).toContain("'terms.*'");
  });
});
