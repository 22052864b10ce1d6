import { crc32 } from 'node:zlib';
import type { EventFile } from './event-files.ts';
import { decodeFrame, FRAME_HEADER_BYTES, type Frame, frameSize } from './event-frame.ts';
import { EventLogError } from './event-log-error.ts';

/** `FTEL` as a little-endian number. */
const MAGIC = 0x4c455446;
/** What is written. */
const VERSION = 1;
/** The same, with records that were erased. */
const ERASED_VERSION = 2;
export const SEGMENT_HEADER_BYTES = 32;
const CHECKED_BYTES = 24;
const READ_BYTES = 1024 * 1024;
const NAME = /^(\d{16})(\.[a-z]+)$/;
/** Of the files of the log of events. */
export const EVENTS_EXTENSION = '.events';

/** What the beginning of a file of the log tells. */
export interface SegmentHeader {
  /** The offset of its first record. */
  readonly first: number;
  /** When it was begun: every record of the files before it arrived earlier. */
  readonly begunMs: number;
  /** Whether some of its records were erased: they have no bytes. */
  readonly isErased?: boolean;
}

/** The name of the file whose first record has this offset; names sort as offsets do. */
export function segmentName(first: number, extension: string = EVENTS_EXTENSION): string {
  return `${String(first).padStart(16, '0')}${extension}`;
}

/** The offset in a file's name; `null` for other files. */
export function parseSegmentName(
  name: string,
  extension: string = EVENTS_EXTENSION,
): number | null {
  const [, digits, found] = NAME.exec(name) ?? [];
  return digits === undefined || found !== extension ? null : Number(digits);
}

/** The bytes of a file's header (FORMAT.md). */
export function encodeSegmentHeader({ first, begunMs, isErased }: SegmentHeader): Buffer {
  const bytes = Buffer.alloc(SEGMENT_HEADER_BYTES);
  bytes.writeUInt32LE(MAGIC, 0);
  bytes.writeUInt32LE(isErased ? ERASED_VERSION : VERSION, 4);
  bytes.writeBigUInt64LE(BigInt(first), 8);
  bytes.writeDoubleLE(begunMs, 16);
  bytes.writeUInt32LE(crc32(bytes.subarray(0, CHECKED_BYTES)), CHECKED_BYTES);
  return bytes;
}

/** Reads and checks the header of a file that should begin with the record `first`; throws `damaged` or `bad-version`. */
export async function readSegmentHeader(
  file: EventFile,
  place: string,
  first: number,
): Promise<SegmentHeader> {
  const bytes = Buffer.alloc(SEGMENT_HEADER_BYTES);
  const length = await file.read(bytes, 0);
  const fault = (what: string) => new EventLogError('damaged', `${place}: ${what}`);
  if (length < SEGMENT_HEADER_BYTES) {
    throw fault(`expected a header of ${SEGMENT_HEADER_BYTES} bytes, got ${length} bytes`);
  }
  if (bytes.readUInt32LE(0) !== MAGIC) throw fault('expected a file of an event log, got another');
  const version = bytes.readUInt32LE(4);
  if (crc32(bytes.subarray(0, CHECKED_BYTES)) !== bytes.readUInt32LE(CHECKED_BYTES)) {
    throw fault('the checksum of its header differs from what was written');
  }
  if (version !== VERSION && version !== ERASED_VERSION) {
    throw new EventLogError(
      'bad-version',
      `${place}: expected an event log of version ${VERSION} or ${ERASED_VERSION}, got ${version}`,
    );
  }
  const told = Number(bytes.readBigUInt64LE(8));
  if (told !== first) throw fault(`expected its first record to be ${first}, got ${told}`);
  const begunMs = bytes.readDoubleLE(16);
  return version === ERASED_VERSION ? { first, begunMs, isErased: true } : { first, begunMs };
}

/** Reads the frames of a file one behind the other, checking each. */
export class FrameReader {
  readonly #file: EventFile;
  readonly #end: number;
  #position = SEGMENT_HEADER_BYTES;
  #next: number;
  /** What is read is put here, over what was read before: a buffer for each read would have the collector stop everything, again and again. */
  #storage = Buffer.alloc(0);
  /** The part of it that holds something. */
  #buffer = Buffer.alloc(0);
  #bufferAt = 0;

  /** @param end where the file's durable bytes end */
  constructor(file: EventFile, header: SegmentHeader, end: number) {
    this.#file = file;
    this.#end = end;
    this.#next = header.first;
  }

  /** Where the next frame begins. */
  get position(): number {
    return this.#position;
  }

  /** The offset of the next frame's first record. */
  get next(): number {
    return this.#next;
  }

  get isAtEnd(): boolean {
    return this.#position >= this.#end;
  }

  /** The next frame, whose records are views that the following call overwrites; `null` when there is no whole one with the right offset. */
  async read(): Promise<Frame | null> {
    const header = await this.#view(FRAME_HEADER_BYTES);
    const sizeBytes = frameSize(header);
    if (sizeBytes === null || this.#position + sizeBytes > this.#end) return null;
    const frame = decodeFrame(await this.#view(sizeBytes));
    if (frame === null || frame.first !== this.#next) return null;
    this.#position += sizeBytes;
    this.#next += frame.records.length;
    return frame;
  }

  /** The next frame, of a file in which it must be; throws `damaged`, naming the place, when `read` finds none. */
  async readWhole(place: string): Promise<Frame> {
    const frame = await this.read();
    if (frame !== null) return frame;
    throw new EventLogError(
      'damaged',
      `${place}: expected record ${this.#next} at byte ${this.#position}, found bytes that differ from what was written; restore the file from a backup`,
    );
  }

  /** The bytes from the position on: so many, or fewer at the end. */
  async #view(sizeBytes: number): Promise<Buffer> {
    const within = this.#position - this.#bufferAt;
    if (within + sizeBytes <= this.#buffer.length) {
      return this.#buffer.subarray(within, within + sizeBytes);
    }
    const wanted = Math.min(Math.max(sizeBytes, READ_BYTES), this.#end - this.#position);
    if (wanted > this.#storage.length) this.#storage = Buffer.allocUnsafe(wanted);
    const read = await this.#file.read(
      this.#storage.subarray(0, Math.max(wanted, 0)),
      this.#position,
    );
    this.#buffer = this.#storage.subarray(0, read);
    this.#bufferAt = this.#position;
    return this.#buffer.subarray(0, sizeBytes);
  }
}
