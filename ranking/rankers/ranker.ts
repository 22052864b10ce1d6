/** What a score is made of: a sum over features, and over pairs of features by the products of their factors. */
export interface ScoreForm {
  readonly bias: number;
  /** One a feature, in the order of `FEATURES`. */
  readonly weights: ArrayLike<number>;
  /** Factors a feature; 0 for a sum of features alone. */
  readonly depth: number;
  /** `depth` a feature, in the same order. */
  readonly factors: ArrayLike<number>;
}

/**
 * Orders candidates by their features. The contract is in test/contracts/rankers.ts: every candidate gets a finite score, none is dropped, the same features
 * give the same scores, what is not a number counts as nothing, and what `form` says is what is scored.
 */
export interface Ranker {
  readonly name: string;
  readonly form: ScoreForm;
  /** Writes the score of each of the first `rows` rows of `features` (row by row, a number a feature of `FEATURES`) to `scores`; higher is better. */
  score(features: Float32Array, rows: number, scores: Float32Array): void;
  /** Writes what each feature adds to one row's score to `out`, a number a feature; gives what is added to every candidate. Together they are the score. */
  explain(features: Float32Array, row: number, out: Float32Array): number;
}
