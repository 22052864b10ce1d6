import type { CompletionView } from '../../../indexer/segment/completion-view.ts';
import type { MarketChoice } from '../../retrieval/market-choice.ts';

/** Which completions a market has, a bit each, made at the first question: asking a view costs a search a completion. */
export class MemberSets {
  private readonly sets = new WeakMap<CompletionView, Uint32Array>();
  private readonly completions: number;

  constructor(completions: number) {
    this.completions = completions;
  }

  /** Answers for the views of one choice; constant time a completion. */
  of({ views }: MarketChoice): (id: number) => boolean {
    const [first, second] = views.map((view) => this.setOf(view));
    if (first === undefined) return () => false;
    const has = (set: Uint32Array, id: number) => ((set[id >>> 5]! >>> (id & 31)) & 1) === 1;
    if (second === undefined) return (id) => has(first, id);
    return (id) => has(first, id) || has(second, id);
  }

  private setOf(view: CompletionView): Uint32Array {
    const known = this.sets.get(view);
    if (known !== undefined) return known;
    const set = new Uint32Array(Math.ceil(this.completions / 32));
    for (let rank = 0; rank < view.size; rank++) {
      const id = view.idOf(rank);
      set[id >>> 5]! |= 1 << (id & 31);
    }
    this.sets.set(view, set);
    return set;
  }
}
