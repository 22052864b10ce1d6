import { encodeFrame, type Frame } from './event-frame.ts';
import { encodeSegmentHeader, type FrameReader, type SegmentHeader } from './log-segment.ts';

const NOTHING = Buffer.alloc(0);
/** Bytes that are written at once. */
const PIECE_BYTES = 1024 * 1024;

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

/** What is rewritten of a file of a log. */
export interface Rewriting {
  readonly reader: FrameReader;
  readonly header: SegmentHeader;
  /** Names the file in errors. */
  readonly place: string;
  readonly isErased: IsErased;
  /** Told of each record that is gone. */
  readonly onErased: () => void;
}

/**
 * The content of a file, piece by piece, with each record that `isErased` in place of which nothing stands, so that those behind it keep their numbers. Each piece overwrites the one
 * before it. Throws `damaged` for bytes that differ from what was written: what cannot be read cannot be looked through. The event loop is held for a piece at a time.
 */
export async function* eraseRecords(rewriting: Rewriting): AsyncGenerator<Buffer> {
  const { reader, header, place } = rewriting;
  let piece = Buffer.allocUnsafe(PIECE_BYTES);
  let used = encodeSegmentHeader({ ...header, isErased: true }).copy(piece);
  while (!reader.isAtEnd) {
    const { next: first } = reader;
    const bytes = withoutErased(first, await reader.readWhole(place), rewriting);
    if (used + bytes.length > piece.length) {
      yield piece.subarray(0, used);
      if (bytes.length > piece.length) piece = Buffer.allocUnsafe(bytes.length);
      used = 0;
    }
    used += bytes.copy(piece, used);
  }
  yield piece.subarray(0, used);
}

/** The bytes of a frame without the records that are to go. */
function withoutErased(
  first: number,
  { records, bytes }: Frame,
  { isErased, onErased }: Rewriting,
): Buffer {
  let isWhole = true;
  const kept = records.map((record, within) => {
    if (!isGone(record, first + within, isErased)) return record;
    onErased();
    isWhole = false;
    return NOTHING;
  });
  return isWhole ? bytes : encodeFrame(first, kept);
}

function isGone(bytes: Buffer, offset: number, isErased: IsErased): boolean {
  return bytes.length > 0 && isErased(bytes, offset);
}
