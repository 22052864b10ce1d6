import type { EventFile } from './event-files.ts';
import { type EncodedRecords, joinFrame } from './event-frame.ts';
import { EventLogError } from './event-log-error.ts';
import type { LogFiles } from './log-files.ts';
import { SEGMENT_HEADER_BYTES, type SegmentHeader } from './log-segment.ts';
import type { OpenedTail } from './log-segments.ts';

const SEGMENT_BYTES = 64 * 1024 * 1024;
/** A file is begun at least this often, so that retention can drop what is old on a quiet server, too. */
const SEGMENT_MS = 24 * 60 * 60 * 1000;

export interface TailOptions {
  /** A file that is longer is not appended to; 64 MiB when absent. */
  readonly segmentBytes?: number;
  /** Milliseconds since the epoch; the wall clock when absent. */
  readonly now?: () => number;
  /** Told, in a line for the operator, what was mended. */
  readonly log?: (line: string) => void;
  /** Told how long each fsync took. */
  readonly onSync?: (tookMs: number) => void;
}

/** The end of a log, where it is written: a frame at a time, into a new file when the last is full or old. Its callers see to it that one call runs at a time. */
export class LogTail {
  readonly #files: LogFiles;
  readonly #isDurable: boolean;
  readonly #options: TailOptions;
  #file: EventFile;
  #length: number;
  #end: number;
  #broken: EventLogError | null = null;

  /** @param isDurable whether each frame is brought to disk before `write` resolves */
  constructor(files: LogFiles, opened: OpenedTail, isDurable: boolean, options: TailOptions) {
    this.#files = files;
    this.#isDurable = isDurable;
    this.#options = options;
    this.#file = opened.file;
    this.#length = opened.length;
    this.#end = opened.end;
  }

  /** Durable bytes of the last file. */
  get length(): number {
    return this.#length;
  }

  /** One beyond the last durable record. */
  get end(): number {
    return this.#end;
  }

  /** Durable bytes of one of the log's files. */
  async durableLength(header: SegmentHeader, file: EventFile): Promise<number> {
    return header === this.#files.last ? this.#length : file.length();
  }

  /** Writes the records as one frame. What comes back is why none of them is in the log; null when all are. */
  async write(parts: readonly EncodedRecords[]): Promise<EventLogError | null> {
    if (this.#broken !== null) return this.#broken;
    const count = parts.reduce((sum, part) => sum + part.count, 0);
    try {
      if (count > 0) await this.#writeFrame(joinFrame(this.#end, parts));
    } catch (cause) {
      return this.#takeBack(cause);
    }
    this.#end += count;
    return null;
  }

  /** Begins a new file, unless the last holds nothing yet: two with the same first record would have the same name. */
  async begin(): Promise<void> {
    if (!this.#holdsRecords()) return;
    if (this.#broken !== null) throw this.#broken;
    const header = { first: this.#end, begunMs: this.#now() };
    const file = await this.#files.create(header);
    const earlier = this.#file;
    // Together: who reads the last file reads as far as `length`.
    this.#file = file;
    this.#length = SEGMENT_HEADER_BYTES;
    this.#files.add(header);
    if (!this.#isDurable) await earlier.sync();
    await earlier.close();
  }

  /** Whether a new file is due, on a log that can be written. */
  isDue(): boolean {
    return this.#broken === null && this.#isOld();
  }

  async close(): Promise<void> {
    if (!this.#isDurable) await this.#file.sync();
    await this.#file.close();
  }

  async #writeFrame(frame: Buffer): Promise<void> {
    if (this.#isFull() || this.#isOld()) await this.begin();
    let written = 0;
    while (written < frame.length) {
      const count = await this.#file.write(frame.subarray(written), this.#length + written);
      if (count <= 0) throw new Error('the disk takes no more bytes');
      written += count;
    }
    const started = performance.now();
    if (this.#isDurable) await this.#file.sync();
    this.#options.onSync?.(performance.now() - started);
    this.#length += frame.length;
  }

  /**
   * After a write or fsync that failed, part of the frame may be in the file, and after a failed fsync nobody can tell what is on disk. The file is cut back
   * to what was durable: then it is sure that the records are not in the log, and their sender may try again. When that fails as well, nothing more is
   * written until the log is opened anew, since a later frame would stand behind broken bytes.
   */
  async #takeBack(cause: unknown): Promise<EventLogError> {
    const reason = cause instanceof Error ? cause.message : String(cause);
    try {
      await this.#file.truncate(this.#length);
      await this.#file.sync();
    } catch (error) {
      const message = `the event log could not be written (${reason}) nor cut back; it takes no events until the server is started again`;
      this.#broken = new EventLogError('broken', message, { cause: error });
      this.#options.log?.(message);
      return this.#broken;
    }
    return new EventLogError('write-failed', `the event log could not be written: ${reason}`, {
      cause,
    });
  }

  #isFull(): boolean {
    return this.#holdsRecords() && this.#length >= (this.#options.segmentBytes ?? SEGMENT_BYTES);
  }

  #isOld(): boolean {
    return this.#holdsRecords() && this.#now() >= this.#files.last.begunMs + SEGMENT_MS;
  }

  #holdsRecords(): boolean {
    return this.#length > SEGMENT_HEADER_BYTES;
  }

  #now(): number {
    return (this.#options.now ?? Date.now)();
  }
}
