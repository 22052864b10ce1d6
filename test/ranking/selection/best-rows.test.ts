import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bestRows } from '../../../ranking/selection/best-rows.ts';

describe('the best rows', () => {
  it('are those that come first by score, then by place, then as they stand, however many are wanted', () => {
    const score = fc.oneof(
      fc.float({ noNaN: true }),
      fc.constantFrom(0, 1, 2, Number.NEGATIVE_INFINITY),
    );
    const row = fc.record({ score, place: fc.nat(5) });
    fc.assert(
      fc.property(fc.array(row, { maxLength: 80 }), fc.nat(50), (rows, most) => {
        const scores = Float32Array.from(rows, ({ score: each }) => each);
        const places = Uint16Array.from(rows, ({ place }) => place);
        const best = new Uint16Array(Math.max(1, most));
        const count = bestRows(scores, places, rows.length, most, best);
        const expected = rows
          .map((_, at) => at)
          .sort((a, b) => {
            const [one, other] = [scores[a]!, scores[b]!];
            if (one !== other) return one > other ? -1 : 1;
            return places[a]! - places[b]! || a - b;
          })
          .slice(0, most);
        expect([...best.subarray(0, count)]).toEqual(expected);
      }),
      { numRuns: 500 },
    );
  });
});
