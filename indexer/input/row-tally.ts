import { BuildError } from '../build-error.ts';

const EXAMPLES = 5;
const LEAST_ROWS_TO_JUDGE = 1000;
const DEFAULT_SHARE = 0.05;
const SMALL_FILE_ALLOWANCE = 50;

/**
 * Counts the rows that were read, keeps the first examples of malformed ones, and stops the run when there are too many. Without a share given, 5%
 * of the rows are let through, and in small inputs up to 50 rows as long as they are not more than half.
 */
export class RowTally {
  readonly #share: number | undefined;
  readonly examples: string[] = [];
  /** All rows, malformed and empty ones too. */
  rows = 0;
  malformed = 0;
  /** Rows without a query. */
  empty = 0;

  /** `share` of malformed rows that is still accepted, from 0 to 1. */
  constructor(share: number | undefined) {
    this.#share = share;
  }

  countGood(): void {
    this.rows += 1;
  }

  countEmpty(): void {
    this.rows += 1;
    this.empty += 1;
  }

  /** Throws once enough rows were read to judge by. */
  countMalformed(file: string, line: number, reason: string): void {
    this.rows += 1;
    this.malformed += 1;
    if (this.examples.length < EXAMPLES) this.examples.push(`${file}:${line}: ${reason}`);
    if (this.rows >= LEAST_ROWS_TO_JUDGE) this.judge();
  }

  /** Throws when more rows are malformed than are let through. */
  judge(): void {
    if (this.malformed <= this.#allowed()) return;
    const share = ((100 * this.malformed) / this.rows).toFixed(1);
    const examples = this.examples.map((example) => `\n  ${example}`).join('');
    throw new BuildError(
      'too-many-malformed-rows',
      `${this.malformed} of ${this.rows} rows (${share}%) are malformed, more than --max-malformed lets through ` +
        `(${this.#share ?? DEFAULT_SHARE}); nothing was published. First examples:${examples}`,
    );
  }

  #allowed(): number {
    if (this.#share !== undefined) return this.#share * this.rows;
    return Math.max(DEFAULT_SHARE * this.rows, Math.min(SMALL_FILE_ALLOWANCE, this.rows / 2));
  }
}
