import type { Container, ContainerBuilder } from './container.ts';
import { SegmentError } from './errors.ts';
import type { PlaceRange } from './prefix-order.ts';
import { NO_VALUE } from './range-minimum.ts';

/**
 * The best ranks of the largest prefix ranges, worked out at build time: one or two typed letters are the most frequent
 * requests and have the largest ranges. Keyed by the range itself, of places or of terms, so that whatever led to it finds it.
 */
const READY_RESULTS = 20;

/** Ranges of at least this many places, or postings, have a ready answer. */
export const LEAST_PLACES = 256;

/** The at most `k` best ranks of a range, ascending, put into `found`; returns their number. */
export type BestOfRange = (range: PlaceRange, k: number, found: Uint32Array) => number;

/** Adds `<name>.lows`, `<name>.highs` and `<name>.ranks` for ranges of places or of terms; repeated ranges count once. */
export function writeReadyAnswers(
  builder: ContainerBuilder,
  name: string,
  ranges: readonly PlaceRange[],
  best: BestOfRange,
): void {
  const sorted = ranges.toSorted((a, b) => a.low - b.low || a.high - b.high);
  const distinct = sorted.filter(
    ({ low, high }, i) => i === 0 || low !== sorted[i - 1]!.low || high !== sorted[i - 1]!.high,
  );
  const ranks = new Uint32Array(distinct.length * READY_RESULTS).fill(NO_VALUE);
  const found = new Uint32Array(READY_RESULTS);
  distinct.forEach((range, index) => {
    const count = best(range, READY_RESULTS, found);
    ranks.set(found.subarray(0, count), index * READY_RESULTS);
  });
  builder.add(
    `${name}.lows`,
    Uint32Array.from(distinct, ({ low }) => low),
  );
  builder.add(
    `${name}.highs`,
    Uint32Array.from(distinct, ({ high }) => high),
  );
  builder.add(`${name}.ranks`, ranks);
}

/** What the ranges that have a ready answer are found in. */
export interface ReadyRangeSource {
  readonly places: Uint32Array;
  readonly terms: Uint32Array;
  readonly starts: Uint32Array;
  readonly spacedTerms: number;
  /** A byte of a term's UTF-8, or -1 beyond its end. */
  readonly termByte: (term: number, index: number) => number;
}

/** The ranges of spaced terms that share a beginning and have, by `weight`, at least LEAST_PLACES postings. */
export function largeTermRanges(
  { spacedTerms, termByte }: ReadyRangeSource,
  weight: (low: number, high: number) => number,
): PlaceRange[] {
  const ranges: PlaceRange[] = [];
  const divide = (low: number, high: number, byteDepth: number): void => {
    let from = low;
    // The term that is the shared beginning itself comes first.
    while (from < high && termByte(from, byteDepth) < 0) from++;
    while (from < high) {
      const to = endOfRun(from, high, (term) => termByte(term, byteDepth));
      if (weight(from, to) >= LEAST_PLACES) {
        ranges.push({ low: from, high: to });
        divide(from, to, byteDepth + 1);
      }
      from = to;
    }
  };
  divide(0, spacedTerms, 0);
  return ranges;
}

/** Where the run of items with the key of `from` ends; items before `high` with one key stand together. */
function endOfRun(from: number, high: number, keyAt: (item: number) => number): number {
  const key = keyAt(from);
  let to = from + 1;
  let step = 1;
  while (to + step <= high && keyAt(to + step - 1) === key) {
    to += step;
    step *= 2;
  }
  for (; step >= 1; step >>>= 1) if (to + step <= high && keyAt(to + step - 1) === key) to += step;
  return to;
}

/** The ranges of all typed prefixes, down to whole terms, that have LEAST_PLACES places. */
export function largePlaceRanges(source: ReadyRangeSource): PlaceRange[] {
  const ranges: PlaceRange[] = [];
  const { places, terms, starts } = source;
  const termAt = (place: number, depth: number): number => {
    const row = places[place]!;
    const at = starts[row]! + depth;
    return at < starts[row + 1]! ? terms[at]! : -1;
  };
  /** Adds the ranges below one that shares `depth` terms and `byteDepth` bytes of the next. */
  const divide = (low: number, high: number, depth: number, byteDepth: number): void => {
    if (high - low < LEAST_PLACES) return;
    let from = low;
    // Rows that end here, or whose term does, come first.
    while (from < high && keyAt(from) < 0) from++;
    if (byteDepth > 0 && from - low >= LEAST_PLACES) {
      ranges.push({ low, high: from });
      divide(low, from, depth + 1, 0);
    }
    while (from < high) {
      const to = endOfRun(from, high, keyAt);
      if (to - from >= LEAST_PLACES) {
        ranges.push({ low: from, high: to });
        divide(from, to, depth, byteDepth + 1);
      }
      from = to;
    }

    function keyAt(place: number): number {
      const term = termAt(place, depth);
      if (term < 0) return -1;
      const byte = source.termByte(term, byteDepth);
      // Joined terms begin anew after the spaced ones.
      return byte < 0 || term < source.spacedTerms ? byte : byte + 256;
    }
  };
  if (places.length >= LEAST_PLACES) ranges.push({ low: 0, high: places.length });
  divide(0, places.length, 0, 0);
  return ranges;
}

/** What the best ranks are of ranges too large to be searched at each request: worked out by the build. */
export class ReadyAnswers {
  private readonly lows: Uint32Array;
  private readonly highs: Uint32Array;
  private readonly ranks: Uint32Array;
  private readonly name: string;

  constructor(container: Container, name: string) {
    this.name = name;
    this.lows = container.uint32(`${name}.lows`);
    this.highs = container.uint32(`${name}.highs`);
    this.ranks = container.uint32(`${name}.ranks`);
    const count = this.lows.length;
    if (this.highs.length !== count || this.ranks.length !== count * READY_RESULTS) {
      throw new SegmentError('bad-section', `segment sections '${name}.*': their lengths disagree`);
    }
  }

  /** Puts the range's at most `k` best ranks into `found` and returns their number, or -1 when it has no ready answer. */
  find(range: PlaceRange, k: number, found: Uint32Array): number {
    const { low, high } = range;
    if (k > READY_RESULTS) return -1;
    const { lows, highs } = this;
    let from = 0;
    let to = lows.length;
    while (from < to) {
      const middle = (from + to) >>> 1;
      if (lows[middle]! < low || (lows[middle] === low && highs[middle]! < high)) from = middle + 1;
      else to = middle;
    }
    if (from === lows.length || lows[from] !== low || highs[from] !== high) return -1;
    const start = from * READY_RESULTS;
    for (let i = 0; i < k; i++) {
      const rank = this.ranks[start + i]!;
      if (rank === NO_VALUE) return i;
      found[i] = rank;
    }
    return k;
  }

  /** @throws SegmentError when a range does not lie below `limit`, or an answer differs from what `best` gives. */
  verify(limit: number, best: BestOfRange): void {
    const expected = new Uint32Array(READY_RESULTS);
    const actual = new Uint32Array(READY_RESULTS);
    for (let index = 0; index < this.lows.length; index++) {
      const range = { low: this.lows[index]!, high: this.highs[index]! };
      if (range.low >= range.high || range.high > limit || !this.ascendsAt(index)) {
        throw new SegmentError(
          'broken-order',
          `segment sections '${this.name}.lows' and '.highs', answer ${index}: expected ascending ranges below ${limit}, got ${range.low} to ${range.high}`,
        );
      }
      const count = best(range, READY_RESULTS, expected);
      const same =
        this.find(range, READY_RESULTS, actual) === count &&
        expected.subarray(0, count).every((rank, i) => actual[i] === rank);
      if (!same) {
        throw new SegmentError(
          'broken-order',
          `segment section '${this.name}.ranks', answer ${index} (${range.low} to ${range.high}): not the range's best`,
        );
      }
    }
  }

  private ascendsAt(index: number): boolean {
    if (index === 0) return true;
    const { lows, highs } = this;
    const difference = lows[index]! - lows[index - 1]!;
    return difference > 0 || (difference === 0 && highs[index]! > highs[index - 1]!);
  }
}
