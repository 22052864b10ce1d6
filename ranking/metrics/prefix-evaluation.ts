import { meanReciprocalRankAt, successAt } from './reciprocal-rank.ts';

/** A wanted query and how often it was searched. */
export interface WantedQuery {
  /** Its normalised form. */
  readonly normalised: string;
  readonly market: string | null;
  readonly count: number;
}

/** How well a suggester finds wanted queries after so many typed characters. */
export interface LengthFigures {
  /** Code points typed, a shorter query whole; `null` for whole queries. */
  readonly typed: number | null;
  readonly meanReciprocalRank: number;
  readonly success: number;
}

export interface PrefixFigures {
  readonly distinctQueries: number;
  /** Searches that they stand for: the sum of their counts, which are the weights. */
  readonly searches: number;
  readonly lengths: readonly LengthFigures[];
}

/** Answers a typed text with normalised forms, best first, at most `limit`; no market means the index's own default. */
export type Suggest = (
  typed: string,
  options: { readonly market?: string; readonly limit: number },
) => readonly string[];

export const TYPED_LENGTHS: readonly (number | null)[] = [1, 2, 3, 5, 8, null];
export const LIST_SIZE = 10;

/** Types each wanted query at each length and looks where it stands among ten suggestions: MRR@10 and success@10. */
export function evaluatePrefixes(wanted: readonly WantedQuery[], suggest: Suggest): PrefixFigures {
  const lengths = TYPED_LENGTHS.map((typed): LengthFigures => {
    const judged = wanted.map(({ normalised, market, count }) => ({
      list: suggest(cutAfter(normalised, typed), {
        ...(market === null ? {} : { market }),
        limit: LIST_SIZE,
      }),
      target: normalised,
      weight: count,
    }));
    return {
      typed,
      meanReciprocalRank: meanReciprocalRankAt(judged, LIST_SIZE),
      success: successAt(judged, LIST_SIZE),
    };
  });
  return {
    distinctQueries: wanted.length,
    searches: wanted.reduce((sum, { count }) => sum + count, 0),
    lengths,
  };
}

/** The first `length` code points of a text; all of it for `null` and when it is shorter. */
export function cutAfter(text: string, length: number | null): string {
  if (length === null) return text;
  let end = 0;
  for (let taken = 0; taken < length && end < text.length; taken++) {
    end += (text.codePointAt(end) ?? 0) > 0xffff ? 2 : 1;
  }
  return text.slice(0, end);
}
