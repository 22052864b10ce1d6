import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { normalise } from '../../../dictionaries/normalise.ts';
import { JOINER, sequenceTerms } from '../../../dictionaries/terms.ts';
import { GrowableUint32Array } from '../../../indexer/segment/growable-array.ts';
import { compareTerms } from '../../../indexer/segment/term-dictionary.ts';
import { TermTable, withoutJoiner } from '../../../indexer/segment/term-table.ts';
import { queryText } from '../../support/text-arbitraries.ts';

describe('TermTable', () => {
  it('numbers the sequence terms of any texts in the order they come', () => {
    const texts = fc.array(
      queryText()
        .map((text) => normalise(text))
        .filter((text) => text !== ''),
      { maxLength: 20 },
    );
    fc.assert(
      fc.property(texts, (list) => {
        const table = new TermTable();
        const numbers = new GrowableUint32Array();
        for (const text of list) table.pushTerms(text, numbers);
        const expected = list.flatMap((text) => sequenceTerms(text));
        const known = [...new Set(expected)];
        expect(table.size).toBe(known.length);
        const { terms, ids } = table.inOrder();
        expect(terms).toEqual(known.toSorted(compareTerms));
        expect(known.map((_, number) => terms[ids[number]!])).toEqual(known);
        expect([...numbers.view()]).toEqual(expected.map((term) => known.indexOf(term)));
      }),
      { numRuns: 150 },
    );
  });

  it('orders terms by code points, joined ones last, also where units and code points differ', () => {
    const letters = [
      ...['a', 'ab', 'b', '~', 'é', '\u07ff', '\u0800', '京', '\ud7ff', '\ue000', '\uffff'],
      ...['\u{10000}', '\u{10ffff}', '\u{20000}', '\u{1f600}'],
    ];
    const word = fc
      .array(fc.constantFrom(...letters), { minLength: 1, maxLength: 7 })
      .map((parts) => parts.join(''));
    fc.assert(
      fc.property(fc.array(word, { maxLength: 60 }), (words) => {
        const table = new TermTable();
        for (const text of words) table.pushTerms(text, new GrowableUint32Array());
        const distinct = [...new Set(words.flatMap((text) => sequenceTerms(text)))];
        expect(table.inOrder().terms).toEqual(distinct.sort(compareTerms));
      }),
      { numRuns: 500 },
    );
  });

  it('keeps its numbers while it grows', () => {
    const table = new TermTable();
    const numbers = new GrowableUint32Array();
    const words = Array.from({ length: 30_000 }, (_, i) => `w${i.toString(36)}`);
    for (const word of words) table.pushTerms(word, numbers);
    for (const word of words) table.pushTerms(word, numbers);
    expect(table.size).toBe(words.length);
    expect(table.inOrder().terms).toEqual(words.toSorted());
    expect([...numbers.view()]).toEqual([...words.keys(), ...words.keys()]);
  });
});

describe('withoutJoiner', () => {
  it('takes the mark of a joined term off and leaves others', () => {
    expect(withoutJoiner(`${JOINER}京`)).toBe('京');
    expect(withoutJoiner('京')).toBe('京');
  });
});
