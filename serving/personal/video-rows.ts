import type { Segment } from '../../indexer/segment/segment.ts';
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

/** What a video leads to, as requests read it. */
export interface VideoLeads {
  /** Completions, likeliest first, and the first term of each, in turns. */
  readonly leads: Int32Array;
  /** How unlikely each is. */
  readonly bits: Float64Array;
}

export const NO_VIDEO: VideoLeads = { leads: new Int32Array(0), bits: new Float64Array(0) };

/** What a list of proposals leads to: read once for a list, which comes with every key that is typed under the video. */
export function videoLeads(segment: Segment, proposed: readonly ProposedQuery[]): VideoLeads {
  const known = KNOWN.get(proposed);
  if (known?.segment === segment) return known.read;
  const { forward } = segment;
  const leads = new Int32Array(2 * proposed.length);
  proposed.forEach(({ id }, i) => {
    leads[2 * i] = id;
    leads[2 * i + 1] = forward.termAt(forward.start(id));
  });
  const read = { leads, bits: Float64Array.from(proposed, ({ bits }) => bits) };
  KNOWN.set(proposed, { segment, read });
  return read;
}

const KNOWN = new WeakMap<readonly ProposedQuery[], { segment: Segment; read: VideoLeads }>();

/** Adds what a video leads to and begins with what is typed. */
export function addVideoQueries(
  { test }: CandidateBlock,
  { leads }: VideoLeads,
  rows: AskerRows,
  completions: CompletionRows,
): void {
  if (test === null) return;
  const { lowTerm, highTerm, isFirstAll } = test;
  let added = 0;
  for (let at = 0; at < leads.length && added < MOST_OF_VIDEO; at += 2) {
    const firstTerm = leads[at + 1]!;
    if (firstTerm < lowTerm || firstTerm >= highTerm) continue;
    const id = leads[at]!;
    if (!isFirstAll && !test.holds(id)) continue;
    const known = rows.rowOf(id);
    if (known !== NONE) rows.table.sources[known]! |= FROM_VIDEO;
    else {
      completions.add(id, FROM_VIDEO | FROM_PREFIX);
      added++;
    }
  }
}

/** Notes how likely the candidates are under the video. */
export function noteVideo({ leads, bits }: VideoLeads, isOnScreen: boolean, rows: AskerRows): void {
  const penalty = isOnScreen ? 0 : OFF_SCREEN_BITS;
  for (let at = 0; at < leads.length; at += 2) {
    const id = leads[at]!;
    if (!rows.mayHave(id)) continue;
    const row = rows.find(id);
    if (row !== NONE) rows.table.video[row] = Math.max(LEAST_LOG, -bits[at / 2]! - penalty);
  }
}
