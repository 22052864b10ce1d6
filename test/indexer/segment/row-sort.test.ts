import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sortRowsByTerms } from '../../../indexer/segment/row-sort.ts';

const TERMS = 4;

function compareRows(a: readonly number[], b: readonly number[]): number {
  for (let i = 0; i < Math.min(a.length, b.length); i++) {
    if (a[i] !== b[i]) return a[i]! - b[i]!;
  }
  return a.length - b.length;
}

/** Rows over few terms, so that many share three terms and more, and many begin others. */
const rows = fc.array(
  fc.oneof(
    fc.array(fc.integer({ min: 0, max: TERMS - 1 }), { minLength: 1, maxLength: 7 }),
    fc.array(fc.integer({ min: 0, max: 1 }), { maxLength: 4 }).map((rest) => [3, 3, 3, ...rest]),
  ),
  { maxLength: 60 },
);

describe('sortRowsByTerms', () => {
  it('is the stable sort by term ids, a row before those that it begins', () => {
    fc.assert(
      fc.property(rows, (list) => {
        const starts = new Uint32Array(list.length + 1);
        list.forEach((row, i) => {
          starts[i + 1] = starts[i]! + row.length;
        });
        const expected = list.map((_, i) => i).sort((a, b) => compareRows(list[a]!, list[b]!));
        expect([...sortRowsByTerms(Uint32Array.from(list.flat()), starts, TERMS)]).toEqual(
          expected,
        );
      }),
      { numRuns: 400 },
    );
  });

  it('orders no rows', () => {
    expect(sortRowsByTerms(new Uint32Array(0), Uint32Array.of(0), 0)).toHaveLength(0);
  });
});
