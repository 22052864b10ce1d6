import type { EventRecord } from './event-record.ts';

/** Where appended records stand: from `first` up to, not including, `end`. */
export interface AppendedRange {
  readonly first: number;
  readonly end: number;
}

export interface Logged<T> {
  /** The record's number: 0 for the first ever appended, then counting by one. */
  readonly offset: number;
  readonly record: T;
}

export type LoggedRecord = Logged<EventRecord>;

/** Records that are to be erased. */
export interface RecordSelection<T> {
  /** Every one of them holds one of these words, as it is written in the bytes; the others are not looked at. Must not be empty. */
  readonly mentions: readonly string[];
  matches(record: T): boolean;
}

/** Records in the order in which they were appended, kept. */
export interface RecordLog<T> {
  /** The oldest record that is kept; equals `end` when there is none. */
  readonly first: number;
  /** One beyond the last durable record. */
  readonly end: number;

  /**
   * Appends all or none of the records, one behind the other. Resolves when they are durable. Calls are served in their order, and resolve in it.
   * Rejects with `write-failed` when none of them is in the log, `broken` when nothing can be written any more, and `closed`.
   */
  append(records: readonly T[]): Promise<AppendedRange>;

  /**
   * The durable records from an offset on, in order, up to the one that was last when the reading began. Begins at the oldest
   * that is kept when `from` is older, and passes over what was erased. Throws `damaged`, naming the place, for records that cannot be read.
   *
   * @param mentions only records that hold one of these words, as it is written in the bytes, for a fraction of the price; all when absent
   */
  read(from: number, mentions?: readonly string[]): AsyncIterable<Logged<T>>;

  /**
   * Where to begin reading so as to miss none of the records that arrived at `sinceMs` or later: at the first of them, or earlier, as a log may know when its pieces
   * were begun alone. Reads no record.
   */
  arrivedSince(sinceMs: number): number;

  /**
   * Drops the oldest records as far as it can without touching one that arrived at `sinceMs` or later; a log may keep older ones, as it drops in
   * pieces. Resolves to how many were dropped.
   */
  dropArrivedBefore(sinceMs: number): Promise<number>;

  /**
   * Erases the selected ones of the records that were there when it began: of each, nothing stays but its number. Resolves, to how many there were, when their
   * bytes are gone from the disk. Appends and readings go on meanwhile; who began to read before may still get some. After a crash, or a rejection, some may be erased and
   * others not: erase again.
   */
  erase(selection: RecordSelection<T>): Promise<number>;

  /** Waits for the appends under way; later ones reject. */
  close(): Promise<void>;
}

/**
 * Accepted events in the order of their acceptance, kept. Domain code knows this port; the implementations share the contract suite in
 * `test/contracts/event-log.ts`.
 */
export type EventLog = RecordLog<EventRecord>;
