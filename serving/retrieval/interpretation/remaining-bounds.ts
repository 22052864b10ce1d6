import { LEAST_ERROR_BITS } from '../../../dictionaries/typing/error-model.ts';
import type { CompletionView } from '../../../indexer/segment/completion-view.ts';
import type { Segment } from '../../../indexer/segment/segment.ts';
import { logScoreOf } from '../view-score.ts';
import { type Alternative, type Arc, SPACE_BITS } from './alternative.ts';
import type { Lattice } from './lattice.ts';

/** Mistakes in different words that a reading may have, at most. */
export const MOST_MISTAKES = 2;

const found = new Uint32Array(1);

/**
 * How much any completion can be worth that holds some reading of the typed text from a piece on, with at most so many mistakes: log score less
 * the bits still to come. A completion must hold every word that is left, so the rarest of them bounds it; a word that nothing is written as
 * uses a mistake up. Exact enough to leave most mistakes unlooked for: with one unknown word, only that word can be the mistake.
 *
 * Worked out when asked for: most searches end before they need all of it.
 */
export class RemainingBounds {
  private readonly segment: Segment;
  private readonly view: CompletionView;
  private readonly lattice: Lattice;
  private readonly count: number;
  /** Log score of the view's best completion: no completion is worth more. */
  readonly top: number;
  /** By mistakes and piece; NaN where not worked out yet. */
  private readonly bounds: number[];
  /** By piece, what each of its arcs is worth. */
  private readonly worths: (readonly number[] | undefined)[] = [];

  constructor(segment: Segment, view: CompletionView, lattice: Lattice) {
    this.segment = segment;
    this.view = view;
    this.lattice = lattice;
    this.count = lattice.pieces.length;
    this.top = view.size === 0 ? -Infinity : logScoreOf(segment, view, 0);
    this.bounds = new Array<number>((MOST_MISTAKES + 1) * this.count).fill(Number.NaN);
  }

  /** From typed piece `at` on, with at most `mistakes` of them. */
  after(at: number, mistakes: number): number {
    if (at === this.count) return this.top;
    const place = mistakes * this.count + at;
    const known = this.bounds[place]!;
    if (!Number.isNaN(known)) return known;
    let bound = Math.max(this.afterSpaces(at, mistakes), this.afterWord(at, mistakes));
    const worths = this.worthsOf(at);
    this.lattice.arcsFrom(at).forEach((arc, index) => {
      const worth = worths[index]!;
      if (worth > bound) bound = Math.max(bound, Math.min(worth, this.after(arc.to, mistakes)));
    });
    this.bounds[place] = bound;
    return bound;
  }

  /** The same where the piece is a mistyped word. */
  afterWord(at: number, mistakes: number): number {
    if (mistakes === 0 || !this.lattice.mayBeMistyped(at)) return -Infinity;
    return Math.min(this.top, this.after(at + 1, mistakes - 1)) - LEAST_ERROR_BITS;
  }

  /** The same where a space is too few in the piece or too many behind it. */
  afterSpaces(at: number, mistakes: number): number {
    if (mistakes === 0) return -Infinity;
    let further = -Infinity;
    if (this.lattice.mayBeSplit(at)) further = this.after(at + 1, mistakes - 1);
    if (this.lattice.mayBeJoined(at)) further = Math.max(further, this.after(at + 2, mistakes - 1));
    return Math.min(this.top, further) - SPACE_BITS;
  }

  private worthsOf(at: number): readonly number[] {
    let worths = this.worths[at];
    if (worths === undefined) {
      worths = this.lattice.arcsFrom(at).map((arc) => this.worthOf(arc));
      this.worths[at] = worths;
    }
    return worths;
  }

  private worthOf(arc: Arc): number {
    let worth = this.top;
    for (const alternatives of arc.pieces) {
      let best = -Infinity;
      for (const alternative of alternatives) {
        best = Math.max(best, this.bestHolding(alternative) - alternative.bits);
      }
      worth = Math.min(worth, best);
    }
    return worth - arc.bits;
  }

  /** Log score of the best completion that holds one of the terms. */
  private bestHolding({ low, high }: Alternative): number {
    const count = this.view.bestOfTerms({ low, high }, 1, found, 0);
    return count === 0 ? -Infinity : logScoreOf(this.segment, this.view, found[0]!);
  }
}
