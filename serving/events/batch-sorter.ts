import { parseEvent } from '../../indexer/events/event-parser.ts';
import type { EventRecord } from '../../indexer/events/event-record.ts';
import { Rejection, type RejectionCode } from '../../indexer/events/event-rejection.ts';
import type { RecordMaker } from './record-maker.ts';
import type { SeenIds } from './seen-ids.ts';

export interface RejectedItem {
  readonly index: number;
  readonly code: RejectionCode;
  readonly detail: string;
}

/** What is known of a batch, without the items as they came. */
export interface SortedBatch {
  readonly records: readonly EventRecord[];
  /** Low and high half of the hash of each record's id, side by side. */
  readonly idHashes: Uint32Array;
  readonly duplicates: number;
  readonly rejected: readonly RejectedItem[];
  /** Other batches under way that hold ids of this one. */
  readonly awaited: ReadonlySet<SortedBatch>;
  /** Settles when its records are durable and folded in, or refused. */
  written: Promise<void>;
}

const WRITTEN = Promise.resolve();

/** Tells the items of batches apart: events that are new, whose ids are *under way* from then on, those that are known, and what is no event. */
export class BatchSorter {
  readonly #seen: SeenIds;
  readonly #recordMaker: RecordMaker;
  /** By event id: the batch under way that it is part of. */
  readonly #underWay = new Map<string, SortedBatch>();

  constructor(seen: SeenIds, recordMaker: RecordMaker) {
    this.#seen = seen;
    this.#recordMaker = recordMaker;
  }

  /** Marks the ids of the events that are new as under way, until `letGo`; none when this throws. */
  sort(items: readonly unknown[], nowMs: number): SortedBatch {
    const batch = new Batch(items.length);
    try {
      for (const [index, item] of items.entries()) {
        const received = item instanceof Rejection ? item : parseEvent(item, { nowMs });
        if (received instanceof Rejection) {
          batch.rejected.push({ index, code: received.code, detail: received.detail });
          continue;
        }
        const { eventId } = received.event;
        if (this.#isKnown(eventId, batch)) {
          batch.duplicates++;
          continue;
        }
        const { low, high } = this.#seen.lastHash;
        const record = this.#recordMaker.make(received, nowMs);
        this.#underWay.set(eventId, batch);
        batch.add(record, low, high);
      }
    } catch (error) {
      this.letGo(batch);
      throw error;
    }
    return batch;
  }

  /** The ids of a batch are under way no more. */
  letGo({ records }: SortedBatch): void {
    for (const { event } of records) this.#underWay.delete(event.eventId);
  }

  /** Waits for the batches under way; never rejects. */
  async settled(): Promise<void> {
    const batches = new Set(this.#underWay.values());
    await Promise.allSettled(Array.from(batches, ({ written }) => written));
  }

  #isKnown(eventId: string, batch: Batch): boolean {
    const other = this.#underWay.get(eventId);
    if (other === undefined) return this.#seen.has(eventId);
    if (other !== batch) batch.awaited.add(other);
    return true;
  }
}

class Batch implements SortedBatch {
  readonly records: EventRecord[] = [];
  readonly idHashes: Uint32Array;
  duplicates = 0;
  readonly rejected: RejectedItem[] = [];
  readonly awaited = new Set<SortedBatch>();
  written = WRITTEN;

  constructor(mostRecords: number) {
    this.idHashes = new Uint32Array(2 * mostRecords);
  }

  add(record: EventRecord, idLow: number, idHigh: number): void {
    const at = 2 * this.records.length;
    this.idHashes[at] = idLow;
    this.idHashes[at + 1] = idHigh;
    this.records.push(record);
  }
}
