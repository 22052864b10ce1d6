import type { Ranker } from './ranker.ts';

/**
 * A weighted sum of the features and of their products, the weight of a product being that of its two features' factors (Rendle, "Factorization Machines",
 * ICDM 2010, equation 1; the products cost features times factors by his lemma 3.1).
 */
export class FactorisationRanker implements Ranker {
  readonly name: string;
  readonly #weights: Float64Array;
  /** Factor by factor, a number a feature each. */
  readonly #factors: Float64Array;
  readonly #depth: number;
  readonly #bias: number;
  readonly #sums: Float64Array;

  /** @param factors of each feature, in the order of `FEATURES`, all of one length; finite */
  constructor(
    name: string,
    weights: ArrayLike<number>,
    factors: readonly (readonly number[])[],
    bias = 0,
  ) {
    this.name = name;
    this.#weights = Float64Array.from(weights);
    this.#depth = factors[0]?.length ?? 0;
    this.#factors = new Float64Array(this.#depth * weights.length);
    factors.forEach((ofFeature, i) => {
      ofFeature.forEach((factor, k) => {
        this.#factors[k * weights.length + i] = factor;
      });
    });
    this.#bias = bias;
    this.#sums = new Float64Array(this.#depth);
  }

  score(features: Float32Array, rows: number, scores: Float32Array): void {
    const weights = this.#weights;
    const factors = this.#factors;
    const stride = weights.length;
    for (let row = 0; row < rows; row++) {
      const first = row * stride;
      let score = this.#bias;
      for (let i = 0; i < stride; i++) score += finite(weights[i]! * features[first + i]!);
      for (let k = 0, at = 0; k < this.#depth; k++) {
        let sum = 0;
        let squares = 0;
        for (let i = 0; i < stride; i++, at++) {
          const part = finite(factors[at]! * features[first + i]!);
          sum += part;
          squares += part * part;
        }
        score += 0.5 * (sum * sum - squares);
      }
      scores[row] = score;
    }
  }

  /** A product's part of the score goes half to each of its features. */
  explain(features: Float32Array, row: number, out: Float32Array): number {
    const weights = this.#weights;
    const factors = this.#factors;
    const stride = weights.length;
    const first = row * stride;
    const sums = this.#sums.fill(0);
    for (let k = 0, at = 0; k < this.#depth; k++) {
      for (let i = 0; i < stride; i++, at++) {
        sums[k]! += finite(factors[at]! * features[first + i]!);
      }
    }
    for (let i = 0; i < stride; i++) {
      let part = finite(weights[i]! * features[first + i]!);
      for (let k = 0; k < this.#depth; k++) {
        const own = finite(factors[k * stride + i]! * features[first + i]!);
        part += 0.5 * own * (sums[k]! - own);
      }
      out[i] = part;
    }
    return this.#bias;
  }
}

function finite(value: number): number {
  return value - value === 0 ? value : 0;
}
