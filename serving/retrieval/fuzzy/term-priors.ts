import type { CompletionView } from '../../../indexer/segment/completion-view.ts';
import type { Segment } from '../../../indexer/segment/segment.ts';
import { gradeOf, leastIdOf } from '../../../indexer/segment/term-trie-nodes.ts';

const GRADES = 256;

/**
 * How likely a term, or the best of a range of terms, is before anything was typed: log2 of the score of the best completion that holds it.
 *
 * Over all markets merged it is known to an eighth of an octave of the completion's id, from the trie; for views that are named it is looked up
 * in their posting lists (the greatest of them), and -Infinity for a term that none of them has.
 */
export class TermPriors {
  /** By grade, the greatest score a completion of that grade has. */
  readonly uppers = new Float64Array(GRADES);
  private readonly segment: Segment;
  private views: readonly CompletionView[] = [];
  private readonly found = new Uint32Array(1);

  constructor(segment: Segment) {
    this.segment = segment;
    for (let grade = 0; grade < GRADES; grade++) {
      this.uppers[grade] = segment.logScores[leastIdOf(grade)] ?? -Infinity;
    }
  }

  /** Takes the views of the markets that are asked; the one over everything, or none, for all of them. */
  begin(views: readonly CompletionView[]): void {
    this.views = views.filter((view) => view.scores !== null);
  }

  ofTerm(term: number, upper: number): number {
    return this.views.length === 0 ? upper : this.bestOfViews(term, term + 1);
  }

  ofRange(low: number, high: number, upper: number): number {
    return this.views.length === 0 ? upper : this.bestOfViews(low, high);
  }

  /** As `ofRange`, for a part of a trie's range. */
  ofPart(low: number, high: number): number {
    if (this.views.length > 0) return this.bestOfViews(low, high);
    const { all } = this.segment;
    if (all.bestOfTerms({ low, high }, 1, this.found, 0) === 0) return -Infinity;
    return this.uppers[gradeOf(this.found[0]!)]!;
  }

  private bestOfViews(low: number, high: number): number {
    let best = -Infinity;
    for (const view of this.views) {
      if (view.bestOfTerms({ low, high }, 1, this.found, 0) === 0) continue;
      best = Math.max(best, Math.log2(view.scores![this.found[0]!]!));
    }
    return best;
  }
}
