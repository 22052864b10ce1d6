import { existsSync, realpathSync } from 'node:fs';
import path from 'node:path';
import { EventLogError } from '../../indexer/events/event-log-error.ts';
import type { EventIntake } from './event-intake.ts';
import { type EventStoreOptions, openEventStore } from './event-store.ts';

/** Where a server writes when it is not told. */
export const DEFAULT_DATA_DIR = './foretype-data';

/** A data folder that cannot be used; the message says why and what to do. */
export class DataFolderError extends Error {
  override readonly name = 'DataFolderError';
}

/** Whether a folder is another one or inside it, links followed as far as the path exists. */
export function isWithin(folder: string, other: string): boolean {
  const between = path.relative(realPath(other), realPath(folder));
  return between === '' || (!between.startsWith(`..${path.sep}`) && between !== '..');
}

function realPath(folder: string): string {
  const absolute = path.resolve(folder);
  if (existsSync(absolute) || absolute === path.dirname(absolute)) return realpathSync(absolute);
  return path.join(realPath(path.dirname(absolute)), path.basename(absolute));
}

/** A folder for what a server writes. */
export interface DataFolder {
  readonly path: string;
  /** Whether somebody asked for this very folder, so that a server without it would not be what was asked for. */
  readonly isRequired: boolean;
}

/**
 * Opens the events of a data folder. When it is in use by another server or cannot be written, this throws if the folder is required; otherwise the server
 * goes on without events: this says so and gives `null`.
 */
export async function openDataFolder(
  folder: DataFolder,
  options: Omit<EventStoreOptions, 'dataDir'>,
): Promise<EventIntake | null> {
  const dataDir = path.resolve(folder.path);
  try {
    return await openEventStore({ ...options, dataDir });
  } catch (error) {
    const reason = describeFault(error, dataDir);
    if (reason === null) throw error;
    if (folder.isRequired) throw new DataFolderError(reason, { cause: error });
    options.report(`no events are taken: ${reason}`);
    return null;
  }
}

/** In an operator's words what keeps a folder from being used; `null` for faults of another kind, which always end the start. */
function describeFault(error: unknown, dataDir: string): string | null {
  if (error instanceof EventLogError && error.code === 'locked') {
    return `${dataDir} is in use: ${error.message}; give this server a folder of its own with --data DIR`;
  }
  const { code, message } = error as NodeJS.ErrnoException;
  // Of a file system that is only read, Node says of a folder and its parents that there is no such folder.
  if (['EACCES', 'EPERM', 'EROFS', 'ENOENT', 'ENOTDIR', 'EEXIST', 'ENOSPC'].includes(code ?? '')) {
    return `cannot write to ${dataDir} (${message}); choose a folder that this user may write with --data DIR`;
  }
  return null;
}
