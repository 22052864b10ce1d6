import type { Ranker, ScoreForm } from './ranker.ts';

/**
 * A weighted sum of the features and of their products, the weight of a product being that of its two features' factors (Rendle, "Factorization Machines",
 * ICDM 2010, equation 1; the products cost features times factors by his lemma 3.1).
 */
export class FactorisationRanker implements Ranker {
  readonly name: string;
  readonly form: ScoreForm;
  readonly #stride: number;
  /** The features that count: those of some weight or factor, those with factors first. */
  readonly #counting: Uint16Array;
  /** How many have factors. */
  readonly #interacting: number;
  /** Of those that count; the factors feature by feature. */
  readonly #weights: Float64Array;
  readonly #factors: Float64Array;
  /** The sum of the squares of the factors of each. */
  readonly #squares: Float64Array;
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
    this.#stride = weights.length;
    const all = Array.from(weights, (_, i) => i);
    const hasFactors = all.map((i) => factors[i]?.some((factor) => factor !== 0) === true);
    const interacting = all.filter((i) => hasFactors[i]);
    const counting = [...interacting, ...all.filter((i) => !hasFactors[i] && weights[i] !== 0)];
    this.#interacting = interacting.length;
    this.#counting = Uint16Array.from(counting);
    this.#weights = Float64Array.from(counting, (i) => weights[i]!);
    this.#depth = factors[0]?.length ?? 0;
    this.#factors = Float64Array.from(interacting.flatMap((i) => factors[i] ?? []));
    this.#squares = Float64Array.from(interacting, (i) =>
      (factors[i] ?? []).reduce((sum, factor) => sum + factor * factor, 0),
    );
    this.#bias = bias;
    this.#sums = new Float64Array(this.#depth);
    this.form = {
      ...{ bias, weights: Float64Array.from(weights), depth: this.#depth },
      factors: Float64Array.from(all.flatMap((i) => factors[i] ?? [])),
    };
  }

  score(features: Float32Array, rows: number, scores: Float32Array): void {
    const weights = this.#weights;
    const factors = this.#factors;
    const counting = this.#counting;
    const ownSquares = this.#squares;
    const interacting = this.#interacting;
    const depth = this.#depth;
    const sums = this.#sums;
    for (let row = 0, first = 0; row < rows; row++, first += this.#stride) {
      let score = this.#bias;
      let squares = 0;
      sums.fill(0);
      for (let i = interacting; i < counting.length; i++) {
        score += weights[i]! * finite(features[first + counting[i]!]!);
      }
      for (let i = 0; i < interacting; i++) {
        const value = finite(features[first + counting[i]!]!);
        // Half of the features tell nothing of a candidate.
        if (value === 0) continue;
        score += weights[i]! * value;
        squares += ownSquares[i]! * value * value;
        for (let k = 0, at = i * depth; k < depth; k++, at++) {
          sums[k] = sums[k]! + factors[at]! * value;
        }
      }
      let products = -squares;
      for (let k = 0; k < depth; k++) products += sums[k]! * sums[k]!;
      scores[row] = score + 0.5 * products;
    }
  }

  /** A product's part of the score goes half to each of its features. */
  explain(features: Float32Array, row: number, out: Float32Array): number {
    const weights = this.#weights;
    const factors = this.#factors;
    const counting = this.#counting;
    const interacting = this.#interacting;
    const depth = this.#depth;
    const first = row * this.#stride;
    const sums = this.#sums.fill(0);
    out.fill(0, 0, this.#stride);
    for (let i = 0, at = 0; i < interacting; i++) {
      const value = finite(features[first + counting[i]!]!);
      for (let k = 0; k < depth; k++, at++) sums[k] = sums[k]! + factors[at]! * value;
    }
    for (let i = 0, at = 0; i < counting.length; i++) {
      const value = finite(features[first + counting[i]!]!);
      let part = weights[i]! * value;
      for (let k = 0; i < interacting && k < depth; k++, at++) {
        const own = factors[at]! * value;
        part += 0.5 * own * (sums[k]! - own);
      }
      out[counting[i]!] = part;
    }
    return this.#bias;
  }
}

function finite(value: number): number {
  return value - value === 0 ? value : 0;
}
