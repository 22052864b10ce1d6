import { LRUCache } from 'lru-cache';
import type { CompletionView } from '../../indexer/segment/completion-view.ts';
import type { PlaceRange } from '../../indexer/segment/prefix-order.ts';
import type { Segment } from '../../indexer/segment/segment.ts';

/** Ranges of at least so many places are remembered: short prefixes come again and again, and theirs take longest. */
const LARGE = 256;
/** Ranges that are remembered a view; 0.2 KiB each. */
const REMEMBERED = 4_096;

interface Known {
  /** How many were asked for; fewer ranks are all that there are. */
  readonly k: number;
  readonly ranks: Uint32Array;
}

/** The best ranks of a range of places, as `CompletionView.best`, those of large ranges of a market's view remembered: the view over everything has its own. */
export class RememberedBest {
  private readonly rows: number;
  private readonly views = new Map<CompletionView, LRUCache<number, Known>>();

  constructor(segment: Segment) {
    this.rows = segment.order.rows.length;
    for (const view of segment.markets.values()) {
      this.views.set(view, new LRUCache({ max: REMEMBERED }));
    }
  }

  best(view: CompletionView, range: PlaceRange, k: number, found: Uint32Array): number {
    const { low, high } = range;
    const ranges = high - low < LARGE ? undefined : this.views.get(view);
    if (ranges === undefined) return view.best(range, k, found);
    const key = low * (this.rows + 1) + high;
    const known = ranges.get(key);
    if (known !== undefined && known.k >= k) {
      const count = Math.min(k, known.ranks.length);
      for (let i = 0; i < count; i++) found[i] = known.ranks[i]!;
      return count;
    }
    const count = view.best(range, k, found);
    ranges.set(key, { k, ranks: found.slice(0, count) });
    return count;
  }
}
