import type { CompletionId } from '../../../indexer/segment/completion-id.ts';
import type { TermMatcher } from '../query-plan.ts';
import { SCRIPT, STOP_WORD, SYNONYM, TYPO, VARIANT, type Ways } from './alternative.ts';

/** A term of the completion that a part of the typed text was read as: its place in the row, and the units accounted for. */
export interface ReadTerm {
  readonly depth: number;
  /** The term ids that stand for it. */
  readonly low: number;
  readonly high: number;
  readonly covered: number;
}

/** A completion that typed text may mean, though it does not say so. */
export interface ReadCandidate {
  readonly id: CompletionId;
  /** Decayed score in the view that it came from, as its binary logarithm. */
  readonly logScore: number;
  /** Cost of the reading; `logScore - bits` orders candidates (noisy channel). */
  readonly bits: number;
  readonly ways: Ways;
  readonly evidence: Evidence;
}

/** Where in the completion the typed text is found. */
export type Evidence =
  /** The terms read, from the completion's first on. */
  | { readonly kind: 'terms'; readonly terms: readonly ReadTerm[] }
  /** The terms read stand in any order. */
  | { readonly kind: 'anyOrder'; readonly matchers: readonly TermMatcher[] }
  /** A half-open range of the normalised text, in UTF-16 units. */
  | { readonly kind: 'range'; readonly start: number; readonly end: number };

/** How much likelier than the direct matches a reading of each kind must be to stand among them, in bits; Infinity: never. */
export interface Promotion {
  readonly variant: number;
  readonly typo: number;
}

/** The bits that a reading must overcome to stand before direct matches. */
export function promotionBits(ways: Ways, promotion: Promotion): number {
  if ((ways & (SCRIPT | SYNONYM | STOP_WORD)) !== 0) return Infinity;
  if ((ways & TYPO) !== 0) return promotion.typo;
  return (ways & VARIANT) !== 0 ? promotion.variant : 0;
}

/** The `limit` likeliest candidates, each completion once with its likeliest reading. */
export class CandidateList {
  private readonly limit: number;
  private readonly kept: ReadCandidate[] = [];

  constructor(limit: number) {
    this.limit = limit;
  }

  get candidates(): readonly ReadCandidate[] {
    return this.kept;
  }

  /** What a further candidate must be worth to be kept. */
  get floor(): number {
    return this.kept.length < this.limit ? -Infinity : worthOf(this.kept.at(-1)!);
  }

  /** What the likeliest is worth; -Infinity without any. */
  get best(): number {
    const [first] = this.kept;
    return first === undefined ? -Infinity : worthOf(first);
  }

  offer(candidate: ReadCandidate): void {
    const worth = worthOf(candidate);
    if (worth <= this.floor) return;
    const { kept } = this;
    const same = kept.findIndex(({ id }) => id === candidate.id);
    if (same >= 0) {
      if (worthOf(kept[same]!) >= worth) return;
      kept.splice(same, 1);
    }
    let at = kept.length;
    while (at > 0 && isBefore(candidate, worth, kept[at - 1]!)) at--;
    kept.splice(at, 0, candidate);
    if (kept.length > this.limit) kept.pop();
  }
}

/** log2 of the prior times the likelihood. */
export function worthOf({ logScore, bits }: ReadCandidate): number {
  return logScore - bits;
}

function isBefore(candidate: ReadCandidate, worth: number, other: ReadCandidate): boolean {
  const difference = worth - worthOf(other);
  return difference !== 0 ? difference > 0 : candidate.id < other.id;
}
