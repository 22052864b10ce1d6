import { setImmediate as nextTurn } from 'node:timers/promises';
import {
  FileLog,
  type FileLogOptions,
  openLog,
  type RecordCodec,
} from '../../indexer/events/file-log.ts';
import type { Whose } from '../people/user-trail.ts';
import {
  decodeServedList,
  encodeServedList,
  type ServedList,
  type UnwrittenList,
} from './served-list.ts';

/** A list that is to be logged. */
export interface NotedList {
  /** Asked at once, unless too many wait. */
  list(): UnwrittenList;
  /** Asked when it goes to disk: whether it may. */
  isWanted(): boolean;
}

/** A list that waits for the disk. */
interface WaitingList {
  readonly bytes: Buffer;
  readonly noted: NotedList;
}

export interface ServedLogOptions {
  /** Made when it is not there. */
  readonly folder: string;
  /** Oldest lists go when all are more; a GiB when absent. */
  readonly mostBytes?: number;
  /** Lists that wait to be written; more are dropped, and counted. */
  readonly mostWaiting?: number;
  /** How often what waits is written. */
  readonly flushMs?: number;
  readonly segmentBytes?: number;
  /** A line for the operator. */
  readonly report: (line: string) => void;
  readonly now?: () => number;
  /** For tests. */
  readonly wrapFolder?: FileLogOptions['wrapFolder'];
}

export interface ServedCounts {
  written: number;
  /** Lists that were not logged: too many at once, or the disk refused them. */
  dropped: number;
}

const MOST_BYTES = 1024 * 1024 * 1024;
const MOST_WAITING = 10_000;
const FLUSH_MS = 250;
const SEGMENT_BYTES = 16 * 1024 * 1024;
/** Lists that are written before requests have their turn: about a millisecond's work. */
const AT_ONCE = 512;

/** A file's worth of lists without an fsync each: a crash of the machine may lose the last seconds, never what is before. */
const LISTS: RecordCodec<Buffer> = {
  extension: '.served',
  isDurable: false,
  write: (bytes, into) => into.bytes(bytes),
  decode: (bytes) => Buffer.from(bytes),
};

class ServedFiles extends FileLog<Buffer> {
  static async open(options: FileLogOptions): Promise<ServedFiles> {
    return new ServedFiles(await openLog(options, LISTS.extension), LISTS, options);
  }
}

/**
 * What was shown, to whom, ranked by what: for training, and for whoever asks what is kept of them. Append-only files, bounded in bytes; written behind the requests, which it never
 * slows or fails: when too much waits, or the disk refuses, lists are dropped and counted.
 */
export class ServedLog {
  readonly counts: ServedCounts = { written: 0, dropped: 0 };
  readonly failure = null;
  readonly #files: ServedFiles;
  readonly #options: ServedLogOptions;
  readonly #timer: NodeJS.Timeout;
  #waiting: WaitingList[] = [];
  /** Those that wait, and those that are being written. */
  #unwritten = 0;
  #flushing: Promise<void> = Promise.resolve();
  #sinceDrop = 0;
  #isFailing = false;

  private constructor(files: ServedFiles, options: ServedLogOptions) {
    this.#files = files;
    this.#options = options;
    this.#timer = setInterval(() => void this.flush(), options.flushMs ?? FLUSH_MS).unref();
  }

  /** Opens the log of a folder, or begins one. Throws as an event log does. */
  static async open(options: ServedLogOptions): Promise<ServedLog> {
    const { folder, report, now, wrapFolder, segmentBytes = SEGMENT_BYTES } = options;
    const files = await ServedFiles.open({
      folder,
      segmentBytes,
      log: report,
      ...(now === undefined ? {} : { now }),
      ...(wrapFolder === undefined ? {} : { wrapFolder }),
    });
    const log = new ServedLog(files, options);
    await log.#drop();
    return log;
  }

  /** Takes a list to be written: put into bytes while all that it tells of is at hand, which later has to be kept, collected and fetched again. */
  note(noted: NotedList): void {
    if (this.#waiting.length >= (this.#options.mostWaiting ?? MOST_WAITING)) {
      this.counts.dropped++;
      return;
    }
    try {
      this.#waiting.push({ bytes: encodeServedList(noted.list()), noted });
      this.#unwritten++;
    } catch (error) {
      this.counts.dropped++;
      this.#onFailure(error);
    }
  }

  settled(): Promise<void> | null {
    return this.#unwritten === 0 ? null : this.flush();
  }

  /** Writes what waits. Never rejects. */
  flush(): Promise<void> {
    this.#flushing = this.#flushing.then(() => this.#write());
    return this.#flushing;
  }

  /** All lists, oldest first; those that mention one of the words when asked. */
  async *read(mentions?: readonly string[]): AsyncGenerator<ServedList> {
    await this.flush();
    for await (const { offset, record } of this.#files.read(0, mentions)) {
      yield decodeServedList(record, this.#placeOf(offset));
    }
  }

  /** The last lists, as many as that, oldest first. */
  async *latest(most: number): AsyncGenerator<ServedList> {
    await this.flush();
    const { first, end } = this.#files;
    for await (const { offset, record } of this.#files.read(Math.max(first, end - most))) {
      yield decodeServedList(record, this.#placeOf(offset));
    }
  }

  /** Erases lists, whose bytes are then gone; resolves to how many. */
  async erase(selection: {
    readonly mentions: readonly string[];
    matches(list: Whose): boolean;
  }): Promise<number> {
    await this.flush();
    return this.#files.erase({
      mentions: selection.mentions,
      matches: (bytes) => selection.matches(decodeServedList(bytes, this.#options.folder)),
    });
  }

  /** As of an event log. */
  dropArrivedBefore(sinceMs: number): Promise<number> {
    return this.#files.dropArrivedBefore(sinceMs);
  }

  /** Writes what waits, and ends. */
  async close(): Promise<void> {
    clearInterval(this.#timer);
    await this.flush();
    await this.#files.close();
  }

  async #write(): Promise<void> {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (let at = 0; at < waiting.length; at += AT_ONCE) {
      const wanted = waiting.slice(at, at + AT_ONCE).filter(({ noted }) => noted.isWanted());
      const bytes = wanted.map((each) => each.bytes);
      try {
        await this.#files.append(bytes);
        this.counts.written += wanted.length;
        this.#sinceDrop += bytes.reduce((sum, { length }) => sum + length, 0);
        this.#isFailing = false;
      } catch (error) {
        this.counts.dropped += wanted.length;
        this.#onFailure(error);
      }
      this.#unwritten -= Math.min(AT_ONCE, waiting.length - at);
      await nextTurn();
    }
    if (this.#sinceDrop >= (this.#options.segmentBytes ?? SEGMENT_BYTES)) await this.#drop();
  }

  /** Keeps the files within their bytes, the one that is written included. */
  async #drop(): Promise<void> {
    const { mostBytes = MOST_BYTES, segmentBytes = SEGMENT_BYTES } = this.#options;
    this.#sinceDrop = 0;
    try {
      await this.#files.dropBeyondBytes(Math.max(0, mostBytes - segmentBytes));
    } catch (error) {
      this.#onFailure(error);
    }
  }

  #onFailure(error: unknown): void {
    if (this.#isFailing) return;
    this.#isFailing = true;
    const why = error instanceof Error ? error.message : String(error);
    this.#options.report(`served lists are not logged: ${why}`);
  }

  #placeOf(offset: number): string {
    return `${this.#options.folder}, list ${offset}`;
  }
}
