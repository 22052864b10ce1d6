import type { SnapshotContent } from '../../serving/snapshot/snapshot-content.ts';

/** A row of a log that rankers are judged by, in the order of time. */
export interface LoggedSearch {
  readonly atMs: number;
  readonly user: string;
  readonly session: string | null;
  /** Canonical BCP 47 tag; null for none. */
  readonly market: string | null;
  readonly query: string;
  /** The video on screen. */
  readonly video: string | null;
  /** What was opened from the results. */
  readonly clicked: string | null;
  /**
   * `committed` searches are judged; `unfinished` ones were logged while the next one was typed, so that nothing may know of them before that is
   * judged; all others are only events.
   */
  readonly role: 'committed' | 'unfinished' | 'other';
}

/** A log split in time, and the index of its earlier part. */
export interface PersonalLog {
  readonly name: string;
  /** By time. */
  readonly searches: readonly LoggedSearch[];
  /** Searches from here on are held out. */
  readonly heldOutFromMs: number;
  /** Built by `foretype index` of what is before. */
  readonly content: SnapshotContent;
  /** Videos that were published in the held-out part; by time. */
  readonly laterVideos: readonly LoggedVideo[];
}

export interface LoggedVideo {
  readonly atMs: number;
  readonly video: string;
  readonly title: string;
  readonly description: string;
  readonly tags: readonly string[];
  readonly transcript: string;
  readonly creator: string;
  readonly market: string;
}
