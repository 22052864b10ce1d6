import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { normalise } from '../../../dictionaries/normalise.ts';
import { sequenceTerms } from '../../../dictionaries/terms.ts';
import { textFacts } from '../../../ranking/profiles/text-facts.ts';

const piece = fc.constantFrom(
  ...[
    'new',
    'york',
    'été',
    '東京',
    '東',
    'タワー',
    'привет',
    '한국어',
    'ไทย',
    '🎉',
    '👍🏽',
    '🇫🇷',
    'a©',
    '1',
    '́',
    ' ',
  ],
);
const text = fc.oneof(
  fc.array(piece, { maxLength: 20 }).map((pieces) => pieces.join('')),
  fc.array(piece, { maxLength: 20 }).map((pieces) => pieces.join(' ')),
  fc.string({ unit: 'grapheme' }),
);

describe('textFacts', () => {
  it('are the same whether the sequence terms are known or not', () => {
    fc.assert(
      fc.property(text, fc.constantFrom(null, 'en-US', 'ja-JP', 'und'), (raw, market) => {
        const normalised = normalise(raw);
        const known = textFacts(normalised, market, sequenceTerms(normalised));
        expect(known).toEqual(textFacts(normalised, market));
      }),
      { numRuns: 1_000 },
    );
  });
});
