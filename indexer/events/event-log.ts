import type { EventRecord } from './event-record.ts';

/** Where appended records stand: from `first` up to, not including, `end`. */
export interface AppendedRange {
  readonly first: number;
  readonly end: number;
}

export interface LoggedRecord {
  /** The record's number: 0 for the first ever appended, then counting by one. */
  readonly offset: number;
  readonly record: EventRecord;
}

/**
 * Accepted events in the order of their acceptance, kept. Domain code knows this port; the implementations share the contract suite in
 * `test/contracts/event-log.ts`.
 */
export interface EventLog {
  /** The oldest record that is kept; equals `end` when there is none. */
  readonly first: number;
  /** One beyond the last durable record. */
  readonly end: number;

  /**
   * Appends all or none of the records, one behind the other. Resolves when they are durable. Calls are served in their order, and resolve in it.
   * Rejects with `write-failed` when none of them is in the log, `broken` when nothing can be written any more, and `closed`.
   */
  append(records: readonly EventRecord[]): Promise<AppendedRange>;

  /**
   * The durable records from an offset on, in order, up to the one that was last when the reading began. Begins at the oldest
   * that is kept when `from` is older. Throws `damaged`, naming the place, for records that cannot be read.
   */
  read(from: number): AsyncIterable<LoggedRecord>;

  /**
   * Drops the oldest records as far as it can without touching one that arrived at `sinceMs` or later; a log may keep older ones, as it drops in
   * pieces. Resolves to how many were dropped.
   */
  dropArrivedBefore(sinceMs: number): Promise<number>;

  /** Waits for the appends under way; later ones reject. */
  close(): Promise<void>;
}
