import { brandCompletion } from '../../indexer/segment/completion-id.ts';
import type { Segment } from '../../indexer/segment/segment.ts';
import { LEAST_LOG } from '../../ranking/features/candidate-table.ts';
import type { MarketChoice } from '../retrieval/market-choice.ts';
import { logScoreOf } from '../retrieval/view-score.ts';

/** log2 of a completion's score in the market; LEAST_LOG for one that is not of it. A microsecond. */
export function popularityIn(segment: Segment, { views }: MarketChoice, id: number): number {
  let most = LEAST_LOG;
  for (const view of views) {
    const rank = view.rankOf(brandCompletion(id));
    if (rank >= 0) most = Math.max(most, logScoreOf(segment, view, rank));
  }
  return most;
}
