import type { EventLog } from '../../indexer/events/event-log.ts';
import type { EventRecord } from '../../indexer/events/event-record.ts';
import type { EventListener, ReplayedLog } from './event-listener.ts';
import type { IntakeCounts } from './intake-counts.ts';

/** Of a listener's failures the first is logged and then one in so many. */
const LOGGED_FAILURES = 1_000;
/** Listeners may take so long to settle; then the event is told as accepted all the same: it is durable, and counts when they have. */
const SETTLE_MS = 1_000;

export interface ListenerCircleOptions {
  readonly log: Pick<EventLog, 'first' | 'end' | 'read' | 'arrivedSince'>;
  readonly counts: IntakeCounts;
  /** A line for the operator. */
  readonly report: (line: string) => void;
  /** The wall clock in milliseconds since the epoch. */
  readonly now: () => number;
  readonly settleMs?: number | undefined;
}

/** How a replay reads. */
export interface Replay {
  /** The records from here on are read, whatever the listeners lack. */
  readonly from: number;
  /** A record as it may be told. */
  readonly toTold: (record: EventRecord) => EventRecord;
  /** Called for every record that is read for all, before the listeners are told of it. */
  readonly onRead: (record: EventRecord, offset: number) => void;
}

/** All who hear of events, in the order in which they were registered: one that fails keeps nobody from the rest. */
export class ListenerCircle {
  readonly #options: ListenerCircleOptions;
  readonly #listeners: EventListener[] = [];

  constructor(options: ListenerCircleOptions) {
    this.#options = options;
  }

  add(listener: EventListener): void {
    this.#listeners.push(listener);
  }

  /**
   * Reads from the log what listeners lack: once for all what each lacks at its end, before that what some want of earlier records. Costs microseconds a record; throws when
   * the log is damaged there.
   */
  async replay(replay: Replay): Promise<void> {
    const { log, counts, now } = this.#options;
    const { first, end } = log;
    const replayed = {
      first,
      end,
      nowMs: now(),
      arrivedSince: (ms: number) => log.arrivedSince(ms),
    };
    const readers = this.#listeners.flatMap((listener) => {
      const from = listener.replayFrom?.(replayed);
      return from === undefined ? [] : [{ listener, from }];
    });
    for (const { listener, from } of readers) {
      await this.#replayEarlier(listener, replayed, from, replay);
    }
    const begin = readers.reduce((earliest, { from }) => Math.min(earliest, from), replay.from);
    for await (const { offset, record: stored } of log.read(Math.max(begin, 0))) {
      const record = replay.toTold(stored);
      replay.onRead(record, offset);
      for (const { listener, from } of readers) {
        if (offset >= from) this.#tell(listener, record, offset);
      }
      counts.replayed++;
    }
  }

  /** Tells everybody of an accepted record. */
  apply(record: EventRecord, offset: number): void {
    for (const listener of this.#listeners) this.#tell(listener, record, offset);
  }

  /** Waits for what the listeners still wait for, a bounded time; never rejects. */
  async settle(): Promise<void> {
    const waited = this.#listeners.flatMap((listener) => listener.settle?.() ?? []);
    if (waited.length === 0) return;
    let timer: NodeJS.Timeout | undefined;
    const bound = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, this.#options.settleMs ?? SETTLE_MS);
    });
    await Promise.race([Promise.allSettled(waited), bound]);
    clearTimeout(timer);
  }

  async #replayEarlier(
    listener: EventListener,
    replayed: ReplayedLog,
    end: number,
    { toTold }: Replay,
  ): Promise<void> {
    const { log, counts } = this.#options;
    const earlier = listener.replayEarlier?.(replayed);
    if (earlier === undefined || earlier.from >= end) return;
    for await (const { offset, record } of log.read(earlier.from, earlier.mentions)) {
      if (offset >= end) return;
      this.#tell(listener, toTold(record), offset);
      counts.replayed++;
    }
  }

  #tell(listener: EventListener, record: EventRecord, offset: number): void {
    try {
      listener.apply(record, offset);
    } catch (error) {
      const { counts, report } = this.#options;
      const count = counts.countListenerFailure(listener.name);
      if (count % LOGGED_FAILURES !== 1) return;
      const reason = error instanceof Error ? error.message : String(error);
      report(`${listener.name} failed over event ${offset} (${count} so far): ${reason}`);
    }
  }
}
