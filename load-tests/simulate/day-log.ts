/** What one day of the world leaves behind. */

/** `search` is a committed search; the others are what logs hold besides. */
export type RowKind = 'search' | 'trace' | 'abandoned' | 'page' | 'personal' | 'unsafe' | 'bot';

/** Why a committed search was made; `none` for rows that are not one. */
export type Intent =
  | 'head'
  | 'torso'
  | 'tail'
  | 'refind'
  | 'reformulation'
  | 'video'
  | 'browse'
  | 'burst'
  | 'mistyped'
  | 'correction'
  | 'none';

/** A line of `queries.tsv` with its line of `truth/rows.tsv`. */
export interface LogRow {
  readonly atMs: number;
  readonly user: string;
  readonly session: string;
  readonly query: string;
  readonly market: string;
  /** The video on screen, or empty. */
  readonly video: string;
  /** The video opened from the results, or empty. */
  readonly clicked: string;
  readonly kind: RowKind;
  readonly intent: Intent;
  /** Index of the topic, or -1. */
  readonly topic: number;
  /** What the user had in mind, in lower case. */
  readonly wanted: string;
}

/** A list that was shown to a user of the panel. Positions count from 1. */
export interface ImpressionRow {
  readonly atMs: number;
  readonly user: string;
  readonly session: string;
  readonly market: string;
  readonly typed: string;
  readonly shown: readonly string[];
  readonly examined: readonly number[];
  readonly picked: number | null;
  readonly wanted: string;
  /** Whether the list was the logged ranking with two neighbours swapped at random. */
  readonly swapped: boolean;
}

/** A video that a user of the panel watched. */
export interface WatchRow {
  readonly atMs: number;
  readonly user: string;
  readonly session: string;
  readonly market: string;
  readonly video: string;
  readonly seconds: number;
}

export interface DayLog {
  /** By time. */
  readonly rows: readonly LogRow[];
  readonly impressions: readonly ImpressionRow[];
  readonly watches: readonly WatchRow[];
}
