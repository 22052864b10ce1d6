import { type FileHandle, open } from 'node:fs/promises';
import { join } from 'node:path';
import { BuildError } from '../build-error.ts';
import { EventLogError } from '../events/event-log-error.ts';
import type { EventsUpTo } from '../segment/manifest.ts';
import { EventLogView, findEventLog } from './event-log-view.ts';
import { type EventRow, EventRows } from './event-rows.ts';
import type { LogFile } from './row-log.ts';

const LISTS = ['queries', 'videos', 'comments'] as const;
type ListName = (typeof LISTS)[number];
const WRITE_CHARACTERS = 1 << 20;

/** What came of the events. */
export interface EventReport {
  readonly records: number;
  readonly searches: number;
  /** Those of them that name no user. */
  readonly unnamed: number;
  readonly videos: number;
  readonly comments: number;
  /** Searches that their users removed. */
  readonly removed: number;
  /** Events of videos whose texts a later one replaced. */
  readonly replaced: number;
}

/** The events of a log as lists that the build reads like any others. */
export interface GatheredEvents extends Readonly<Record<ListName, readonly LogFile[]>> {
  /** Null when the log keeps no record. */
  readonly upTo: EventsUpTo | null;
  readonly report: EventReport;
}

/** Looks for the log: throws wrong usage when there is none. */
export async function checkEvents(folder: string): Promise<void> {
  await findEventLog(folder);
}

/**
 * Reads the event log of a folder, or of a server's data folder, into files of `into`, which hold it until the caller removes them; a server may be writing the log.
 * Costs two readings of the log. Throws `BuildError` when it is damaged.
 *
 * @param asOfUs as `LogLayout.times` has it
 */
export async function gatherEvents(
  folder: string,
  into: string,
  asOfUs: number | undefined,
): Promise<GatheredEvents> {
  try {
    const view = await EventLogView.open(await findEventLog(folder));
    return await gather(view, into, asOfUs);
  } catch (cause) {
    if (!(cause instanceof EventLogError)) throw cause;
    throw new BuildError('unreadable-input', `--events: ${cause.message}`, { cause });
  }
}

async function gather(
  view: EventLogView,
  into: string,
  asOfUs: number | undefined,
): Promise<GatheredEvents> {
  const rows = new EventRows();
  for await (const frame of view.read()) for (const logged of frame) rows.foresee(logged);
  const taken = { queries: 0, unnamed: 0, videos: 0, comments: 0 };
  const counts = { ...taken, removed: 0, replaced: 0, none: 0 };
  let upTo: EventsUpTo | null = null;
  const files = await RowFiles.create(into);
  try {
    for await (const frame of view.read()) {
      for (const logged of frame) {
        const row = rows.rowOf(logged);
        counts[row.list]++;
        upTo = { offset: logged.offset + 1, arrivedMs: logged.record.arrivedMs };
        files.add(row);
      }
      await files.write(WRITE_CHARACTERS);
    }
    await files.write(0);
  } finally {
    await files.close();
  }
  const layout = { columns: new Map<string, string>(), hasHeader: true, times: { asOfUs } };
  const fileOf = (list: ListName, rows: number): LogFile[] =>
    rows === 0 ? [] : [{ path: files.pathOf(list), layout }];
  const { queries, unnamed, videos, comments, removed, replaced } = counts;
  const searches = queries + unnamed;
  const records = Object.values(counts).reduce((sum, count) => sum + count, 0);
  return {
    queries: fileOf('queries', searches),
    videos: fileOf('videos', videos),
    comments: fileOf('comments', comments),
    upTo,
    report: { records, searches, unnamed, videos, comments, removed, replaced },
  };
}

/** A file of newline-delimited JSON for each list. */
class RowFiles {
  readonly #folder: string;
  readonly #files: ReadonlyMap<ListName, FileHandle>;
  readonly #waiting = new Map<ListName, string>();

  private constructor(folder: string, files: ReadonlyMap<ListName, FileHandle>) {
    this.#folder = folder;
    this.#files = files;
  }

  static async create(folder: string): Promise<RowFiles> {
    const files = new Map<ListName, FileHandle>();
    for (const list of LISTS) files.set(list, await open(pathIn(folder, list), 'wx'));
    return new RowFiles(folder, files);
  }

  pathOf(list: ListName): string {
    return pathIn(this.#folder, list);
  }

  add(row: EventRow): void {
    if (!('cells' in row)) return;
    const list = row.list === 'unnamed' ? 'queries' : row.list;
    const waiting = this.#waiting.get(list) ?? '';
    this.#waiting.set(list, `${waiting}${JSON.stringify(row.cells)}\n`);
  }

  /** Writes what waits, of each list of which more than so many characters do. */
  async write(characters: number): Promise<void> {
    for (const [list, text] of this.#waiting) {
      if (text.length <= characters) continue;
      await this.#files.get(list)?.writeFile(text);
      this.#waiting.set(list, '');
    }
  }

  async close(): Promise<void> {
    for (const file of this.#files.values()) await file.close();
  }
}

function pathIn(folder: string, list: ListName): string {
  return join(folder, `events-${list}.ndjson`);
}
