import { baselineDecay, TREND_WINDOWS } from './trend-window.ts';

/** What was counted up to a time: in the hour, the day and the week that end there, and, with decay, before that week. */
export interface CountHistory {
  readonly windows: readonly number[];
  readonly before: number;
}

/** A query's history, and how its counts vary (see `WindowEvidence`). */
export interface QueryHistory extends CountHistory {
  readonly spread: number;
}

/** What was counted of a market before the live counts begin: a snapshot's. */
export interface TrendBaseline {
  /** Up to when it counts. */
  readonly asOfMs: number;
  /** All searches. */
  readonly all: CountHistory;
  /** Queries that may rise when it ends. */
  readonly recent: readonly string[];
  /** A query's, by its normalised form; for one that it does not know, what it can have had at most. */
  historyOf(query: string): QueryHistory;
}

/** Nothing is known. */
export const NO_BASELINE: TrendBaseline = {
  asOfMs: 0,
  all: { windows: TREND_WINDOWS.map(() => 0), before: 0 },
  recent: [],
  historyOf: () => UNKNOWN_HISTORY,
};

/** Without knowing better, counts are taken to vary by a quarter more than chance alone would have them. */
export const USUAL_SPREAD = 1.25;
const UNKNOWN_HISTORY: QueryHistory = {
  windows: TREND_WINDOWS.map(() => 0),
  before: 0,
  spread: USUAL_SPREAD,
};

/**
 * What of a history that ends at `asOfMs` lies in a window that ends now: its share of time, as if spread evenly. `liveFromMs` is when live counts
 * begin, which the history must not repeat.
 */
export function carriedCount(
  history: CountHistory,
  window: number,
  times: { readonly asOfMs: number; readonly liveFromMs: number; readonly nowMs: number },
): number {
  const { spanMs } = TREND_WINDOWS[window]!;
  const end = Math.min(times.asOfMs, times.liveFromMs);
  const share = (end - (times.nowMs - spanMs)) / spanMs;
  return history.windows[window]! * Math.min(1, Math.max(0, share));
}

/** All of a history, as it weighs now. */
export function weighHistory(history: CountHistory, asOfMs: number, nowMs: number): number {
  const week = history.windows[TREND_WINDOWS.length - 1]!;
  return (history.before + week) * baselineDecay(nowMs - asOfMs);
}
