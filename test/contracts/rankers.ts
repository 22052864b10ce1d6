import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FEATURES } from '../../ranking/features/feature-list.ts';
import type { Ranker } from '../../ranking/rankers/ranker.ts';

/** What every ranker promises; `open` gives a fresh one each time. */
export function describeRanker(name: string, open: () => Ranker): void {
  describe(`ranker ${name}`, () => {
    const stride = FEATURES.length;
    const value = fc.oneof(
      { weight: 8, arbitrary: fc.float({ min: -30, max: 30, noNaN: true }) },
      { weight: 1, arbitrary: fc.constantFrom(Number.NaN, Infinity, -Infinity) },
    );
    const matrices = fc
      .array(fc.array(value, { minLength: stride, maxLength: stride }), { maxLength: 12 })
      .map((rows) => ({ rows: rows.length, features: Float32Array.from(rows.flat()) }));

    it('scores every candidate with a number, whatever the features hold, and no row beyond', () => {
      fc.assert(
        fc.property(matrices, ({ rows, features }) => {
          const scores = new Float32Array(rows + 1).fill(Number.NaN);
          open().score(features, rows, scores);
          expect(scores.subarray(0, rows).every(Number.isFinite)).toBe(true);
          expect(scores[rows]).toBeNaN();
        }),
      );
    });

    it('gives the same scores to the same features, wherever the row stands and whatever was scored before', () => {
      const used = open();
      fc.assert(
        fc.property(matrices, ({ rows, features }) => {
          const together = new Float32Array(rows);
          used.score(features, rows, together);
          for (let row = 0; row < rows; row++) {
            const alone = new Float32Array(1);
            open().score(features.slice(row * stride, (row + 1) * stride), 1, alone);
            expect(together[row]).toBe(alone[0]);
          }
        }),
      );
    });

    it('explains a score by parts that add up to it', () => {
      fc.assert(
        fc.property(matrices, ({ rows, features }) => {
          const ranker = open();
          const scores = new Float32Array(rows);
          ranker.score(features, rows, scores);
          const parts = new Float32Array(stride);
          for (let row = 0; row < rows; row++) {
            const bias = ranker.explain(features, row, parts);
            const size = parts.reduce((sum, part) => sum + Math.abs(part), Math.abs(bias));
            const sum = parts.reduce((all, part) => all + part, bias);
            expect(Math.abs(sum - scores[row]!)).toBeLessThanOrEqual(1e-5 * (1 + size));
          }
        }),
      );
    });
  });
}
