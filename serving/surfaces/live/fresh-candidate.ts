import type { FreshMatch } from './fresh-match.ts';

/** A completion that the snapshot lacks. */
export interface FreshCandidate {
  readonly normalised: string;
  readonly surface: string;
  readonly kind: 'query' | 'entity';
  readonly source: 'fresh' | 'trending';
  /** Comparable with the log scores of the snapshot's completions. */
  readonly logScore: number;
  readonly match: FreshMatch;
}
