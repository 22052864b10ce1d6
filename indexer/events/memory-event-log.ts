import type { AppendedRange, EventLog, LoggedRecord, RecordSelection } from './event-log.ts';
import { EventLogError } from './event-log-error.ts';
import { decodeRecord, type EventRecord, encodeRecord } from './event-record.ts';
import { MentionFinder } from './mention-finder.ts';

interface Kept {
  readonly bytes: Buffer;
  readonly arrivedMs: number;
}

/** An event log that lasts as long as the process, for tests and embedding. */
export class MemoryEventLog implements EventLog {
  #kept: Kept[] = [];
  #first = 0;
  #closed = false;

  get first(): number {
    return this.#first;
  }

  get end(): number {
    return this.#first + this.#kept.length;
  }

  async append(records: readonly EventRecord[]): Promise<AppendedRange> {
    if (this.#closed) throw new EventLogError('closed', 'the event log is closed');
    const first = this.end;
    for (const record of records) {
      this.#kept.push({ bytes: encodeRecord(record), arrivedMs: record.arrivedMs });
    }
    return { first, end: this.end };
  }

  async *read(from: number, mentions?: readonly string[]): AsyncGenerator<LoggedRecord> {
    const end = this.end;
    const finder = mentions === undefined ? null : new MentionFinder(mentions);
    for (let offset = Math.max(from, this.#first); offset < end; offset++) {
      const kept = this.#kept[offset - this.#first];
      // Dropped since the reading began, or erased.
      if (kept === undefined || kept.bytes.length === 0) continue;
      if (finder !== null && !finder.isIn(kept.bytes)) continue;
      yield { offset, record: decodeRecord(kept.bytes, `record ${offset} in memory`) };
    }
  }

  arrivedSince(sinceMs: number): number {
    const place = this.#kept.findIndex(({ arrivedMs }) => arrivedMs >= sinceMs);
    return place < 0 ? this.end : this.#first + place;
  }

  async dropArrivedBefore(sinceMs: number): Promise<number> {
    const newer = this.#kept.findIndex(({ arrivedMs }) => arrivedMs >= sinceMs);
    const dropped = newer < 0 ? this.#kept.length : newer;
    this.#kept = this.#kept.slice(dropped);
    this.#first += dropped;
    return dropped;
  }

  async erase({ mentions, matches }: RecordSelection<EventRecord>): Promise<number> {
    let erased = 0;
    const finder = new MentionFinder(mentions);
    this.#kept = this.#kept.map((kept, place) => {
      const { bytes, arrivedMs } = kept;
      if (bytes.length === 0 || !finder.isIn(bytes)) return kept;
      if (!matches(decodeRecord(bytes, `record ${this.#first + place} in memory`))) return kept;
      erased++;
      return { bytes: Buffer.alloc(0), arrivedMs };
    });
    return erased;
  }

  async close(): Promise<void> {
    this.#closed = true;
  }
}
