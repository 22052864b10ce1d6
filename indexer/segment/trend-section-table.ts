/** Spreads are kept in eighths above 1; 0 stands for one that is not known. */
export const SPREAD_STEPS = 8;
export const WINDOWS = 3;

/** Counts in the hour, the day and the week before as-of, and, with decay, before that week. */
export interface LateCounts {
  readonly windows: readonly [number, number, number];
  readonly before: number;
}

/** The arrays of the sections `trends.*`. */
export interface TrendArrays {
  readonly totals: Float64Array;
  readonly least: Uint32Array;
  readonly starts: Uint32Array;
  readonly ids: Uint32Array;
  readonly before: Float32Array;
  readonly week: Uint32Array;
  readonly spread: Uint8Array;
  readonly recentStarts: Uint32Array;
  readonly recent: Uint32Array;
  readonly hour: Uint32Array;
  readonly day: Uint32Array;
}

/** One market's late counts. */
export class TrendSectionTable {
  /** Of all searches. */
  readonly all: LateCounts;
  /** Completions with fewer searches are left out. */
  readonly leastSearches: number;
  private readonly arrays: TrendArrays;
  private readonly table: number;

  constructor(arrays: TrendArrays, table: number) {
    this.arrays = arrays;
    this.table = table;
    this.leastSearches = arrays.least[0]!;
    const [hour = 0, day = 0, week = 0, before = 0] = arrays.totals.subarray(
      table * (WINDOWS + 1),
      (table + 1) * (WINDOWS + 1),
    );
    this.all = { windows: [hour, day, week], before };
  }

  /** Completions that may be rising at as-of. */
  recent(): readonly number[] {
    const { ids, starts, recent, recentStarts } = this.arrays;
    const rows = recent.subarray(recentStarts[this.table], recentStarts[this.table + 1]);
    return Array.from(rows, (row) => ids[starts[this.table]! + row]!);
  }

  /**
   * The row of a completion; -1 where it has none. Looks down from the id: what is searched most has rows nearly throughout, so that theirs stand close below.
   */
  rowOf(id: number): number {
    const { ids, starts } = this.arrays;
    const from = starts[this.table]!;
    let high = Math.min(from + id, starts[this.table + 1]! - 1);
    let step = 1;
    while (high - step >= from && ids[high - step]! >= id) {
      high -= step;
      step *= 2;
    }
    const row = find(ids, Math.max(from, high - step), high + 1, id);
    return row < 0 ? -1 : row - from;
  }

  /** Searches in the week before as-of, of a row. */
  weekAt(row: number): number {
    const { week, starts } = this.arrays;
    return week[starts[this.table]! + row]!;
  }

  /** Searches before that week, decayed, of a row. */
  beforeAt(row: number): number {
    const { before, starts } = this.arrays;
    return before[starts[this.table]! + row]!;
  }

  /** Where the counts of a row that may be rising stand; -1 for another one, whose hour and day are not kept. */
  recentOf(row: number): number {
    const { recent, recentStarts } = this.arrays;
    return find(recent, recentStarts[this.table]!, recentStarts[this.table + 1]!, row);
  }

  /** Searches in the hour before as-of, by `recentOf`. */
  hourAt(recent: number): number {
    return this.arrays.hour[recent]!;
  }

  /** Searches in the day before as-of, by `recentOf`. */
  dayAt(recent: number): number {
    return this.arrays.day[recent]!;
  }

  /** A completion's counts; null where it has none. The day and the hour are 0 where it does not rise. A binary search. */
  historyOf(id: number): (LateCounts & { readonly spread: number | null }) | null {
    const { ids, starts, before, week, spread, recent, recentStarts, hour, day } = this.arrays;
    const from = starts[this.table]!;
    const row = find(ids, from, starts[this.table + 1]!, id);
    if (row < 0) return null;
    const late = find(recent, recentStarts[this.table]!, recentStarts[this.table + 1]!, row - from);
    const code = spread[row]!;
    return {
      windows: [late < 0 ? 0 : hour[late]!, late < 0 ? 0 : day[late]!, week[row]!],
      before: before[row]!,
      spread: code === 0 ? null : 1 + (code - 1) / SPREAD_STEPS,
    };
  }
}

/** Where a value stands in an ascending part of an array; -1 when it does not. */
function find(values: Uint32Array, from: number, to: number, value: number): number {
  let low = from;
  let high = to;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (values[middle]! < value) low = middle + 1;
    else high = middle;
  }
  return low < to && values[low] === value ? low : -1;
}
