import type { CompletionView } from '../../indexer/segment/completion-view.ts';
import { LOG_OF_ZERO } from '../../indexer/segment/log-score.ts';
import type { Segment } from '../../indexer/segment/segment.ts';

/** Binary logarithm of the score that a view gives to its rank. */
export function logScoreOf(segment: Segment, view: CompletionView, rank: number): number {
  return view.scores === null ? segment.logScores[rank]! : logOf(view.scores[rank]!);
}

/** The greatest of the views' log scores. */
export function topLogScore(segment: Segment, views: readonly CompletionView[]): number {
  let top = LOG_OF_ZERO;
  for (const view of views) {
    if (view.size > 0) top = Math.max(top, logScoreOf(segment, view, 0));
  }
  return top;
}

function logOf(score: number): number {
  return score > 0 ? Math.log2(score) : LOG_OF_ZERO;
}
