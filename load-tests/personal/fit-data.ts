import { FEATURES } from '../../ranking/features/feature-list.ts';

const FIRST_ROWS = 1 << 14;

/**
 * Requests to fit a ranker with: of each the features of its candidates, row by row, the wanted one first. One block of numbers, so that a million rows are no
 * objects.
 */
export class FitData {
  readonly stride = FEATURES.length;
  /** Where each request's rows begin, and where the last one's end. */
  readonly starts: number[] = [0];
  /** What each request counts. */
  readonly weights: number[] = [];
  #features = new Float32Array(FIRST_ROWS * FEATURES.length);

  get requests(): number {
    return this.weights.length;
  }

  get rows(): number {
    return this.starts[this.requests]!;
  }

  get features(): Float32Array {
    return this.#features;
  }

  /**
   * Adds a request by the features of all its candidates; `rows` are those that are kept, the wanted one first.
   */
  add(features: Float32Array, rows: readonly number[], weight = 1): void {
    const { stride } = this;
    const end = this.rows + rows.length;
    while (end * stride > this.#features.length) this.#grow();
    let to = this.rows * stride;
    for (const row of rows) {
      this.#features.set(features.subarray(row * stride, (row + 1) * stride), to);
      to += stride;
    }
    this.starts.push(end);
    this.weights.push(weight);
  }

  /** The standard deviation of each feature within requests; 1 for those that never differ. */
  spreads(): Float64Array {
    const { stride, starts, features } = this;
    const sums = new Float64Array(stride);
    for (let request = 0; request < this.requests; request++) {
      const from = starts[request]!;
      const to = starts[request + 1]!;
      for (let at = 0; at < stride; at++) {
        let sum = 0;
        let squares = 0;
        for (let row = from; row < to; row++) {
          const value = features[row * stride + at]!;
          sum += value;
          squares += value * value;
        }
        sums[at]! += squares - (sum * sum) / (to - from);
      }
    }
    return sums.map((sum) => (sum <= 1e-9 * this.rows ? 1 : Math.sqrt(sum / this.rows)));
  }

  /** Whether each feature has any value but 0. */
  hasValues(): boolean[] {
    const { stride, features, rows } = this;
    return Array.from({ length: stride }, (_, at) => {
      for (let row = 0; row < rows; row++) if (features[row * stride + at] !== 0) return true;
      return false;
    });
  }

  #grow(): void {
    const grown = new Float32Array(2 * this.#features.length);
    grown.set(this.#features);
    this.#features = grown;
  }
}
