import { type EventFile, type EventFolder, openEventFolder } from './event-files.ts';
import { encodeFrame } from './event-frame.ts';
import type { AppendedRange, Logged, RecordLog, RecordSelection } from './event-log.ts';
import { EventLogError } from './event-log-error.ts';
import { type HeldLock, lockFolder } from './held-lock.ts';
import { eraseRecords, isMentioned } from './log-erasure.ts';
import {
  encodeSegmentHeader,
  FrameReader,
  SEGMENT_HEADER_BYTES,
  type SegmentHeader,
  segmentName,
} from './log-segment.ts';
import { type OpenedTail, openTail, readSegmentHeaders } from './log-segments.ts';

const SEGMENT_BYTES = 64 * 1024 * 1024;
/** A file is begun at least this often, so that retention can drop what is old on a quiet server, too. */
const SEGMENT_MS = 24 * 60 * 60 * 1000;
/** How much one write and fsync take at most, one call's records beyond it excepted. */
const GROUP_BYTES = 8 * 1024 * 1024;

/** What a log in files is made of. */
export interface RecordCodec<T> {
  /** Of the files' names, as `.events`. */
  readonly extension: string;
  /** Whether each append is brought to disk before it resolves. */
  readonly isDurable: boolean;
  encode(record: T): Buffer;
  /** @param place names the bytes in errors */
  decode(bytes: Buffer, place: string): T;
}

export interface FileLogOptions {
  /** The folder of the log; made when it is not there. */
  readonly folder: string;
  /** A file that is longer is not appended to; 64 MiB when absent. */
  readonly segmentBytes?: number;
  /** Milliseconds since the epoch; the wall clock when absent. */
  readonly now?: () => number;
  /** Told, in a line for the operator, what was mended. */
  readonly log?: (line: string) => void;
  /** Told how long each fsync took. */
  readonly onSync?: (tookMs: number) => void;
  /** Stands between the log and the disk; for tests. */
  readonly wrapFolder?: (folder: EventFolder) => EventFolder;
}

interface Append {
  readonly records: readonly Buffer[];
  readonly sizeBytes: number;
  readonly resolve: (range: AppendedRange) => void;
  readonly reject: (error: EventLogError) => void;
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
      await folder.create(segmentName(0, extension), encodeSegmentHeader(header));
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
  readonly #folder: EventFolder;
  readonly #lock: HeldLock;
  readonly #options: FileLogOptions;
  readonly #codec: RecordCodec<T>;
  /** Oldest first; the last is the one that is written. */
  readonly #segments: SegmentHeader[];
  #tail: EventFile;
  /** Durable bytes of the last file. */
  #length: number;
  #end: number;
  readonly #waiting: Append[] = [];
  /** Ends when everything that was begun has; writes and changes of files queue behind it. */
  #work: Promise<void> = Promise.resolve();
  /** The same for what changes files that are written no more; appends do not wait for it. */
  #changes: Promise<void> = Promise.resolve();
  #broken: EventLogError | null = null;
  #closing: Promise<void> | null = null;
  /** Bytes behind the last whole record that were cut off when the log was opened. */
  readonly tornBytes: number;

  protected constructor(opened: OpenedLog, codec: RecordCodec<T>, options: FileLogOptions) {
    this.#folder = opened.folder;
    this.#lock = opened.lock;
    this.#segments = [...opened.segments];
    this.#tail = opened.tail.file;
    this.#length = opened.tail.length;
    this.#end = opened.tail.end;
    this.#codec = codec;
    this.#options = options;
    this.tornBytes = opened.tail.tornBytes;
  }

  get first(): number {
    return this.#segments[0]!.first;
  }

  get end(): number {
    return this.#end;
  }

  append(records: readonly T[]): Promise<AppendedRange> {
    return new Promise((resolve, reject) => {
      if (this.#closing !== null) {
        reject(new EventLogError('closed', 'the event log is closed'));
        return;
      }
      const encoded = records.map((record) => this.#codec.encode(record));
      const sizeBytes = encoded.reduce((sum, { length }) => sum + length, 0);
      this.#waiting.push({ records: encoded, sizeBytes, resolve, reject });
      // One turn for each call, of which the first that runs takes as many as there are.
      if (this.#waiting.length === 1) void this.#exclusively(() => this.#writeWaiting());
    });
  }

  async *read(from: number, mentions?: readonly string[]): AsyncGenerator<Logged<T>> {
    const end = this.#end;
    const segments = [...this.#segments];
    for (const [place, header] of segments.entries()) {
      if (header.first >= end) return;
      if ((segments[place + 1]?.first ?? end) <= from) continue;
      yield* this.#readSegment(header, from, end, mentions ?? null);
    }
  }

  async *#readSegment(
    header: SegmentHeader,
    from: number,
    end: number,
    mentions: readonly string[] | null,
  ): AsyncGenerator<Logged<T>> {
    const name = this.#nameOf(header);
    const place = `${this.#folder.path}/${name}`;
    const file = await this.#openKept(header, name);
    if (file === null) return;
    try {
      const isTail = header === this.#segments.at(-1);
      const reader = new FrameReader(file, header, isTail ? this.#length : await file.length());
      while (!reader.isAtEnd) {
        const { position, next: first } = reader;
        const frame = await reader.read();
        if (frame === null) {
          throw new EventLogError(
            'damaged',
            `${place}: expected record ${first} at byte ${position}, found bytes that differ from what was written; restore the file from a backup`,
          );
        }
        for (const [within, bytes] of frame.records.entries()) {
          const offset = first + within;
          if (offset >= end) return;
          // One without bytes was erased.
          if (offset < from || bytes.length === 0) continue;
          if (mentions !== null && !isMentioned(bytes, mentions)) continue;
          yield { offset, record: this.#codec.decode(bytes, `${place}, record ${offset}`) };
        }
      }
      this.#checkJoin(header, Math.min(reader.next, end), end, place);
    } finally {
      await file.close();
    }
  }

  /** `null` for a file that was dropped since the reading began. */
  async #openKept(header: SegmentHeader, name: string): Promise<EventFile | null> {
    try {
      return await this.#folder.open(name, 'read');
    } catch (error) {
      if (header.first < this.first) return null;
      throw error;
    }
  }

  /** A file ends where the next one begins; one that was cut between two frames shows here alone. */
  #checkJoin(header: SegmentHeader, read: number, end: number, place: string): void {
    const following = this.#segments[this.#segments.indexOf(header) + 1]?.first ?? end;
    const expected = Math.min(following, end);
    if (read >= expected) return;
    throw new EventLogError(
      'damaged',
      `${place}: expected records up to ${expected}, got records up to ${read}; restore the file from a backup`,
    );
  }

  arrivedSince(sinceMs: number): number {
    // What stands before a file had arrived when it was begun, though perhaps in the same millisecond.
    const begun = this.#segments.findLast(({ begunMs }) => begunMs < sinceMs);
    return begun?.first ?? this.first;
  }

  async dropArrivedBefore(sinceMs: number): Promise<number> {
    return this.#changeFiles(async () => {
      if (this.#isTailOld() && this.#broken === null) await this.#exclusively(() => this.#begin());
      const before = this.first;
      // What stands before a file arrived before it was begun.
      while ((this.#segments[1]?.begunMs ?? Number.POSITIVE_INFINITY) <= sinceMs) {
        await this.#dropOldest();
      }
      return this.first - before;
    });
  }

  /** Drops the oldest files until those that are written no more have at most so many bytes together; resolves to how many records were dropped. */
  async dropBeyondBytes(sizeBytes: number): Promise<number> {
    return this.#changeFiles(async () => {
      const before = this.first;
      const lengths: number[] = [];
      for (const header of this.#segments.slice(0, -1)) lengths.push(await this.#lengthOf(header));
      let total = lengths.reduce((sum, length) => sum + length, 0);
      for (const length of lengths) {
        if (total <= sizeBytes) break;
        await this.#dropOldest();
        total -= length;
      }
      return this.first - before;
    });
  }

  /** Bytes of all files. */
  async measure(): Promise<number> {
    let total = this.#length;
    for (const header of this.#segments.slice(0, -1)) total += await this.#lengthOf(header);
    return total;
  }

  async erase(selection: RecordSelection<T>): Promise<number> {
    return this.#changeFiles(async () => {
      const end = this.#end;
      let erased = 0;
      for (const header of [...this.#segments]) {
        if (header.first >= end) break;
        erased += await this.#eraseFrom(header, selection);
      }
      return erased;
    });
  }

  /** Replaces a file by one without what is selected: whole, in one step, so that a crash leaves the one or the other. Who is reading the old one reads on in it. */
  async #eraseFrom(header: SegmentHeader, selection: RecordSelection<T>): Promise<number> {
    const wasTail = header === this.#segments.at(-1);
    let rewritten = await this.#rewrite(header, selection);
    if (wasTail && rewritten !== null) {
      // It may have grown since: only what is written no more is replaced.
      await this.#exclusively(async () => {
        if (header === this.#segments.at(-1)) await this.#begin();
      });
      rewritten = await this.#rewrite(header, selection);
    }
    if (rewritten === null) return 0;
    await this.#folder.create(this.#nameOf(header), rewritten.content);
    return rewritten.erased;
  }

  async #rewrite(header: SegmentHeader, { mentions, matches }: RecordSelection<T>) {
    const name = this.#nameOf(header);
    const place = `${this.#folder.path}/${name}`;
    const file = await this.#folder.open(name, 'read');
    try {
      const isTail = header === this.#segments.at(-1);
      const reader = new FrameReader(file, header, isTail ? this.#length : await file.length());
      return await eraseRecords(reader, header, place, (bytes, offset) => {
        if (!isMentioned(bytes, mentions)) return false;
        return matches(this.#codec.decode(bytes, `${place}, record ${offset}`));
      });
    } finally {
      await file.close();
    }
  }

  async #dropOldest(): Promise<void> {
    const oldest = this.#segments.shift()!;
    await this.#folder.remove(this.#nameOf(oldest));
  }

  async #lengthOf(header: SegmentHeader): Promise<number> {
    const file = await this.#folder.open(this.#nameOf(header), 'read');
    try {
      return await file.length();
    } finally {
      await file.close();
    }
  }

  close(): Promise<void> {
    this.#closing ??= Promise.all([this.#work, this.#changes]).then(async () => {
      // What was appended while files were being changed.
      await this.#work;
      if (!this.#codec.isDurable) await this.#tail.sync();
      await this.#tail.close();
      await this.#lock.release();
    });
    return this.#closing;
  }

  #nameOf({ first }: SegmentHeader): string {
    return segmentName(first, this.#codec.extension);
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

  /** Runs `work` behind whatever was begun earlier. */
  #exclusively(work: () => Promise<void>): Promise<void> {
    const done = this.#work.then(work);
    this.#work = done.catch(() => {});
    return done;
  }

  async #writeWaiting(): Promise<void> {
    while (this.#waiting.length > 0) {
      // Left in the queue until it is done: an append that comes meanwhile must not begin another loop.
      const group = this.#nextGroup();
      const outcome = await this.#writeGroup(group);
      this.#waiting.splice(0, group.length);
      for (const [place, append] of group.entries()) {
        if (outcome instanceof EventLogError) append.reject(outcome);
        else append.resolve(outcome[place]!);
      }
    }
  }

  #nextGroup(): readonly Append[] {
    let sizeBytes = 0;
    const beyond = this.#waiting.findIndex((append, place) => {
      sizeBytes += append.sizeBytes;
      return place > 0 && sizeBytes > GROUP_BYTES;
    });
    return this.#waiting.slice(0, beyond < 0 ? this.#waiting.length : beyond);
  }

  /** Where each append of the group stands now, durably; or why none of them does. */
  async #writeGroup(group: readonly Append[]): Promise<readonly AppendedRange[] | EventLogError> {
    if (this.#broken !== null) return this.#broken;
    const records = group.flatMap((append) => append.records);
    const begin = this.#end;
    try {
      if (records.length > 0) await this.#writeFrame(encodeFrame(begin, records));
    } catch (cause) {
      return this.#takeBack(cause);
    }
    this.#end = begin + records.length;
    let first = begin;
    return group.map((append) => {
      const range = { first, end: first + append.records.length };
      first = range.end;
      return range;
    });
  }

  async #writeFrame(frame: Buffer): Promise<void> {
    if (this.#isTailFull() || this.#isTailOld()) await this.#begin();
    let written = 0;
    while (written < frame.length) {
      const count = await this.#tail.write(frame.subarray(written), this.#length + written);
      if (count <= 0) throw new Error('the disk takes no more bytes');
      written += count;
    }
    const started = performance.now();
    if (this.#codec.isDurable) await this.#tail.sync();
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
      await this.#tail.truncate(this.#length);
      await this.#tail.sync();
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

  #isTailFull(): boolean {
    return this.#holdsRecords() && this.#length >= (this.#options.segmentBytes ?? SEGMENT_BYTES);
  }

  #isTailOld(): boolean {
    return this.#holdsRecords() && this.#now() >= this.#segments.at(-1)!.begunMs + SEGMENT_MS;
  }

  /** Two files with the same first record would have the same name. */
  #holdsRecords(): boolean {
    return this.#length > SEGMENT_HEADER_BYTES;
  }

  /** Begins a file. */
  async #begin(): Promise<void> {
    if (!this.#holdsRecords()) return;
    if (this.#broken !== null) throw this.#broken;
    const header = { first: this.#end, begunMs: this.#now() };
    const name = this.#nameOf(header);
    await this.#folder.create(name, encodeSegmentHeader(header));
    const tail = await this.#folder.open(name, 'write');
    const earlier = this.#tail;
    this.#tail = tail;
    this.#length = SEGMENT_HEADER_BYTES;
    this.#segments.push(header);
    if (!this.#codec.isDurable) await earlier.sync();
    await earlier.close();
  }

  #now(): number {
    return (this.#options.now ?? Date.now)();
  }
}
