import type { FilePieces } from '../segment/durable-files.ts';
import type { EventFile, EventFolder } from './event-files.ts';
import { encodeSegmentHeader, type SegmentHeader, segmentName } from './log-segment.ts';

/** Which files a log is made of now: oldest first, the last being the one that is written. There is always one. */
export class LogFiles {
  readonly #folder: EventFolder;
  readonly #extension: string;
  readonly #headers: SegmentHeader[];

  /** @param headers of all files, oldest first; at least one */
  constructor(folder: EventFolder, extension: string, headers: readonly SegmentHeader[]) {
    this.#folder = folder;
    this.#extension = extension;
    this.#headers = [...headers];
  }

  /** The offset of the oldest record that is kept. */
  get first(): number {
    return this.#headers[0]!.first;
  }

  get last(): SegmentHeader {
    return this.#headers.at(-1)!;
  }

  /** The files that there are now; who goes through them sees none that come later. */
  list(): readonly SegmentHeader[] {
    return [...this.#headers];
  }

  /** Where the records of a file that is written no more end; undefined of the last. */
  endOf(header: SegmentHeader): number | undefined {
    return this.#headers[this.#headers.indexOf(header) + 1]?.first;
  }

  /** The file's path, for messages. */
  placeOf(header: SegmentHeader): string {
    return `${this.#folder.path}/${this.#nameOf(header)}`;
  }

  /** To read a file; rejects when it is there no more. */
  open(header: SegmentHeader): Promise<EventFile> {
    return this.#folder.open(this.#nameOf(header), 'read');
  }

  /** To read a file; `null` when it was dropped since it was listed. */
  async openKept(header: SegmentHeader): Promise<EventFile | null> {
    try {
      return await this.open(header);
    } catch (error) {
      if (header.first < this.first) return null;
      throw error;
    }
  }

  /** Makes an empty file, which is not among the log's before `add`. */
  async create(header: SegmentHeader): Promise<EventFile> {
    const name = this.#nameOf(header);
    await this.#folder.create(name, [encodeSegmentHeader(header)]);
    return this.#folder.open(name, 'write');
  }

  /** Makes a file the last one. */
  add(header: SegmentHeader): void {
    this.#headers.push(header);
  }

  /** Puts another content in a file's place, in one step. */
  async replace(header: SegmentHeader, content: FilePieces): Promise<void> {
    await this.#folder.create(this.#nameOf(header), content);
  }

  async dropOldest(): Promise<void> {
    const oldest = this.#headers.shift()!;
    await this.#folder.remove(this.#nameOf(oldest));
  }

  /** Drops every file whose records arrived before an instant, as far as the next one's beginning tells. */
  async dropArrivedBefore(sinceMs: number): Promise<void> {
    // What stands before a file arrived before it was begun.
    while ((this.#headers[1]?.begunMs ?? Number.POSITIVE_INFINITY) <= sinceMs) {
      await this.dropOldest();
    }
  }

  /** The first record of the file that was the last when something at `sinceMs` arrived. */
  arrivedSince(sinceMs: number): number {
    // What stands before a file had arrived when it was begun, though perhaps in the same millisecond.
    const begun = this.#headers.findLast(({ begunMs }) => begunMs < sinceMs);
    return begun?.first ?? this.first;
  }

  /** Bytes of each file that is written no more, oldest first. */
  async finishedLengths(): Promise<readonly number[]> {
    const lengths: number[] = [];
    for (const header of this.#headers.slice(0, -1)) {
      const file = await this.open(header);
      try {
        lengths.push(await file.length());
      } finally {
        await file.close();
      }
    }
    return lengths;
  }

  #nameOf({ first }: SegmentHeader): string {
    return segmentName(first, this.#extension);
  }
}
