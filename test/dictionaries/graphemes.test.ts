import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { graphemes } from '../../dictionaries/graphemes.ts';
import { textUnit } from '../support/text-arbitraries.ts';

describe('graphemes', () => {
  it('are those of Intl.Segmenter, also across its windows', () => {
    const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' });
    fc.assert(
      fc.property(fc.array(textUnit(), { minLength: 100, maxLength: 400 }), (units) => {
        const text = units.join('');
        const expected = Array.from(segmenter.segment(text), ({ segment }) => segment);
        expect([...graphemes(text)]).toEqual(expected);
      }),
      { numRuns: 300 },
    );
  });

  it('may be longer than a window', () => {
    const long = `e${'\u0301'.repeat(5000)}`;
    expect([...graphemes(`a${long}${long}b`)]).toEqual(['a', long, long, 'b']);
  });
});
