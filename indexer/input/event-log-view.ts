import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { BuildError, messageOf, usageError } from '../build-error.ts';
import { type EventFile, type EventFolder, openEventFolder } from '../events/event-files.ts';
import { findFrame } from '../events/event-frame.ts';
import type { LoggedRecord } from '../events/event-log.ts';
import { EventLogError } from '../events/event-log-error.ts';
import { decodeRecord } from '../events/event-record.ts';
import {
  FrameReader,
  parseSegmentName,
  type SegmentHeader,
  segmentName,
} from '../events/log-segment.ts';
import { readSegmentHeaders } from '../events/log-segments.ts';

/** Where a server's data folder keeps the event log. */
const LOG_FOLDER = 'events';

/** The folder of the event log that a folder is, or, as a server's data folder, has. Throws wrong usage when it is neither. */
export async function findEventLog(folder: string): Promise<string> {
  if (await holdsLog(folder)) return folder;
  const within = join(folder, LOG_FOLDER);
  if (await holdsLog(within)) return within;
  throw usageError(
    `--events: expected a server's --data folder or its ${LOG_FOLDER} folder, found no event log in ${folder}`,
  );
}

async function holdsLog(folder: string): Promise<boolean> {
  try {
    return (await readdir(folder)).some((name) => parseSegmentName(name) !== null);
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return false;
    throw new BuildError('unreadable-input', `${folder}: cannot be read: ${messageOf(cause)}`, {
      cause,
    });
  }
}

/** Records that one write brought to disk, in order. */
interface RecordFrame {
  readonly first: number;
  /** Views that the next frame overwrites. */
  readonly records: readonly Buffer[];
}

/**
 * The records of an event log up to the one that was last when the view was opened, read without a lock beside the server that writes it: every
 * reading gives the same ones, but for those that retention drops meanwhile. A frame that is being written, or that a crash cut, is not there yet.
 */
export class EventLogView {
  /** One beyond the last record. */
  readonly end: number;
  readonly #folder: EventFolder;

  private constructor(folder: EventFolder, end: number) {
    this.#folder = folder;
    this.end = end;
  }

  /** Reads the last file of the log whole. Throws as reading does. */
  static async open(path: string): Promise<EventLogView> {
    const folder = await openEventFolder(path);
    const tail = (await readSegmentHeaders(folder)).at(-1);
    let end = tail?.first ?? 0;
    if (tail !== undefined) {
      for await (const { first, records } of readFrames(folder, tail, true)) {
        end = first + records.length;
      }
    }
    return new EventLogView(folder, end);
  }

  /** The records in order, those of one write at a time. Throws `EventLogError` `damaged`, naming the place, for what is not as it was written. */
  async *read(): AsyncGenerator<readonly LoggedRecord[]> {
    const headers = await readSegmentHeaders(this.#folder);
    for (const [place, header] of headers.entries()) {
      if (header.first >= this.end) return;
      const isTail = place === headers.length - 1;
      for await (const { first, records } of readFrames(this.#folder, header, isTail)) {
        if (first >= this.end) return;
        yield records.slice(0, this.end - first).flatMap((bytes, within) => {
          const offset = first + within;
          // One without bytes was erased.
          if (bytes.length === 0) return [];
          return { offset, record: decodeRecord(bytes, `${this.#folder.path}, record ${offset}`) };
        });
      }
    }
  }
}

/** The frames of one file. A broken one ends the last file of a log, unless whole ones follow it. */
async function* readFrames(
  folder: EventFolder,
  header: SegmentHeader,
  isTail: boolean,
): AsyncGenerator<RecordFrame> {
  const place = `${folder.path}/${segmentName(header.first)}`;
  const file = await openKept(folder, header);
  if (file === null) return;
  try {
    const size = await file.length();
    const reader = new FrameReader(file, header, size);
    while (!reader.isAtEnd) {
      const { position, next } = reader;
      const frame = await reader.read();
      if (frame !== null) {
        yield frame;
        continue;
      }
      const rest = Buffer.alloc(size - position);
      const read = await file.read(rest, position);
      if (isTail && findFrame(rest.subarray(0, read), 1, next + 1) < 0) return;
      throw new EventLogError(
        'damaged',
        `${place}: expected record ${next} at byte ${position}, found bytes that differ from what was written; restore the file from a backup`,
      );
    }
  } finally {
    await file.close();
  }
}

/** `null` for a file that retention dropped since the folder was listed. */
async function openKept(folder: EventFolder, { first }: SegmentHeader): Promise<EventFile | null> {
  try {
    return await folder.open(segmentName(first), 'read');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}
