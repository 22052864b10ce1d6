import { encodeFrame } from './event-frame.ts';
import { encodeSegmentHeader, type FrameReader, type SegmentHeader } from './log-segment.ts';

const NOTHING = Buffer.alloc(0);

/** A file of a log without what was erased. */
export interface RewrittenSegment {
  readonly content: Buffer;
  readonly erased: number;
}

/** Whether any of the words stands in a record's bytes: far cheaper than to read what it says. */
export function isMentioned(bytes: Buffer, words: readonly string[]): boolean {
  return words.some((word) => bytes.includes(word));
}

/**
 * The content of a file with each record that `isErased` in place of which nothing stands, so that those behind it keep their numbers; null when none is. Throws `damaged`
 * for bytes that differ from what was written: what cannot be read cannot be looked through.
 */
export async function eraseRecords(
  reader: FrameReader,
  header: SegmentHeader,
  place: string,
  isErased: (bytes: Buffer, offset: number) => boolean,
): Promise<RewrittenSegment | null> {
  const parts: Buffer[] = [encodeSegmentHeader({ ...header, isErased: true })];
  let erased = 0;
  while (!reader.isAtEnd) {
    const { next: first } = reader;
    const frame = await reader.readWhole(place);
    const kept = frame.records.map((bytes, within) => {
      if (bytes.length === 0 || !isErased(bytes, first + within)) return bytes;
      erased++;
      return NOTHING;
    });
    parts.push(encodeFrame(first, kept));
  }
  return erased === 0 ? null : { content: Buffer.concat(parts), erased };
}
