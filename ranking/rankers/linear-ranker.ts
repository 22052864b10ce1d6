import type { Ranker } from './ranker.ts';

/** A weighted sum of the features. */
export class LinearRanker implements Ranker {
  readonly name: string;
  readonly #weights: Float64Array;
  readonly #bias: number;

  /** @param weights one a feature, in the order of `FEATURES`; finite */
  constructor(name: string, weights: ArrayLike<number>, bias = 0) {
    this.name = name;
    this.#weights = Float64Array.from(weights);
    this.#bias = bias;
  }

  score(features: Float32Array, rows: number, scores: Float32Array): void {
    const weights = this.#weights;
    const stride = weights.length;
    for (let row = 0, at = 0; row < rows; row++) {
      let sum = this.#bias;
      for (let i = 0; i < stride; i++, at++) {
        const part = weights[i]! * features[at]!;
        // What is not a number differs from itself by something that is not 0.
        if (part - part === 0) sum += part;
      }
      scores[row] = sum;
    }
  }

  explain(features: Float32Array, row: number, out: Float32Array): number {
    const weights = this.#weights;
    const first = row * weights.length;
    for (let i = 0; i < weights.length; i++) {
      const part = weights[i]! * features[first + i]!;
      out[i] = part - part === 0 ? part : 0;
    }
    return this.#bias;
  }
}
