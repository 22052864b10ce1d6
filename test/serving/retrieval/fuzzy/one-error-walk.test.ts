import { describe, expect, it } from 'vitest';
import { KEYBOARDS } from '../../../../dictionaries/typing/keyboard.ts';
import { Segment } from '../../../../indexer/segment/segment.ts';
import { SegmentBuilder } from '../../../../indexer/segment/segment-builder.ts';
import { FuzzyTerms } from '../../../../serving/retrieval/fuzzy/fuzzy-terms.ts';

describe('OneErrorWalk', () => {
  it('finds the terms of each error at a letter, though an equally cheap one leads to others below the same node', () => {
    const builder = new SegmentBuilder();
    for (const term of ['adware', 'adaware']) {
      builder.add({ normalised: term, surface: term, score: 1 });
    }
    const segment = Segment.open(builder.finish());
    const found = new FuzzyTerms(segment).beginning('daware', {
      maxEdits: 1,
      keyboard: KEYBOARDS.qwerty,
      budget: { left: 1e6 },
      limit: 10,
      sound: false,
    });
    expect(found.map(({ low }) => segment.terms.termText(low)).sort()).toEqual([
      'adaware',
      'adware',
    ]);
  });
});
