import { AppendQueue } from './append-queue.ts';
import { type EventFolder, openEventFolder } from './event-files.ts';
import { encodeRecords } from './event-frame.ts';
import type { AppendedRange, Logged, RecordLog, RecordSelection } from './event-log.ts';
import { EventLogError } from './event-log-error.ts';
import { type HeldLock, lockFolder } from './held-lock.ts';
import { JsonWriter } from './json-writer.ts';
import { eraseRecords, holdsErased, type IsErased } from './log-erasure.ts';
import { LogFiles } from './log-files.ts';
import { LogReader } from './log-reader.ts';
import {
  encodeSegmentHeader,
  FrameReader,
  type SegmentHeader,
  segmentName,
} from './log-segment.ts';
import { type OpenedTail, openTail, readSegmentHeaders } from './log-segments.ts';
import { LogTail, type TailOptions } from './log-tail.ts';
import { MentionFinder } from './mention-finder.ts';

/** What a log in files is made of. */
export interface RecordCodec<T> {
  /** Of the files' names, as `.events`. */
  readonly extension: string;
  /** Whether each append is brought to disk before it resolves. */
  readonly isDurable: boolean;
  /** Writes a record behind what was written before. */
  write(record: T, into: JsonWriter): void;
  /** @param place names the bytes in errors */
  decode(bytes: Buffer, place: string): T;
}

export interface FileLogOptions extends TailOptions {
  /** The folder of the log; made when it is not there. */
  readonly folder: string;
  /** Stands between the log and the disk; for tests. */
  readonly wrapFolder?: (folder: EventFolder) => EventFolder;
}

/** The files of a log, locked and looked at. */
export interface OpenedLog {
  readonly folder: EventFolder;
  readonly lock: HeldLock;
  readonly segments: readonly SegmentHeader[];
  readonly tail: OpenedTail;
}

/**
 * Opens the files of a log in a folder, or begins one. What a crash left of a last, unfinished write is cut off and told to `log`; anything else that differs
 * from what was written throws `damaged`. Throws `locked` while another process writes the log. Reads the last file whole.
 */
export async function openLog(options: FileLogOptions, extension: string): Promise<OpenedLog> {
  const disk = await openEventFolder(options.folder);
  const lock = await lockFolder(options.folder);
  try {
    const folder = options.wrapFolder?.(disk) ?? disk;
    const segments = await readSegmentHeaders(folder, extension);
    if (segments.length === 0) {
      const header = { first: 0, begunMs: (options.now ?? Date.now)() };
      await folder.create(segmentName(0, extension), [encodeSegmentHeader(header)]);
      segments.push(header);
    }
    const tail = await openTail(folder, segments.at(-1)!, extension);
    if (tail.tornBytes > 0) {
      const place = `${options.folder}/${segmentName(tail.header.first, extension)}`;
      options.log?.(
        `${place}: cut off ${tail.tornBytes} bytes of a write that did not finish; no event in them was acknowledged`,
      );
    }
    return { folder, lock, segments, tail };
  } catch (error) {
    await lock.release();
    throw error;
  }
}

/**
 * A log of records in files of a folder, each named by the offset of its first record (FORMAT.md has the bytes). Appends that come while another is being
 * brought to disk share the next write and fsync. One process writes at a time; a lock file sees to it.
 */
export class FileLog<T> implements RecordLog<T> {
  readonly #lock: HeldLock;
  readonly #codec: RecordCodec<T>;
  readonly #files: LogFiles;
  readonly #tail: LogTail;
  readonly #appends: AppendQueue;
  readonly #reader: LogReader<T>;
  readonly #scratch = new JsonWriter();
  /** Ends when every change of files that are written no more has; appends do not wait for it. */
  #changes: Promise<void> = Promise.resolve();
  #closing: Promise<void> | null = null;
  /** Bytes behind the last whole record that were cut off when the log was opened. */
  readonly tornBytes: number;

  protected constructor(opened: OpenedLog, codec: RecordCodec<T>, options: FileLogOptions) {
    this.#lock = opened.lock;
    this.#codec = codec;
    this.#files = new LogFiles(opened.folder, codec.extension, opened.segments);
    this.#tail = new LogTail(this.#files, opened.tail, codec.isDurable, options);
    this.#appends = new AppendQueue(this.#tail);
    this.#reader = new LogReader(this.#files, this.#tail, codec.decode);
    this.tornBytes = opened.tail.tornBytes;
  }

  get first(): number {
    return this.#files.first;
  }

  get end(): number {
    return this.#tail.end;
  }

  async append(records: readonly T[]): Promise<AppendedRange> {
    if (this.#closing !== null) throw new EventLogError('closed', 'the event log is closed');
    return this.#appends.append(encodeRecords(records, this.#codec.write, this.#scratch));
  }

  read(from: number, mentions?: readonly string[]): AsyncGenerator<Logged<T>> {
    return this.#reader.read(from, mentions);
  }

  arrivedSince(sinceMs: number): number {
    return this.#files.arrivedSince(sinceMs);
  }

  async dropArrivedBefore(sinceMs: number): Promise<number> {
    return this.#changeFiles(async () => {
      if (this.#tail.isDue()) await this.#appends.behind(() => this.#tail.begin());
      const before = this.first;
      await this.#files.dropArrivedBefore(sinceMs);
      return this.first - before;
    });
  }

  /** Drops the oldest files until those that are written no more have at most so many bytes together; resolves to how many records were dropped. */
  async dropBeyondBytes(sizeBytes: number): Promise<number> {
    return this.#changeFiles(async () => {
      const before = this.first;
      const lengths = await this.#files.finishedLengths();
      let total = sum(lengths);
      for (const length of lengths) {
        if (total <= sizeBytes) break;
        await this.#files.dropOldest();
        total -= length;
      }
      return this.first - before;
    });
  }

  /** Bytes of all files. */
  async measure(): Promise<number> {
    return sum(await this.#files.finishedLengths()) + this.#tail.length;
  }

  async erase(selection: RecordSelection<T>): Promise<number> {
    return this.#changeFiles(async () => {
      const { end } = this;
      const finder = new MentionFinder(selection.mentions);
      let erased = 0;
      for (const header of this.#files.list()) {
        if (header.first >= end) break;
        const place = this.#files.placeOf(header);
        erased += await this.#eraseFrom(header, (bytes, offset) => {
          if (!finder.isIn(bytes)) return false;
          return selection.matches(this.#codec.decode(bytes, `${place}, record ${offset}`));
        });
      }
      return erased;
    });
  }

  close(): Promise<void> {
    this.#closing ??= Promise.all([this.#appends.settled(), this.#changes]).then(async () => {
      // What was appended while files were being changed.
      await this.#appends.settled();
      await this.#tail.close();
      await this.#lock.release();
    });
    return this.#closing;
  }

  /** Changes files one after the other. */
  async #changeFiles<R>(change: () => Promise<R>): Promise<R> {
    if (this.#closing !== null) throw new EventLogError('closed', 'the event log is closed');
    const done = this.#changes.then(change);
    this.#changes = done.then(
      () => {},
      () => {},
    );
    return done;
  }

  /** Replaces a file by one without what is selected: whole, in one step, so that a crash leaves the one or the other. Who is reading the old one reads on in it. */
  async #eraseFrom(header: SegmentHeader, isErased: IsErased): Promise<number> {
    const holds = await this.#readFrames(header, (reader, place) =>
      holdsErased(reader, place, isErased),
    );
    if (!holds) return 0;
    if (header === this.#files.last) {
      // It may have grown since: only what is written no more is replaced.
      await this.#appends.behind(async () => {
        if (header === this.#files.last) await this.#tail.begin();
      });
    }
    let erased = 0;
    const onErased = () => {
      erased++;
    };
    await this.#readFrames(header, (reader, place) =>
      this.#files.replace(header, eraseRecords({ reader, header, place, isErased, onErased })),
    );
    return erased;
  }

  async #readFrames<R>(
    header: SegmentHeader,
    read: (reader: FrameReader, place: string) => Promise<R>,
  ): Promise<R> {
    const file = await this.#files.open(header);
    try {
      const end = await this.#tail.durableLength(header, file);
      return await read(new FrameReader(file, header, end), this.#files.placeOf(header));
    } finally {
      await file.close();
    }
  }
}

function sum(lengths: readonly number[]): number {
  return lengths.reduce((total, length) => total + length, 0);
}
