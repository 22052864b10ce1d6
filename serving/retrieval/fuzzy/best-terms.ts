/** A term range that a typed word may have been meant as. */
export interface FuzzyTerm {
  /** Spaced term ids, half-open; one id for a whole word. */
  readonly low: number;
  readonly high: number;
  /** What the errors cost: -log2 of their likelihood. */
  readonly bits: number;
  /** Least number of errors that lead from the one to the other; 3 for more than two. */
  readonly edits: number;
  /** UTF-16 units of the terms' text that the typed word accounts for; all of it for a whole word. */
  readonly covered: number;
}

/** The most results that may be asked for. */
export const MOST_RESULTS = 256;

/**
 * The best of the term ranges that are offered, by value (prior less cost, in bits), falling; ties by the first term id, then by the last.
 * The same ranges offered in any order give the same result.
 */
export class BestTerms {
  /** What a range needs to be worth offering: the value of the last one kept, once there are as many as asked for. */
  floor = -Infinity;
  private readonly values = new Float64Array(MOST_RESULTS);
  private readonly lows = new Uint32Array(MOST_RESULTS);
  private readonly highs = new Uint32Array(MOST_RESULTS);
  private readonly bits = new Float64Array(MOST_RESULTS);
  private readonly edits = new Uint8Array(MOST_RESULTS);
  private readonly covered = new Uint16Array(MOST_RESULTS);
  private limit = 0;
  private spread = 0;
  private count = 0;

  /** @param floor the least value that is kept @param spread how much less than the best a value may be */
  begin(limit: number, floor: number, spread: number): void {
    this.spread = spread;
    this.limit = Math.min(limit, MOST_RESULTS);
    this.count = 0;
    this.floor = this.limit === 0 ? Infinity : floor;
  }

  /** The value of the best, -Infinity for none. */
  get bestValue(): number {
    return this.count === 0 ? -Infinity : this.values[0]!;
  }

  /** Offers a range; of one that is offered twice the better offer is kept. */
  offer(value: number, { low, high, bits, edits, covered }: FuzzyTerm): void {
    const { values, lows, highs } = this;
    if (value < this.floor) return;
    for (let at = 0; at < this.count; at++) {
      if (lows[at] !== low || highs[at] !== high) continue;
      if (values[at]! >= value) return;
      this.remove(at);
      break;
    }
    let at = this.count < this.limit ? this.count++ : this.limit;
    while (at > 0 && isBetter(value, low, high, values[at - 1]!, lows[at - 1]!, highs[at - 1]!)) {
      at--;
      if (at + 1 < this.limit) this.move(at, at + 1);
    }
    if (at === this.limit) return;
    values[at] = value;
    lows[at] = low;
    highs[at] = high;
    this.bits[at] = bits;
    this.edits[at] = edits;
    this.covered[at] = covered;
    this.floor = Math.max(this.floor, values[0]! - this.spread);
    if (this.count === this.limit) this.floor = Math.max(this.floor, values[this.limit - 1]!);
  }

  /** Best first. */
  results(): FuzzyTerm[] {
    const results: FuzzyTerm[] = [];
    for (let at = 0; at < this.count && this.values[at]! >= this.floor; at++) {
      results.push({
        low: this.lows[at]!,
        high: this.highs[at]!,
        bits: this.bits[at]!,
        edits: this.edits[at]!,
        covered: this.covered[at]!,
      });
    }
    return results;
  }

  /** Offers what `results` gave, with the values that they had. */
  offerAgain(results: readonly FuzzyTerm[], values: Float64Array): void {
    results.forEach((result, at) => {
      this.offer(values[at]!, result);
    });
  }

  /** The values of the results. */
  resultValues(): Float64Array {
    return this.values.slice(0, this.count);
  }

  private remove(place: number): void {
    this.count--;
    for (let at = place; at < this.count; at++) this.move(at + 1, at);
  }

  private move(from: number, to: number): void {
    this.values[to] = this.values[from]!;
    this.lows[to] = this.lows[from]!;
    this.highs[to] = this.highs[from]!;
    this.bits[to] = this.bits[from]!;
    this.edits[to] = this.edits[from]!;
    this.covered[to] = this.covered[from]!;
  }
}

function isBetter(
  value: number,
  low: number,
  high: number,
  otherValue: number,
  otherLow: number,
  otherHigh: number,
): boolean {
  if (value !== otherValue) return value > otherValue;
  return low !== otherLow ? low < otherLow : high < otherHigh;
}
