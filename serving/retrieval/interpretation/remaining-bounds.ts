import type { CompletionView } from '../../../indexer/segment/completion-view.ts';
import type { Segment } from '../../../indexer/segment/segment.ts';
import { logScoreOf } from '../view-score.ts';
import type { Alternative, Arc } from './alternative.ts';
import type { Lattice } from './lattice.ts';

/** No mistake costs less: what a reading with one is worth at most before it is looked for. */
export const LEAST_MISTAKE_BITS = 4;

/**
 * How much any completion can be worth that holds some reading of the typed text from a piece on, with at most so many mistakes: log score less
 * the bits still to come. A completion must hold every word that is left, so the rarest of them bounds it; a word that nothing is written as
 * uses a mistake up. Exact enough to leave most mistakes unlooked for: with one unknown word, only that word can be the mistake.
 */
export class RemainingBounds {
  private readonly segment: Segment;
  private readonly view: CompletionView;
  private readonly written: Float64Array[] = [];
  private readonly mistaken: Float64Array[] = [];
  private readonly found = new Uint32Array(1);

  constructor(segment: Segment, view: CompletionView, lattice: Lattice, mostMistakes: number) {
    this.segment = segment;
    this.view = view;
    const count = lattice.pieces.length;
    const top = view.size === 0 ? -Infinity : logScoreOf(segment, view, 0);
    const holds = lattice.pieces.map((_, at) =>
      lattice.arcsFrom(at).map((arc) => ({ to: arc.to, worth: this.worthOf(arc, top) })),
    );
    for (let mistakes = 0; mistakes <= mostMistakes; mistakes++) {
      const written = new Float64Array(count + 1).fill(-Infinity);
      const mistaken = new Float64Array(count + 1).fill(-Infinity);
      written[count] = top;
      for (let at = count - 1; at >= 0; at--) {
        for (const { to, worth } of holds[at]!) {
          const further = Math.max(written[to]!, mistaken[to]!);
          written[at] = Math.max(written[at]!, Math.min(worth, further));
        }
        if (mistakes === 0) continue;
        for (let to = at + 1; to <= Math.min(at + 2, count); to++) {
          const further = this.after(to, mistakes - 1);
          mistaken[at] = Math.max(mistaken[at]!, Math.min(top, further) - LEAST_MISTAKE_BITS);
        }
      }
      this.written.push(written);
      this.mistaken.push(mistaken);
    }
  }

  /** From typed piece `at` on, with at most `mistakes` of them. */
  after(at: number, mistakes: number): number {
    return Math.max(this.written[mistakes]![at]!, this.mistaken[mistakes]![at]!);
  }

  /** The same where a mistake begins at the piece itself. */
  afterMistake(at: number, mistakes: number): number {
    return this.mistaken[mistakes]![at]!;
  }

  private worthOf(arc: Arc, top: number): number {
    let worth = top;
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
    const count = this.view.bestOfTerms({ low, high }, 1, this.found, 0);
    return count === 0 ? -Infinity : logScoreOf(this.segment, this.view, this.found[0]!);
  }
}
