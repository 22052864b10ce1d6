import type { EventRecord } from '../../indexer/events/event-record.ts';

/** The log as a listener sees it that is asked where it begins. */
export interface ReplayedLog {
  /** The oldest record that is kept, and one beyond the last. */
  readonly first: number;
  readonly end: number;
  /** The wall clock, in milliseconds since the epoch. */
  readonly nowMs: number;
  /** The first record that arrived at a time or later, or one before it. */
  arrivedSince(sinceMs: number): number;
}

/** Records from further back than a listener begins, of which it wants few. */
export interface EarlierReplay {
  readonly from: number;
  /** Each of those that it wants holds one of these words, as it is written in the bytes; it is told of others as well. */
  readonly mentions: readonly string[];
}

/**
 * Something that what is answered depends on and that events change: profiles, what is trending, what is new. Registered with the `EventIntake`
 * before it starts.
 */
export interface EventListener {
  /** For logs and metrics. */
  readonly name: string;
  /**
   * The first record that it has not folded in yet; asked once at the start, which replays from there to the end of the log. Absent: it wants no replay.
   * Anything below the oldest record that is kept means all that is kept. Nobody is served well before that has ended: what is in memory alone takes a bounded part (`replayWithin`).
   */
  readonly replayFrom?: (log: ReplayedLog) => number;
  /** What it wants of the records before those, told first. */
  readonly replayEarlier?: (log: ReplayedLog) => EarlierReplay;
  /**
   * Folds one record in. Called once for each record, in the order of the log, in memory and at once: the client is told that its event is accepted
   * when all listeners have returned and settled. Must not throw; what it throws is counted and logged, and the record counts as folded.
   */
  apply(record: EventRecord, offset: number): void;
  /**
   * What applied records still wait for before they count, such as a read of a store behind a network; null for nothing. The client is told after that, or after a bounded time.
   * Must not reject.
   */
  readonly settle?: () => Promise<void> | null;
}
