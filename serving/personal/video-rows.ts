import {
  FROM_PREFIX,
  FROM_VIDEO,
  LEAST_LOG,
  NONE,
} from '../../ranking/features/candidate-table.ts';
import type { MarketChoice } from '../retrieval/market-choice.ts';
import type { AskerRows } from './asker-rows.ts';
import type { CandidateBlock } from './candidate-block.ts';
import type { CompletionRows } from './completion-rows.ts';

/** Completions that a video leads to, added to a request. */
const MOST_OF_VIDEO = 16;
/** A video that is no longer on screen says so much less of what is searched next. */
const OFF_SCREEN_BITS = 4;

/** A completion that a viewer of a video may search. */
export interface ProposedQuery {
  readonly id: number;
  /** How unlikely that is. */
  readonly bits: number;
}

/** What a viewer of a video searches, likeliest first. */
export interface VideoSource {
  propose(video: string, choice: MarketChoice): readonly ProposedQuery[];
}

/** Adds what a video leads to and begins with what is typed. */
export function addVideoQueries(
  { test }: CandidateBlock,
  proposed: readonly ProposedQuery[],
  rows: AskerRows,
  completions: CompletionRows,
): void {
  let added = 0;
  for (const { id } of proposed) {
    if (added === MOST_OF_VIDEO || test === null) return;
    if (!test.holds(id)) continue;
    const known = rows.rowOf(id);
    if (known !== NONE) rows.table.sources[known]! |= FROM_VIDEO;
    else {
      const row = completions.add(id, FROM_VIDEO | FROM_PREFIX);
      added++;
      if (completions.isPopularityKnown(row)) continue;
      rows.table.popularity[row] = completions.popularityOf(id);
    }
  }
}

/** Notes how likely the candidates are under the video. */
export function noteVideo(
  proposed: readonly ProposedQuery[],
  isOnScreen: boolean,
  rows: AskerRows,
): void {
  const penalty = isOnScreen ? 0 : OFF_SCREEN_BITS;
  for (const { id, bits } of proposed) {
    const row = rows.find(id);
    if (row !== NONE) rows.table.video[row] = Math.max(LEAST_LOG, -bits - penalty);
  }
}
