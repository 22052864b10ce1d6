/** The tag of what holds in every market; `*` in files. */
export const EVERY_MARKET = 'und';

export const MOST_RULES = 100_000;
export const MOST_STOP_WORDS = 100_000;
export const MOST_FILE_BYTES = 16 * 1024 * 1024;
/** On each side of an arrow, or in all where there is none. */
export const MOST_TERMS_IN_RULE = 64;
/** As long as the longest typed text. */
export const LONGEST_TERM = 128;

/** A rule of synonyms, its terms normalised, without repeats. */
export type SynonymRule =
  /** Each term, typed, finds the others too. */
  | { readonly kind: 'two-way'; readonly terms: readonly string[] }
  /** Each of `typed`, typed, finds each of `found` too; not the other way round. No term is in both. */
  | {
      readonly kind: 'one-way';
      readonly typed: readonly string[];
      readonly found: readonly string[];
    };

/** What the files say of one market, in their order. */
export interface MarketRules {
  /** Canonical tag; `und` for what holds in every market. */
  readonly market: string;
  readonly synonyms: readonly SynonymRule[];
  /** Normalised words, without repeats. */
  readonly stopWords: readonly string[];
}

/** Number of code points; a term is at most `LONGEST_TERM` of them. */
export function countCodePoints(text: string): number {
  let count = 0;
  for (const _ of text) count++;
  return count;
}
