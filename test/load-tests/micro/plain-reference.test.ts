import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildPlainReference } from '../../../load-tests/micro/plain-reference.ts';

/** The rule, plainly: texts whose form, followed by a space, starts with what was typed, in the order given. */
function bestByScan(texts: readonly string[], typed: string, k: number): string[] {
  return texts.filter((text) => `${text} `.startsWith(typed)).slice(0, k);
}

const word = fc.string({
  unit: fc.constantFrom('a', 'b', '!', 'é', '京', '🙂'),
  minLength: 1,
  maxLength: 4,
});
const text = fc.array(word, { minLength: 1, maxLength: 3 }).map((words) => words.join(' '));
const distinctTexts = fc.uniqueArray(text, { maxLength: 60 });

describe('the plain reference', () => {
  it('answers as a scan does, for every prefix of every text and any k', () => {
    fc.assert(
      fc.property(distinctTexts, fc.integer({ min: 0, max: 12 }), (texts, k) => {
        const topByPrefix = buildPlainReference(texts);
        for (const indexed of texts) {
          const characters = Array.from(`${indexed} `);
          for (let length = 0; length <= characters.length; length++) {
            const typed = characters.slice(0, length).join('');
            expect(topByPrefix(typed, k)).toEqual(bestByScan(texts, typed, k));
          }
        }
      }),
      { numRuns: 200 },
    );
  });

  it('answers as a scan does for texts that are not there', () => {
    fc.assert(
      fc.property(distinctTexts, text, text, (texts, first, second) => {
        const topByPrefix = buildPlainReference(texts);
        for (const typed of [first, `${first} `, `${first} ${second}`]) {
          expect(topByPrefix(typed, 10)).toEqual(bestByScan(texts, typed, 10));
        }
      }),
    );
  });

  it('finds nothing in nothing', () => {
    expect(buildPlainReference([])('a', 10)).toEqual([]);
    expect(buildPlainReference([])('', 10)).toEqual([]);
  });

  it('does not read on into the next text', () => {
    expect(buildPlainReference(['ab', 'x'])('ab x', 10)).toEqual([]);
  });
});
