import type { ReplayedLog } from './event-listener.ts';

/** Records that are folded in again at a start, at most: some seconds of work, however long the log is. */
export const MOST_REPLAYED = 200_000;
/** Records that are looked through for what is rare in them, at most: a second of reading. */
export const MOST_LOOKED_THROUGH = 2_000_000;

/** Where somebody begins again whom only what arrived so long ago, or later, concerns: there, or later where that would be more than `MOST_REPLAYED` records. */
export function replayWithin(log: ReplayedLog, ageMs: number): number {
  return Math.max(log.arrivedSince(log.nowMs - ageMs), log.end - MOST_REPLAYED);
}
