import type { Placed } from './answer-assembly.ts';
import type { MarketChoice } from './market-choice.ts';
import type { TermMatcher } from './query-plan.ts';

/** What is found for a typed text, before it is written down. */
export interface FoundSuggestions {
  readonly choice: MarketChoice;
  readonly normalised: string;
  /** What any-order matches were found by; null where none were looked for, or none can be. */
  readonly matchers: readonly TermMatcher[] | null;
  /** Best first. */
  readonly placed: readonly Placed[];
  /** Looking for readings took more work than a request may. */
  readonly isCut: boolean;
}
