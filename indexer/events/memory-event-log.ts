import type { AppendedRange, EventLog, LoggedRecord } from './event-log.ts';
import { EventLogError } from './event-log-error.ts';
import { decodeRecord, type EventRecord, encodeRecord } from './event-record.ts';

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

  async *read(from: number): AsyncGenerator<LoggedRecord> {
    const end = this.end;
    for (let offset = Math.max(from, this.#first); offset < end; offset++) {
      const kept = this.#kept[offset - this.#first];
      // Dropped since the reading began.
      if (kept === undefined) continue;
      yield { offset, record: decodeRecord(kept.bytes, `record ${offset} in memory`) };
    }
  }

  async dropArrivedBefore(sinceMs: number): Promise<number> {
    const newer = this.#kept.findIndex(({ arrivedMs }) => arrivedMs >= sinceMs);
    const dropped = newer < 0 ? this.#kept.length : newer;
    this.#kept = this.#kept.slice(dropped);
    this.#first += dropped;
    return dropped;
  }

  async close(): Promise<void> {
    this.#closed = true;
  }
}
