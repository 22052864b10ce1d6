import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { closestBeginning } from '../../../serving/retrieval/closest-beginning.ts';

/** Optimal string alignment by its definition, each pair of beginnings worked out anew. */
function errorsBetween(a: string, b: string): number {
  if (a === '' || b === '') return a.length + b.length;
  const isSame = a.at(-1) === b.at(-1);
  const all = [
    errorsBetween(a.slice(0, -1), b) + 1,
    errorsBetween(a, b.slice(0, -1)) + 1,
    errorsBetween(a.slice(0, -1), b.slice(0, -1)) + (isSame ? 0 : 1),
  ];
  if (a.length > 1 && b.length > 1 && a.at(-1) === b.at(-2) && a.at(-2) === b.at(-1)) {
    all.push(errorsBetween(a.slice(0, -2), b.slice(0, -2)) + 1);
  }
  return Math.min(...all);
}

describe('closestBeginning', () => {
  it('is a beginning that no other needs fewer errors than', () => {
    const letters = (maxLength: number) =>
      fc.string({ unit: fc.constantFrom('a', 'b', 'c'), minLength: 1, maxLength });
    fc.assert(
      fc.property(letters(4), letters(5), fc.boolean(), (typed, text, open) => {
        const ends = open ? [...text].map((_, index) => index + 1) : [text.length];
        const all = ends.map((end) => errorsBetween(typed, text.slice(0, end)));
        const found = closestBeginning(typed, text, open, 9)!;
        expect(found.errors).toBe(Math.min(...all));
        expect(errorsBetween(typed, text.slice(0, found.length))).toBe(found.errors);
      }),
      { numRuns: 300 },
    );
  });

  it('passes over the spaces of the text', () => {
    expect(closestBeginning('coronvirus', 'corona virus update', true, 2)).toEqual({
      length: 12,
      errors: 1,
    });
  });

  it('is nothing where more errors are needed than may be', () => {
    expect(closestBeginning('people', 'person', false, 3)).toBeNull();
    expect(closestBeginning('a', '', true, 4)).toBeNull();
  });
});
