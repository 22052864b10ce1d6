import { LRUCache } from 'lru-cache';
import type { CompletionId } from '../../indexer/segment/completion-id.ts';
import type { CompletionView } from '../../indexer/segment/completion-view.ts';
import type { PlaceRange } from '../../indexer/segment/prefix-order.ts';
import type { Segment } from '../../indexer/segment/segment.ts';
import { anyOrderSearchOf, locateTyped } from './lookup.ts';
import type { MarketChoice } from './market-choice.ts';
import type { TermMatcher } from './query-plan.ts';
import { logScoreOf } from './view-score.ts';

/** Takes a completion with its log2 score in the market. */
export type Visit = (id: CompletionId, logScore: number) => void;

/** Matches of a view that are looked at for a request that ranks them anew. */
const MOST = 200;
/** Ranges of at least so many places are remembered: short prefixes come again and again, and theirs take longest. */
const LARGE = 1_024;
/** Ranges that are remembered a view; 0.8 KiB each. */
const REMEMBERED = 2_048;

/** More of what matches as typed than an answer shows, for a ranker to choose from. */
export class FurtherCandidates {
  private readonly segment: Segment;
  private readonly found = new Uint32Array(MOST);
  private readonly remembered = new WeakMap<CompletionView, LRUCache<number, Uint32Array>>();

  constructor(segment: Segment) {
    this.segment = segment;
  }

  /** The at most `most` (up to 200) best of each view that begin with the typed text. */
  visitPrefix({ views }: MarketChoice, normalised: string, most: number, visit: Visit): void {
    const range = locateTyped(this.segment, normalised);
    if (range.low === range.high) return;
    for (const view of views) {
      const ranks = this.bestOf(view, range);
      const count = Math.min(ranks.length, most);
      for (let i = 0; i < count; i++) this.tell(view, ranks[i]!, visit);
    }
  }

  /** The at most `most` (up to 200) best of each view that hold the typed terms in any order; those that begin with the text are among them. */
  visitInfix(
    { views }: MarketChoice,
    matchers: readonly TermMatcher[],
    most: number,
    visit: Visit,
  ): void {
    const search = anyOrderSearchOf(this.segment);
    for (const view of views) {
      const count = search.best(view, matchers, Math.min(most, MOST), this.found);
      for (let i = 0; i < count; i++) this.tell(view, this.found[i]!, visit);
    }
  }

  private tell(view: CompletionView, rank: number, visit: Visit): void {
    visit(view.idOf(rank), logScoreOf(this.segment, view, rank));
  }

  private bestOf(view: CompletionView, range: PlaceRange): Uint32Array {
    if (range.high - range.low < LARGE) {
      return this.found.subarray(0, view.bestMany(range, MOST, this.found));
    }
    const ranges = this.rangesOf(view);
    const key = range.low * (this.segment.rows + 1) + range.high;
    const known = ranges.get(key);
    if (known !== undefined) return known;
    const ranks = this.found.slice(0, view.bestMany(range, MOST, this.found));
    ranges.set(key, ranks);
    return ranks;
  }

  private rangesOf(view: CompletionView): LRUCache<number, Uint32Array> {
    let ranges = this.remembered.get(view);
    if (ranges === undefined) {
      ranges = new LRUCache({ max: REMEMBERED });
      this.remembered.set(view, ranges);
    }
    return ranges;
  }
}
