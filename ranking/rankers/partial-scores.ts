import type { ScoreForm } from './ranker.ts';

/** Numbers before the factors' sums in a row of partial scores: the weighted sum, and the sum of the squares that are no product of two features. */
export const SUMS_AT = 2;

/** Numbers of a partial score by a form. */
export function partialWidth({ depth }: ScoreForm): number {
  return depth === 0 ? 1 : SUMS_AT + depth;
}

/** Begins the partial scores of the rows `0 … rows - 1`: those without any feature. */
export function beginPartials(form: ScoreForm, rows: number, partials: Float64Array): void {
  const width = partialWidth(form);
  partials.fill(0, 0, rows * width);
  for (let row = 0; row < rows; row++) partials[row * width] = form.bias;
}

/** The score that a partial score comes to, which begins at `at`. */
export function wholeScore({ depth }: ScoreForm, partials: Float64Array, at: number): number {
  if (depth === 0) return partials[at]!;
  let products = -partials[at + 1]!;
  for (let k = 0; k < depth; k++) {
    const sum = partials[at + SUMS_AT + k]!;
    products += sum * sum;
  }
  return partials[at]! + 0.5 * products;
}

/**
 * Adds some features to partial scores: a score is a sum over features, and one over pairs that is half the square of a sum less a sum of squares (Rendle, "Factorization Machines",
 * ICDM 2010, lemma 3.1), so that features can be added one after another, in any order. What is the same for everybody is added once, and remembered.
 */
export class PartialScorer {
  readonly #width: number;
  readonly #depth: number;
  /** Numbers of a row of the features that are given. */
  readonly #stride: number;
  /** Their places in it: those with factors first. */
  readonly #columns: Uint16Array;
  readonly #interacting: number;
  readonly #weights: Float64Array;
  readonly #factors: Float64Array;
  /** The sum of the squares of the factors of each. */
  readonly #squares: Float64Array;

  /** @param features places in `FEATURES` of the features that are added, in the order in which their values come */
  constructor(form: ScoreForm, features: readonly number[]) {
    const { weights, factors, depth } = form;
    const factorsOf = (feature: number) =>
      Array.from({ length: depth }, (_, k) => factors[feature * depth + k] ?? 0);
    const places = features.map((feature, place) => ({ feature, place, own: factorsOf(feature) }));
    const interacting = places.filter(({ own }) => own.some((factor) => factor !== 0));
    const linear = places.filter(
      (each) => !interacting.includes(each) && (weights[each.feature] ?? 0) !== 0,
    );
    const counting = [...interacting, ...linear];
    this.#depth = depth;
    this.#width = partialWidth(form);
    this.#stride = features.length;
    this.#columns = Uint16Array.from(counting, ({ place }) => place);
    this.#interacting = interacting.length;
    this.#weights = Float64Array.from(counting, ({ feature }) => weights[feature] ?? 0);
    this.#factors = Float64Array.from(interacting.flatMap(({ own }) => own));
    this.#squares = Float64Array.from(interacting, ({ own }) =>
      own.reduce((sum, factor) => sum + factor * factor, 0),
    );
  }

  /** Adds the features of one row of `values`, from `first` on, to the partial score that begins at `at`. */
  addRow(values: ArrayLike<number>, first: number, partials: Float64Array, at: number): void {
    const columns = this.#columns;
    const weights = this.#weights;
    const interacting = this.#interacting;
    let sum = partials[at]!;
    for (let i = interacting; i < columns.length; i++) {
      sum += weights[i]! * finite(values[first + columns[i]!]!);
    }
    for (let i = 0; i < interacting; i++) {
      const value = finite(values[first + columns[i]!]!);
      if (value === 0) continue;
      sum += weights[i]! * value;
      this.#addProducts(i, value, partials, at);
    }
    partials[at] = sum;
  }

  /** Adds the features of the first `rows` rows of `values` to as many partial scores. */
  add(values: Float32Array, rows: number, partials: Float64Array): void {
    for (let row = 0; row < rows; row++) {
      this.addRow(values, row * this.#stride, partials, row * this.#width);
    }
  }

  #addProducts(column: number, value: number, partials: Float64Array, at: number): void {
    const factors = this.#factors;
    const depth = this.#depth;
    const from = column * depth;
    partials[at + 1] = partials[at + 1]! + this.#squares[column]! * value * value;
    for (let k = 0; k < depth; k++) {
      partials[at + SUMS_AT + k] = partials[at + SUMS_AT + k]! + factors[from + k]! * value;
    }
  }
}

function finite(value: number): number {
  return value - value === 0 ? value : 0;
}
