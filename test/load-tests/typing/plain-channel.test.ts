import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { editDistance } from '../../../load-tests/typing/edit-distance.ts';
import { buildPlainChannel } from '../../../load-tests/typing/plain-channel.ts';

const words = fc.string({ unit: fc.constantFrom(...'abc'), minLength: 1, maxLength: 6 });

describe('the plain noisy channel', () => {
  it('ranks as a naive look at every beginning of every text does', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(words, { minLength: 1, maxLength: 9 }),
        words,
        (distinct, typed) => {
          // Weights that no number of errors can bring level.
          const texts = distinct.map((text, at) => ({
            normalised: text,
            surface: text,
            score: 2 ** (at / 16),
          }));
          const naive = texts
            .map(({ normalised, score }) => {
              const beginnings = Array.from({ length: normalised.length + 1 }, (_, length) =>
                normalised.slice(0, length),
              );
              const errors = Math.min(...beginnings.map((part) => editDistance(part, typed)));
              return { normalised, errors, value: Math.log2(score) - 8 * errors };
            })
            .filter(({ errors }) => errors <= 2)
            .sort((a, b) => b.value - a.value)
            .map(({ normalised }) => normalised);
          expect(buildPlainChannel(texts)(typed)).toEqual(naive);
        },
      ),
    );
  });

  it('gives the ten best and no more', () => {
    const texts = Array.from({ length: 12 }, (_, at) => ({
      normalised: `word ${at}`,
      surface: `word ${at}`,
      score: at + 1,
    }));
    expect(buildPlainChannel(texts)('wrod')).toEqual(
      Array.from({ length: 10 }, (_, place) => `word ${11 - place}`),
    );
  });
});
