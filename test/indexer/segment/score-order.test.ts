import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { orderByScore } from '../../../indexer/segment/score-order.ts';

const score = fc.oneof(
  fc.constantFrom(
    0,
    -0,
    1,
    1,
    2,
    Number.MIN_VALUE,
    3 * Number.MIN_VALUE,
    Number.MAX_VALUE,
    2 ** 53,
  ),
  fc.double({ min: 0, noNaN: true, noDefaultInfinity: true }),
  fc.integer({ min: 0, max: 3 }),
);

describe('orderByScore', () => {
  it('is the stable sort by falling score, from zero and denormals to the largest double', () => {
    fc.assert(
      fc.property(
        fc.array(score, { maxLength: 80 }).chain((scores) =>
          fc.record({
            scores: fc.constant(scores),
            items: fc.shuffledSubarray(scores.map((_, item) => item)),
          }),
        ),
        ({ scores, items }) => {
          const expected = items.slice().sort((a, b) => scores[b]! - scores[a]! || 0);
          const order = orderByScore(Uint32Array.from(items), Float64Array.from(scores));
          expect([...order]).toEqual(expected);
        },
      ),
      { numRuns: 150 },
    );
  });

  it('leaves its input as it was', () => {
    const items = Uint32Array.of(2, 0, 1);
    orderByScore(items, Float64Array.of(1, 2, 3));
    expect([...items]).toEqual([2, 0, 1]);
  });
});
