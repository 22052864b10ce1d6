import { queryTerms } from '../../../dictionaries/terms.ts';
import type { CompletionView } from '../../../indexer/segment/completion-view.ts';
import type { Segment } from '../../../indexer/segment/segment.ts';
import { planQuery, type TermMatcher } from '../../retrieval/query-plan.ts';

/** Terms of a longer query that are looked for. */
const MOST_TERMS = 6;

/** A term of the query that some completion holds, and how much it tells. */
export interface KnownTerm {
  readonly matcher: TermMatcher;
  /** Bits: how few completions hold it. */
  readonly worth: number;
  /** False of a last word that only begins some. */
  readonly isWhole: boolean;
}

/** The terms of a query that a segment knows. The last answer is kept: a request asks for the same several times. */
export class KnownTerms {
  private readonly segment: Segment;
  private view: CompletionView | null = null;
  private normalised = '';
  private terms: readonly KnownTerm[] = [];

  constructor(segment: Segment) {
    this.segment = segment;
  }

  /** In the order of the query; a last word that no completion holds counts as the beginning of those that begin so. */
  of(view: CompletionView, normalised: string): readonly KnownTerm[] {
    if (view !== this.view || normalised !== this.normalised) {
      this.terms = this.read(view, normalised);
      this.view = view;
      this.normalised = normalised;
    }
    return this.terms;
  }

  private read(view: CompletionView, normalised: string): readonly KnownTerm[] {
    const { segment } = this;
    const known: KnownTerm[] = [];
    const asked = queryTerms(`${normalised} `);
    for (const [place, { text }] of asked.entries()) {
      const whole = planQuery(segment, `${text} `)?.[0];
      const isLast = place === asked.length - 1;
      const matcher = whole ?? (isLast ? planQuery(segment, text)?.[0] : undefined);
      if (matcher === undefined) continue;
      const { spaced, joined } = matcher;
      const held =
        weightOf(view, spaced.low, spaced.high) + weightOf(view, joined.low, joined.high);
      const worth = Math.log2((2 * segment.completions + 2) / (held + 1));
      known.push({ matcher, worth: Math.max(0.1, worth), isWhole: whole !== undefined });
      if (known.length === MOST_TERMS) break;
    }
    return known;
  }
}

function weightOf({ postings }: CompletionView, low: number, high: number): number {
  return low === high ? 0 : postings.weight(postings.listFrom(low), postings.listFrom(high));
}
