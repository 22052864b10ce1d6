/** What the offline build hands to the segment builder, one a completion, in any order. */
export interface CountedCompletion {
  /** `normalise()` form, 1 to 128 code points; unique within a segment. */
  readonly normalised: string;
  /** The text that is shown; `normalise(surface) === normalised`. */
  readonly surface: string;
  /** Decayed count over all markets; finite, not negative. Orders the completions. */
  readonly score: number;
  /** Other normalised forms whose prefixes lead here too (spellings merged by grouping). */
  readonly aliases?: readonly string[];
  /**
   * Decayed count per market, `und` for rows without one; the sum is `score`. Absent when the whole segment has a single
   * market (then no views are stored).
   */
  readonly markets?: readonly MarketScore[];
  /** What the completion is; a query unless it says otherwise. */
  readonly kind?: CompletionKind;
}

/** A text that people searched for, or the name of something that videos are about. */
export type CompletionKind = 'query' | 'entity';

export interface MarketScore {
  /** Canonical BCP 47 tag, or `und`. */
  readonly market: string;
  readonly score: number;
}
