import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Segment } from '../../../../indexer/segment/segment.ts';
import { SegmentBuilder } from '../../../../indexer/segment/segment-builder.ts';
import { slotOf } from '../../../../indexer/segment/term-trie-nodes.ts';
import { TermBeginnings, withLetter } from '../../../../serving/retrieval/fuzzy/term-beginnings.ts';

function beginningsOf(terms: readonly string[]): TermBeginnings {
  const builder = new SegmentBuilder();
  for (const term of terms) builder.add({ normalised: term, surface: term, score: 1 });
  return new TermBeginnings(Segment.open(builder.finish()).terms);
}

function keyOf(text: string): number {
  return [...text]
    .slice(0, 5)
    .reduce((key, letter) => withLetter(key, slotOf(letter.codePointAt(0)!)), 0);
}

describe('TermBeginnings', () => {
  it('has the beginning of every term of five letters and more, in any script', () => {
    const letter = fc.constantFrom(...'abcdeéüжяδέ');
    const term = fc
      .array(letter, { minLength: 5, maxLength: 8 })
      .map((letters) => letters.join(''));
    fc.assert(
      fc.property(fc.uniqueArray(term, { minLength: 1, maxLength: 40 }), (terms) => {
        const beginnings = beginningsOf(terms);
        for (const each of terms) expect(beginnings.has(keyOf(each))).toBe(true);
      }),
      { numRuns: 60 },
    );
  });

  it('makes no difference between a letter with an accent and without', () => {
    expect(beginningsOf(['crèmes']).has(keyOf('cremes'))).toBe(true);
  });

  it('has nearly none of the beginnings that no term has', () => {
    const beginnings = beginningsOf(['apple', 'orange', 'banana', 'kiwi']);
    const others = Array.from({ length: 26 ** 3 }, (_, i) =>
      String.fromCharCode(97 + (i % 26), 97 + (Math.floor(i / 26) % 26), 97 + Math.floor(i / 676)),
    ).map((three) => keyOf(`${three}xq`));
    const wrong = others.filter((key) => beginnings.has(key)).length;
    expect(wrong).toBeLessThan(others.length / 9);
  });
});
