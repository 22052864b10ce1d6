import { randomBytes } from 'node:crypto';
import type { AppendedRange, EventLog } from '../../indexer/events/event-log.ts';
import type { Enrichment, EventRecord } from '../../indexer/events/event-record.ts';
import type { UserHasher } from '../../indexer/events/user-hasher.ts';
import { BatchSorter, type RejectedItem, type SortedBatch } from './batch-sorter.ts';
import type { EventListener } from './event-listener.ts';
import { IntakeCounts } from './intake-counts.ts';
import { IntakeError } from './intake-error.ts';
import { ListenerCircle } from './listener-circle.ts';
import { RecordMaker } from './record-maker.ts';
import type { SeenIdFiles } from './seen-id-files.ts';
import { Withheld } from './withheld.ts';

/** How much may wait for an fsync; a batch that comes while nothing waits is always taken. */
export interface IntakeBounds {
  readonly waitingEvents: number;
  readonly waitingBytes: number;
}

const DEFAULT_BOUNDS: IntakeBounds = { waitingEvents: 50_000, waitingBytes: 16 * 1024 * 1024 };

export interface EventIntakeOptions {
  readonly log: EventLog;
  /** Tells the log from every other: 16 characters; drawn anew when absent, for a log that is. */
  readonly logId?: string;
  /** The data folder of the log; absent for one that is in none. */
  readonly dataDir?: string;
  readonly settleMs?: number;
  readonly seen: Pick<SeenIdFiles, 'ids' | 'end' | 'close'>;
  readonly hasher: UserHasher;
  readonly counts?: IntakeCounts;
  readonly bounds?: IntakeBounds;
  /** The wall clock in milliseconds since the epoch; `Date.now` when absent. */
  readonly now?: () => number;
  /** Whether the request of this id asked not to be personalised: events that name it are stored without their user. Never, when absent. */
  readonly isAnonymousRequest?: (requestId: string) => boolean;
  /** What is stored beside an event of what is known when it is accepted; nothing when absent. */
  readonly enrich?: (record: EventRecord) => Enrichment | null;
  /** A line for the operator. */
  readonly report: (line: string) => void;
}

/** What became of the items of a batch; their numbers add up to its length. */
export interface IntakeAnswer {
  readonly accepted: number;
  readonly duplicates: number;
  readonly rejected: readonly RejectedItem[];
}

/**
 * Takes events in: each once, durable and folded into every listener before its sender is told.
 *
 * The order is what makes it so. A batch is checked, and its new ids are marked as *under way*, in one turn of the event loop, so no other batch
 * comes between. Then its records are appended. When they are durable, in one turn again, their ids become *seen*, the listeners fold them in
 * and the sender is told. Wherever it stops:
 *
 * - before the append, or when the append fails: no record is in the log, and the ids are let go, so the sender's next try is accepted;
 * - between the append and the answer (a crash): the records are in the log. The next start adds their ids to the seen ones and folds them in from
 *   there, and the sender's next try finds duplicates;
 * - an id that is under way in another batch is a duplicate only if that batch succeeds, so its sender waits for that, and is refused with it:
 *   told `duplicate`, it would not send again what was then never stored.
 */
export class EventIntake {
  readonly counts: IntakeCounts;
  readonly #options: EventIntakeOptions;
  /** Tells the log from every other: offsets mean something beside it alone. */
  readonly logId: string;
  /** Who is being erased: their events are stored without them. */
  readonly withheld = new Withheld();
  readonly #bounds: IntakeBounds;
  readonly #listeners: ListenerCircle;
  readonly #recordMaker: RecordMaker;
  readonly #sorter: BatchSorter;
  #isStarted = false;
  #closing: Promise<void> | null = null;

  constructor(options: EventIntakeOptions) {
    this.#options = options;
    this.logId = options.logId ?? randomBytes(12).toString('base64url');
    this.#bounds = options.bounds ?? DEFAULT_BOUNDS;
    this.counts = options.counts ?? new IntakeCounts();
    const { log, report, settleMs, now = Date.now } = options;
    this.#listeners = new ListenerCircle({ log, report, settleMs, now, counts: this.counts });
    const { hasher, isAnonymousRequest, enrich } = options;
    this.#recordMaker = new RecordMaker({
      ...{ hasher, isAnonymousRequest, enrich, withheld: this.withheld },
    });
    this.#sorter = new BatchSorter(options.seen.ids, this.#recordMaker);
  }

  /** The data folder that it belongs to; null for none. */
  get dataDir(): string | null {
    return this.#options.dataDir ?? null;
  }

  /** Whether everything that the log holds was folded in, so that events are taken. */
  get isStarted(): boolean {
    return this.#isStarted;
  }

  /** The hashes under which records name users and sessions. */
  get hasher(): UserHasher {
    return this.#options.hasher;
  }

  /** Accepted events; only the intake appends. */
  get log(): Pick<EventLog, 'first' | 'end' | 'read' | 'erase' | 'dropArrivedBefore'> {
    return this.#options.log;
  }

  /** Event ids that are remembered, and the bytes that they take. */
  get remembered(): { readonly count: number; readonly sizeBytes: number } {
    return this.#options.seen.ids;
  }

  /** Lets a listener fold in what it has missed, at the start, and every event accepted from then on. Throws once it has started. */
  register(listener: EventListener): void {
    if (this.#isStarted)
      throw new Error(`${listener.name}: expected to be registered before the start`);
    this.#listeners.add(listener);
  }

  /**
   * Reads from the log, once for all, what the remembered ids and the listeners lack, then takes events. Costs microseconds a record; throws when the log
   * is damaged there.
   */
  async start(): Promise<void> {
    if (this.#isStarted) return;
    const { seen } = this.#options;
    const from = seen.end;
    await this.#listeners.replay({
      from,
      toTold: (record) => this.#recordMaker.withoutWithheld(record),
      onRead: ({ event }, offset) => {
        if (offset >= from) seen.ids.add(event.eventId, offset);
      },
    });
    this.#isStarted = true;
  }

  /**
   * Takes a batch in: items as JSON gave them, or the rejections of those that were none. Resolves when the accepted ones are durable and folded in.
   * Throws `IntakeError`, `overloaded` when nothing of it was accepted.
   *
   * @param sizeBytes of the batch as it came, to bound what waits
   */
  accept(items: readonly unknown[], sizeBytes: number): Promise<IntakeAnswer> {
    // Not async itself, which would hold the items until the answer: once they are sorted they are garbage, which costs least when it is young.
    try {
      this.refuseWhenUnable(0);
      const batch = this.#sorter.sort(items, (this.#options.now ?? Date.now)());
      if (batch.records.length > 0) this.#write(batch, sizeBytes);
      return this.#answer(batch);
    } catch (error) {
      return Promise.reject(error);
    }
  }

  /** Throws what a batch of this size would be refused with now. */
  refuseWhenUnable(sizeBytes: number, events = 1): void {
    if (!this.#isStarted || this.#closing !== null) {
      const state = this.#isStarted ? 'stopping' : 'starting';
      throw new IntakeError('unavailable', `the server is ${state} and takes no events now`);
    }
    const { waitingBytes, waitingEvents } = this.counts;
    if (waitingEvents === 0) return;
    const { waitingBytes: bytes, waitingEvents: most } = this.#bounds;
    if (waitingBytes + sizeBytes <= bytes && waitingEvents + events <= most) return;
    this.counts.refused++;
    throw new IntakeError(
      'overloaded',
      `expected fewer events at once: ${waitingEvents} wait to be written; nothing of this batch was accepted`,
    );
  }

  /** Waits for what is under way, then closes the log. Later batches are refused. */
  close(): Promise<void> {
    this.#closing ??= (async () => {
      await this.settled();
      await this.#options.seen.close();
      await this.#options.log.close();
    })();
    return this.#closing;
  }

  /** Waits for the batches under way; never rejects. */
  settled(): Promise<void> {
    return this.#sorter.settled();
  }

  /** Appends the records of a batch and folds them in; their ids are under way until then. Throws when that would be too much at once. */
  #write(batch: SortedBatch, sizeBytes: number): void {
    const { records } = batch;
    try {
      this.refuseWhenUnable(sizeBytes, records.length);
    } catch (error) {
      this.#sorter.letGo(batch);
      throw error;
    }
    this.counts.waitingEvents += records.length;
    this.counts.waitingBytes += sizeBytes;
    const settle = () => {
      this.counts.waitingEvents -= records.length;
      this.counts.waitingBytes -= sizeBytes;
      this.#sorter.letGo(batch);
    };
    batch.written = this.#options.log.append(records).then(
      // One turn: whoever asks next finds these ids under way, or seen and folded in.
      (range) => {
        this.#take(batch, range);
        settle();
        return this.#listeners.settle();
      },
      (error: unknown) => {
        settle();
        throw error;
      },
    );
  }

  async #answer(batch: SortedBatch): Promise<IntakeAnswer> {
    const { records, duplicates, rejected, awaited } = batch;
    try {
      await Promise.all([batch.written, ...Array.from(awaited, ({ written }) => written)]);
    } catch (cause) {
      this.counts.failed++;
      const reason = cause instanceof Error ? cause.message : String(cause);
      throw new IntakeError('unavailable', reason, { cause });
    }
    this.counts.duplicates += duplicates;
    for (const { code } of rejected) this.counts.countRejected(code);
    return { accepted: records.length, duplicates, rejected };
  }

  #take({ records, idHashes }: SortedBatch, { first }: AppendedRange): void {
    const { ids } = this.#options.seen;
    this.counts.accepted += records.length;
    for (const [place, record] of records.entries()) {
      const offset = first + place;
      ids.addHashed(idHashes[2 * place]!, idHashes[2 * place + 1]!, offset);
      this.#listeners.apply(record, offset);
    }
  }
}
