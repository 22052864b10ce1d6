import type { BoundProfile } from './bound-profile.ts';
import type { CandidateTable } from './candidate-table.ts';

/** Where what a feature reads is kept, and so what changes it. */
export type FeatureState =
  /** The snapshot: changes with every build. */
  | 'snapshot'
  /** The typed text and its market: nothing is kept. */
  | 'request'
  /** The user's profile, folded from events by `updateProfile`. */
  | 'profile'
  /** What the session searched and watched. */
  | 'session'
  /** Searches counted live, on top of those that the snapshot counted. */
  | 'counts'
  /** Impressions and clicks (`serving/personal/click-rates.ts`). */
  | 'clicks';

/**
 * What of a profile or a session a candidate must share for a feature to be other than its default: a search of the history (or a text that only the user has), a term,
 * a place among what the session leads to or what viewers of the video search, a correction. Most candidates share nothing.
 */
export type FeatureEvidence = 'history' | 'terms' | 'follow-up' | 'video' | 'slip';

/** What all candidates of a request share. */
export interface FeatureContext {
  readonly nowMs: number;
  /** The part of the day, as profiles tell habits (`dayPartOf`). */
  readonly dayPart: number;
  /** Bytes of the normalised typed text in UTF-8, without spaces. */
  readonly typedBytes: number;
  /** Its terms. */
  readonly typedTerms: number;
  /** The highest log2 score of the market: popularity is told from there down. */
  readonly topPopularity: number;
  /** log2 of the sum of all scores of the market. */
  readonly totalPopularity: number;
  /** The user's profile as it is read over the snapshot; null where nothing is known of who asks. */
  readonly profile: BoundProfile | null;
  /** How much likelier each theme is in this session than by itself; null without a session or themes. */
  readonly sessionLifts: Float32Array | null;
  /** How much likelier the user is than people of the market to search for each mix of languages, in bits; null where languages tell nothing. */
  readonly languageFits: Float32Array | null;
}

/**
 * One thing that is known of a candidate, as a number: declared here once, and computed by the same lines when it is served and when weights are fitted.
 */
export interface Feature {
  readonly name: string;
  readonly unit: string;
  readonly state: FeatureState;
  /** Its value where nothing is known. */
  readonly default: number;
  /** What a candidate needs for it to be other than its default, which is 0 then; absent where any candidate may be: it is worked out for all of them. */
  readonly evidence?: FeatureEvidence;
  /** Writes the value of each candidate `row` to `out[row * stride + at]`: finite numbers. */
  write(
    candidates: CandidateTable,
    context: FeatureContext,
    out: Float32Array,
    at: number,
    stride: number,
  ): void;
}

/** Features that are worked out together: for less than one by one, by the same lines. */
export interface FeatureGroup {
  readonly features: readonly Feature[];
  /** Writes the values as `Feature.write` does, that of `features[i]` to `out[row * stride + at[i]]`. */
  write(
    candidates: CandidateTable,
    context: FeatureContext,
    out: Float32Array,
    at: readonly number[],
    stride: number,
  ): void;
}
