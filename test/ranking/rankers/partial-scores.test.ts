import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FEATURES } from '../../../ranking/features/feature-list.ts';
import { DEFAULT_MODEL } from '../../../ranking/rankers/default-model.ts';
import { createRanker } from '../../../ranking/rankers/model-file.ts';
import {
  beginPartials,
  PartialScorer,
  partialWidth,
  wholeScore,
} from '../../../ranking/rankers/partial-scores.ts';
import {
  createOwnRecencyRanker,
  createPopularityRanker,
} from '../../../ranking/rankers/popularity-ranker.ts';

const stride = FEATURES.length;
const number = fc.float({ min: -8, max: 8, noNaN: true });
const weight = fc.oneof({ weight: 1, arbitrary: fc.constant(0) }, { weight: 2, arbitrary: number });

/** Models of every kind that a file may hold, many of their weights and factors 0. */
const models = fc
  .record({ depth: fc.integer({ min: 0, max: 5 }), bias: number, sparse: fc.boolean() })
  .chain(({ depth, bias, sparse }) =>
    fc
      .array(fc.array(weight, { minLength: depth + 1, maxLength: depth + 1 }), {
        minLength: stride,
        maxLength: stride,
      })
      .map((numbers) => ({
        ...DEFAULT_MODEL,
        kind: depth === 0 ? ('linear' as const) : ('factorisation-machine' as const),
        bias,
        features: FEATURES.map(({ name }) => name),
        weights: numbers.map(([first = 0]) => first),
        factors: numbers.map(([, ...rest], i) =>
          sparse && i % 3 > 0 ? rest.map(() => 0) : rest.map((factor) => factor / 8),
        ),
      })),
  );
const rankers = fc.oneof(
  models.map(createRanker),
  fc.constantFrom(createRanker(DEFAULT_MODEL), createPopularityRanker(), createOwnRecencyRanker()),
);
const value = fc.oneof(
  { weight: 20, arbitrary: number },
  { weight: 20, arbitrary: fc.constant(0) },
  { weight: 1, arbitrary: fc.constantFrom(Number.NaN, Infinity, -Infinity) },
);
const matrices = fc
  .array(fc.array(value, { minLength: stride, maxLength: stride }), { maxLength: 8 })
  .map((rows) => ({ rows: rows.length, features: Float32Array.from(rows.flat()) }));
/** In which of three parts each feature is added. */
const splits = fc.array(fc.nat(2), { minLength: stride, maxLength: stride });

describe('scores that are summed up in parts', () => {
  it('are those of the whole, for every kind of model and however its features are divided', () => {
    fc.assert(
      fc.property(rankers, matrices, splits, (ranker, { rows, features }, split) => {
        const { form } = ranker;
        const parts = [0, 1, 2].map((part) => {
          const places = split.flatMap((each, feature) => (each === part ? [feature] : []));
          const values = new Float32Array(rows * places.length);
          for (let row = 0; row < rows; row++) {
            places.forEach((feature, i) => {
              values[row * places.length + i] = features[row * stride + feature] ?? 0;
            });
          }
          return { scorer: new PartialScorer(form, places), values };
        });
        const partials = new Float64Array(rows * partialWidth(form)).fill(Number.NaN);
        beginPartials(form, rows, partials);
        for (const { scorer, values } of parts) scorer.add(values, rows, partials);
        const width = partialWidth(form);
        const scores = Float32Array.from({ length: rows }, (_, row) =>
          wholeScore(form, partials, row * width),
        );
        const whole = new Float32Array(rows);
        ranker.score(features, rows, whole);
        for (let row = 0; row < rows; row++) {
          // Sums of products of hundreds, in another order.
          expect(Math.abs(scores[row]! - whole[row]!)).toBeLessThanOrEqual(
            1e-6 * (1 + Math.abs(whole[row]!)),
          );
        }
      }),
      { numRuns: 300 },
    );
  });
});
