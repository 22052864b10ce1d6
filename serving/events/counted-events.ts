import type { EventLog } from '../../indexer/events/event-log.ts';
import type { SnapshotContent } from '../snapshot/snapshot-content.ts';

/**
 * Up to where snapshots count the events of this server's log, so that what a snapshot was built from does not count again beside it. A snapshot
 * that was built from another log, or from none, counts none of them.
 */
export class CountedEvents {
  readonly #log: Pick<EventLog, 'read'>;
  readonly #counted = new WeakMap<SnapshotContent, number>();

  constructor(log: Pick<EventLog, 'read'>) {
    this.#log = log;
  }

  /** Offset of the first event that a snapshot does not count; 0 until `check` is done. */
  upTo(content: SnapshotContent): number {
    return this.#counted.get(content) ?? 0;
  }

  /**
   * Compares a snapshot with the log: the last event that it counts must have arrived when it says. Where the log keeps that event no longer, it keeps
   * none before it, either. Reads the log's file in which it stands.
   */
  async check(content: SnapshotContent): Promise<void> {
    const { events } = content.manifest;
    if (events === undefined) return;
    for await (const { offset, record } of this.#log.read(events.offset - 1)) {
      const isOther = offset === events.offset - 1 && record.arrivedMs !== events.arrivedMs;
      this.#counted.set(content, isOther ? 0 : events.offset);
      return;
    }
  }
}
