import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach } from 'vitest';
import { FileEventLog, type FileEventLogOptions } from '../../../indexer/events/file-event-log.ts';
import { readAll, sampleRecords } from '../../contracts/event-log.ts';

/** Bytes of the header of a log's file. */
export const HEADER_BYTES = 32;

/** A new folder for each test, whose logs are closed behind it. */
export interface LogFolder {
  readonly path: string;
  open(options?: Partial<FileEventLogOptions>): Promise<FileEventLog>;
  /** Names of the log's files, oldest first. */
  segmentsOf(): Promise<readonly string[]>;
  /** Leaves a closed log of three frames with two records each, in one file; gives the file. */
  writeThreeFrames(): Promise<string>;
}

/** Makes the folders of a file's tests. */
export function useLogFolder(): LogFolder {
  let folder = '';
  const opened: FileEventLog[] = [];
  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'foretype-events-'));
  });
  afterEach(async () => {
    for (const log of opened.splice(0)) await log.close();
    await rm(folder, { recursive: true });
  });
  const open = async (options: Partial<FileEventLogOptions> = {}) => {
    const log = await FileEventLog.open({ folder, ...options });
    opened.push(log);
    return log;
  };
  const segmentsOf = async () =>
    (await readdir(folder)).filter((name) => name.endsWith('.events')).sort();
  return {
    get path() {
      return folder;
    },
    open,
    segmentsOf,
    async writeThreeFrames() {
      const log = await open();
      for (const from of [0, 2, 4]) await log.append(sampleRecords(from, from + 2));
      await log.close();
      return path.join(folder, (await segmentsOf())[0] ?? '');
    },
  };
}

/** The numbers of a log's events, as `sampleRecords` counts them. */
export async function ids(log: FileEventLog): Promise<readonly number[]> {
  return (await readAll(log)).map(({ record }) =>
    Number(record.event.eventId.slice('event-'.length)),
  );
}

/** The numbers up to one. */
export const numbers = (count: number) => Array.from({ length: count }, (_, i) => i);
