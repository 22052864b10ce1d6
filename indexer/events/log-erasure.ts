import { encodeFrame } from './event-frame.ts';
import { encodeSegmentHeader, type FrameReader, type SegmentHeader } from './log-segment.ts';

const NOTHING = Buffer.alloc(0);
/** Bytes that are written at once. */
const PIECE_BYTES = 1024 * 1024;

/** A file of a log without what was erased, in pieces. */
export interface RewrittenSegment {
  readonly content: readonly Buffer[];
  readonly erased: number;
}

/** Whether a record, whose number is `offset`, is to go. */
export type IsErased = (bytes: Buffer, offset: number) => boolean;

/** Whether any record of a file is to go. Throws as `eraseRecords`; in bytes that differ from what was written there may be one. */
export async function holdsErased(
  reader: FrameReader,
  place: string,
  isErased: IsErased,
): Promise<boolean> {
  while (!reader.isAtEnd) {
    const { next: first } = reader;
    const { records } = await reader.readWhole(place);
    if (records.some((bytes, within) => isGone(bytes, first + within, isErased))) return true;
  }
  return false;
}

/**
 * The content of a file with each record that `isErased` in place of which nothing stands, so that those behind it keep their numbers. Throws `damaged`
 * for bytes that differ from what was written: what cannot be read cannot be looked through. The event loop is held for a piece at a time.
 */
export async function eraseRecords(
  reader: FrameReader,
  header: SegmentHeader,
  place: string,
  isErased: IsErased,
): Promise<RewrittenSegment> {
  const pieces = new Pieces();
  pieces.add(encodeSegmentHeader({ ...header, isErased: true }));
  let erased = 0;
  while (!reader.isAtEnd) {
    const { next: first } = reader;
    const frame = await reader.readWhole(place);
    let isWhole = true;
    const kept = frame.records.map((bytes, within) => {
      if (!isGone(bytes, first + within, isErased)) return bytes;
      erased++;
      isWhole = false;
      return NOTHING;
    });
    pieces.add(isWhole ? frame.bytes : encodeFrame(first, kept));
  }
  return { content: pieces.end(), erased };
}

function isGone(bytes: Buffer, offset: number, isErased: IsErased): boolean {
  return bytes.length > 0 && isErased(bytes, offset);
}

/** Copies bytes one behind the other into pieces of about `PIECE_BYTES`. */
class Pieces {
  readonly #done: Buffer[] = [];
  #piece = Buffer.allocUnsafe(PIECE_BYTES);
  #used = 0;

  add(bytes: Buffer): void {
    if (this.#used + bytes.length > this.#piece.length) {
      this.#done.push(this.#piece.subarray(0, this.#used));
      this.#piece = Buffer.allocUnsafe(Math.max(PIECE_BYTES, bytes.length));
      this.#used = 0;
    }
    this.#used += bytes.copy(this.#piece, this.#used);
  }

  end(): readonly Buffer[] {
    return [...this.#done, this.#piece.subarray(0, this.#used)];
  }
}
