import type { EncodedRecords } from './event-frame.ts';
import type { AppendedRange } from './event-log.ts';
import type { EventLogError } from './event-log-error.ts';
import type { LogTail } from './log-tail.ts';

/** How much one write and fsync take at most, one call's records beyond it excepted. */
const GROUP_BYTES = 8 * 1024 * 1024;

interface Append {
  readonly records: EncodedRecords;
  readonly resolve: (range: AppendedRange) => void;
  readonly reject: (error: EventLogError) => void;
}

/** Group commit: appends that come while another is being brought to disk share the next write and fsync. Nothing else writes to the tail meanwhile. */
export class AppendQueue {
  readonly #tail: LogTail;
  readonly #waiting: Append[] = [];
  /** Ends when everything that was begun has. */
  #work: Promise<void> = Promise.resolve();

  constructor(tail: LogTail) {
    this.#tail = tail;
  }

  /** Appends all or none of the encoded records; resolves to where they stand, and rejects as `LogTail.write` tells. */
  append(records: EncodedRecords): Promise<AppendedRange> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ records, resolve, reject });
      // One turn for each call, of which the first that runs takes as many as there are.
      if (this.#waiting.length === 1) void this.behind(() => this.#writeWaiting());
    });
  }

  /** Runs `work` behind whatever was begun earlier, and before what comes later. */
  behind(work: () => Promise<void>): Promise<void> {
    const done = this.#work.then(work);
    this.#work = done.catch(() => {});
    return done;
  }

  /** Resolves when what was begun so far has ended; never rejects. */
  settled(): Promise<void> {
    return this.#work;
  }

  async #writeWaiting(): Promise<void> {
    while (this.#waiting.length > 0) {
      // Left in the queue until it is done: an append that comes meanwhile must not begin another loop.
      const group = this.#nextGroup();
      let first = this.#tail.end;
      const failure = await this.#tail.write(group.map(({ records }) => records));
      this.#waiting.splice(0, group.length);
      for (const { records, resolve, reject } of group) {
        const range = { first, end: first + records.count };
        first = range.end;
        if (failure === null) resolve(range);
        else reject(failure);
      }
    }
  }

  #nextGroup(): readonly Append[] {
    let sizeBytes = 0;
    const beyond = this.#waiting.findIndex(({ records }, place) => {
      sizeBytes += records.bytes.length;
      return place > 0 && sizeBytes > GROUP_BYTES;
    });
    return this.#waiting.slice(0, beyond < 0 ? this.#waiting.length : beyond);
  }
}
