import type { Ranker, ScoreForm } from './ranker.ts';

/** A weighted sum of the features. */
export class LinearRanker implements Ranker {
  readonly name: string;
  readonly form: ScoreForm;
  readonly #weights: Float64Array;
  readonly #bias: number;

  /** @param weights one a feature, in the order of `FEATURES`; finite */
  constructor(name: string, weights: ArrayLike<number>, bias = 0) {
    this.name = name;
    this.#weights = Float64Array.from(weights);
    this.#bias = bias;
    this.form = { bias, weights: this.#weights, depth: 0, factors: [] };
  }

  /** Four rows at a time: each is a chain of additions, and a processor works on several chains at once. */
  score(features: Float32Array, rows: number, scores: Float32Array): void {
    const weights = this.#weights;
    const stride = weights.length;
    let row = 0;
    for (; row + 4 <= rows; row += 4) {
      let a = this.#bias;
      let b = a;
      let c = a;
      let d = a;
      for (let i = 0, at = row * stride; i < stride; i++, at++) {
        const weight = weights[i]!;
        a += weight * features[at]!;
        b += weight * features[at + stride]!;
        c += weight * features[at + 2 * stride]!;
        d += weight * features[at + 3 * stride]!;
      }
      scores[row] = a;
      scores[row + 1] = b;
      scores[row + 2] = c;
      scores[row + 3] = d;
    }
    for (; row < rows; row++) {
      let sum = this.#bias;
      for (let i = 0, at = row * stride; i < stride; i++, at++) sum += weights[i]! * features[at]!;
      scores[row] = sum;
    }
    for (row = 0; row < rows; row++) {
      // What is not a number makes the sum none, too: a test a row costs a third of one a feature.
      if (scores[row]! - scores[row]! !== 0) {
        scores[row] = this.#carefulScore(features, row * stride);
      }
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
