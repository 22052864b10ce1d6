import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LEAST_ERROR_BITS } from '../../../../dictionaries/typing/error-model.ts';
import { KEYBOARDS } from '../../../../dictionaries/typing/keyboard.ts';
import { SpellingCost } from '../../../../serving/retrieval/fuzzy/spelling-cost.ts';
import { TypedWord } from '../../../../serving/retrieval/fuzzy/typed-word.ts';

const BAND = 4;
const word = fc.string({ unit: fc.constantFrom(...'abceiéoßнйα1'), minLength: 1, maxLength: 9 });

describe('TypedWord', () => {
  it('never takes a text at a glance for further away than what its errors cost', () => {
    const typedWord = new TypedWord();
    const cost = new SpellingCost();
    fc.assert(
      fc.property(word, word, (typed, meant) => {
        expect(typedWord.set(typed)).toBe(true);
        const letters = Array.from(meant, (letter) => letter.codePointAt(0)!);
        cost.text.set(letters);
        cost.begin(typedWord.letters, typedWord.length, KEYBOARDS.qwerty, BAND);
        const least = typedWord.leastErrorsTo(cost.text, letters.length);
        expect(least * LEAST_ERROR_BITS).toBeLessThanOrEqual(cost.costTo(letters.length));
        expect(least).toBeLessThanOrEqual(typed.length + meant.length);
        typedWord.clear();
      }),
      { numRuns: 2_000 },
    );
  });

  it('tells letters that only one of them has, and lengths', () => {
    const typedWord = new TypedWord();
    typedWord.set('garden');
    const text = new Uint32Array(16);
    const errorsTo = (meant: string): number => {
      const letters = Array.from(meant, (letter) => letter.codePointAt(0)!);
      text.set(letters);
      return typedWord.leastErrorsTo(text, letters.length);
    };
    expect(errorsTo('garden')).toBe(0);
    expect(errorsTo('gardener')).toBe(2);
    expect(errorsTo('warden')).toBe(1);
    expect(errorsTo('window')).toBe(4);
    typedWord.clear();
  });
});
