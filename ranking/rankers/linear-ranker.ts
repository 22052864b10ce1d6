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
      for (let i = 0; i < stride; i++, at++) sum += weights[i]! * features[at]!;
      // What is not a number makes the sum none, too: a test a row costs a third of one a feature.
      if (sum - sum !== 0) sum = this.#carefulScore(features, at - stride);
      scores[row] = sum;
    }
  }

  /** The score of the row that begins at `first`, without what is not a number. */
  #carefulScore(features: Float32Array, first: number): number {
    let sum = this.#bias;
    this.#weights.forEach((weight, i) => {
      const part = weight * features[first + i]!;
      if (part - part === 0) sum += part;
    });
    return sum;
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
