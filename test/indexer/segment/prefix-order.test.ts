import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { normalise } from '../../../dictionaries/normalise.ts';
import { sequenceTerms } from '../../../dictionaries/terms.ts';
import { compareTerms } from '../../../indexer/segment/term-dictionary.ts';
import { codePointPrefixes, queryText } from '../../support/text-arbitraries.ts';
import { buildSegment, plainEntries } from './built-segments.ts';

function compareSequences(a: string, b: string): number {
  const left = sequenceTerms(a);
  const right = sequenceTerms(b);
  for (let i = 0; i < Math.min(left.length, right.length); i++) {
    const difference = compareTerms(left[i]!, right[i]!);
    if (difference !== 0) return difference;
  }
  return left.length - right.length;
}

const text = fc
  .oneof(
    queryText(),
    fc.array(fc.constantFrom(...'ab 京大x'), { minLength: 1, maxLength: 8 }).map((c) => c.join('')),
  )
  .map((raw) => normalise(raw))
  .filter((normal) => normal !== '' && [...normal].length <= 128);
const texts = fc.uniqueArray(text, { minLength: 1, maxLength: 40 });

describe('PrefixOrder', () => {
  it('locates every typed prefix of every text, as a filter over the sorted texts does', () => {
    fc.assert(
      fc.property(texts, fc.array(text, { maxLength: 5 }), (list, others) => {
        const segment = buildSegment(plainEntries(list));
        segment.verify();
        const sorted = list.slice().sort(compareSequences);
        const prefixes = new Set([...list, ...others].flatMap(codePointPrefixes));
        for (const prefix of prefixes) {
          for (const finished of prefix === '' || prefix.endsWith(' ') ? [false] : [false, true]) {
            const wanted = finished ? `${prefix} ` : prefix;
            const bare = wanted.endsWith(' ') ? wanted.slice(0, -1) : wanted;
            const { low, high } = segment.order.locate(sequenceTerms(bare), wanted !== bare);
            const found = segment.normalisedTexts(segment.order.rows.slice(low, high), high - low);
            expect(found).toEqual(sorted.filter((item) => `${item} `.startsWith(wanted)));
          }
        }
      }),
      { numRuns: 60 },
    );
  });

  it('finds the spellings of a completion at places of their own', () => {
    const segment = buildSegment([
      { normalised: 'new york', surface: 'New York', score: 3, aliases: ['newyork', 'big apple'] },
      { normalised: 'newark', surface: 'newark', score: 2, aliases: ['new york'] },
    ]);
    segment.verify();
    const completions = (typed: string) => {
      const { low, high } = segment.order.locate(sequenceTerms(typed), false);
      return [...segment.order.rows.slice(low, high)].map((row) => segment.completionOfRow(row));
    };
    expect(completions('big')).toEqual([0]);
    expect(completions('newy')).toEqual([0]);
    expect(completions('newa')).toEqual([1]);
    expect(completions('new york')).toEqual([0, 1]);
    expect(completions('')).toHaveLength(5);
  });

  it('locates nothing in an empty segment', () => {
    const segment = buildSegment([]);
    segment.verify();
    expect(segment.order.locate(sequenceTerms('a'), false)).toEqual({ low: 0, high: 0 });
    expect(segment.order.locate([], false)).toEqual({ low: 0, high: 0 });
  });
});
