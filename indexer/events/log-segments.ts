import type { EventFile, EventFolder } from './event-files.ts';
import { findFrame } from './event-frame.ts';
import { EventLogError } from './event-log-error.ts';
import {
  EVENTS_EXTENSION,
  FrameReader,
  parseSegmentName,
  readSegmentHeader,
  type SegmentHeader,
  segmentName,
} from './log-segment.ts';

/** The last file of a log, opened for writing and checked to its end. */
export interface OpenedTail {
  readonly file: EventFile;
  readonly header: SegmentHeader;
  /** Where the next frame goes, and the offset of its first record. */
  readonly length: number;
  readonly end: number;
  /** Bytes that a crash had left behind the last whole frame, and that were cut off. */
  readonly tornBytes: number;
}

/** The headers of a log's files, oldest first; throws `damaged` for one that is not as it was written. */
export async function readSegmentHeaders(
  folder: EventFolder,
  extension: string = EVENTS_EXTENSION,
): Promise<SegmentHeader[]> {
  const isOurs = (name: string) => parseSegmentName(name, extension) !== null;
  const names = (await folder.list()).filter(isOurs).sort();
  const headers: SegmentHeader[] = [];
  for (const name of names) {
    const file = await folder.open(name, 'read');
    try {
      const place = `${folder.path}/${name}`;
      headers.push(await readSegmentHeader(file, place, parseSegmentName(name, extension) ?? 0));
    } finally {
      await file.close();
    }
  }
  return headers;
}

/**
 * Opens a log's last file for writing. A crash can have left it with part of one frame at its end, which nobody was told of, as the next
 * frame is written only after the one before is on disk: that part is cut off. Whole frames behind a broken one mean that the broken one had been
 * whole: `damaged`.
 */
export async function openTail(
  folder: EventFolder,
  header: SegmentHeader,
  extension: string = EVENTS_EXTENSION,
): Promise<OpenedTail> {
  const name = segmentName(header.first, extension);
  const file = await folder.open(name, 'write');
  try {
    const size = await file.length();
    const reader = new FrameReader(file, header, size);
    while (!reader.isAtEnd && (await reader.read()) !== null);
    const { position: length, next: end } = reader;
    const tornBytes = size - length;
    if (tornBytes > 0) {
      await refuseDamage(file, { place: `${folder.path}/${name}`, length, size, end });
      await file.truncate(length);
    }
    // What a killed process wrote may still be in memory alone; from now on it counts as durable.
    await file.sync();
    return { file, header, length, end, tornBytes };
  } catch (error) {
    await file.close();
    throw error;
  }
}

interface TornPart {
  readonly place: string;
  readonly length: number;
  readonly size: number;
  readonly end: number;
}

async function refuseDamage(file: EventFile, { place, length, size, end }: TornPart) {
  const rest = Buffer.alloc(size - length);
  const read = await file.read(rest, length);
  const whole = findFrame(rest.subarray(0, read), 1, end + 1);
  if (whole < 0) return;
  throw new EventLogError(
    'damaged',
    `${place}: expected record ${end} at byte ${length}, found bytes that differ from what was written, and whole records behind them at byte ${length + whole}; restore the file from a backup`,
  );
}
