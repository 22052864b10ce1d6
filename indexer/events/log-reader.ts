import type { Logged } from './event-log.ts';
import { EventLogError } from './event-log-error.ts';
import type { LogFiles } from './log-files.ts';
import { FrameReader, type SegmentHeader } from './log-segment.ts';
import type { LogTail } from './log-tail.ts';
import { MentionFinder } from './mention-finder.ts';

/** Reads a log's records while it is written, as far as they were durable when the reading began. */
export class LogReader<T> {
  readonly #files: LogFiles;
  readonly #tail: LogTail;
  readonly #decode: (bytes: Buffer, place: string) => T;

  /** @param decode reads a record; `place` names its bytes in errors */
  constructor(files: LogFiles, tail: LogTail, decode: (bytes: Buffer, place: string) => T) {
    this.#files = files;
    this.#tail = tail;
    this.#decode = decode;
  }

  /** As `RecordLog.read`. */
  async *read(from: number, mentions?: readonly string[]): AsyncGenerator<Logged<T>> {
    const { end } = this.#tail;
    const finder = mentions === undefined ? null : new MentionFinder(mentions);
    const headers = this.#files.list();
    for (const [place, header] of headers.entries()) {
      if (header.first >= end) return;
      if ((headers[place + 1]?.first ?? end) <= from) continue;
      yield* this.#readFile(header, from, end, finder);
    }
  }

  async *#readFile(
    header: SegmentHeader,
    from: number,
    end: number,
    finder: MentionFinder | null,
  ): AsyncGenerator<Logged<T>> {
    const place = this.#files.placeOf(header);
    const file = await this.#files.openKept(header);
    if (file === null) return;
    try {
      const reader = new FrameReader(file, header, await this.#tail.durableLength(header, file));
      while (!reader.isAtEnd) {
        const { next: first } = reader;
        const frame = await reader.readWhole(place);
        for (const [within, bytes] of frame.records.entries()) {
          const offset = first + within;
          if (offset >= end) return;
          // One without bytes was erased.
          if (offset < from || bytes.length === 0) continue;
          if (finder !== null && !finder.isIn(bytes)) continue;
          yield { offset, record: this.#decode(bytes, `${place}, record ${offset}`) };
        }
      }
      this.#checkJoin(header, Math.min(reader.next, end), end, place);
    } finally {
      await file.close();
    }
  }

  /** A file ends where the next one begins; one that was cut between two frames shows here alone. */
  #checkJoin(header: SegmentHeader, read: number, end: number, place: string): void {
    const expected = Math.min(this.#files.endOf(header) ?? end, end);
    if (read >= expected) return;
    throw new EventLogError(
      'damaged',
      `${place}: expected records up to ${expected}, got records up to ${read}; restore the file from a backup`,
    );
  }
}
