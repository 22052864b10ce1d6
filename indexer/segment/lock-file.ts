import { createHash } from 'node:crypto';
import { link, readdir, readFile, unlink, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { SegmentError } from './errors.ts';
import { leftoverName } from './leftovers.ts';
import { isAlive, ownMark, type ProcessMark } from './process-mark.ts';

const RETRY_MS = 20;

export interface LockOptions {
  /** What holding it means, for the message: "builds into DIR". */
  readonly purpose: string;
  /** How long to wait for a live holder before giving up; 0 gives up at once. */
  readonly waitMs: number;
}

/**
 * Runs `work` while this process alone holds the lock file at `path`. The lock of a process that is gone does not hold: it
 * is taken over, so a kill never blocks the next one. Throws `locked`, naming the holder, when a live one keeps it.
 *
 * The file appears complete (a link to a finished file) and holds a text that no two holders share. A dead holder's file is
 * removed only under a further lock named after that text, and only if the text is still the same: two processes that find
 * the same dead holder cannot remove each other's new lock.
 *
 * Processes are told apart by their ids, so the lock excludes within one machine or container. Schedulers must keep two
 * containers or hosts from building into one shared folder.
 */
export async function withLock<Result>(
  path: string,
  options: LockOptions,
  work: () => Promise<Result>,
): Promise<Result> {
  const text = await acquire(path, options);
  try {
    return await work();
  } finally {
    await release(path, text);
  }
}

async function acquire(path: string, options: LockOptions): Promise<string> {
  const retries = Math.ceil(options.waitMs / RETRY_MS);
  for (let attempt = 0; ; ) {
    const found = await readOrUndefined(path);
    if (found === undefined) {
      const text = await tryLink(path);
      if (text === undefined) continue;
      await removeDeadBreakers(path);
      return text;
    }
    const holder = parseHolder(found);
    if (holder === undefined || !isAlive(holder)) {
      await breakLock(path, found);
      continue;
    }
    if (attempt >= retries) throw lockedBy(holder, path, options);
    attempt += 1;
    await sleep(RETRY_MS);
  }
}

/** Makes the lock file and returns its text; undefined when another process was faster. */
async function tryLink(path: string): Promise<string | undefined> {
  const { pid, start } = ownMark();
  const temporary = join(dirname(path), leftoverName('lock'));
  const text = `${pid} ${start} ${basename(temporary)}\n`;
  await writeFile(temporary, text, { flag: 'wx' });
  try {
    await link(temporary, path);
    return text;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return undefined;
    throw error;
  } finally {
    await unlink(temporary);
  }
}

/** Removes the lock file of a dead holder, if it is still the one with this text. */
async function breakLock(path: string, text: string): Promise<void> {
  const options = { purpose: `takes over ${path}`, waitMs: 10_000 };
  await withLock(breakerPath(path, text), options, async () => {
    if ((await readOrUndefined(path)) === text) await unlink(path);
  });
}

function breakerPath(path: string, text: string): string {
  return `${path}.break-${createHash('sha256').update(text).digest('hex').slice(0, 16)}`;
}

/**
 * Removes what processes left that died while they took over. Only the holder of `path` may: as long as it holds, its text is
 * the one in the file, so nobody who relies on a breaker removed here can remove the file.
 */
async function removeDeadBreakers(path: string): Promise<void> {
  const prefix = `${basename(path)}.break-`;
  for (const name of await readdir(dirname(path))) {
    if (!name.startsWith(prefix)) continue;
    const breaker = join(dirname(path), name);
    const holder = parseHolder((await readOrUndefined(breaker)) ?? '');
    if (holder === undefined || !isAlive(holder)) await unlinkIfThere(breaker);
  }
}

async function release(path: string, text: string): Promise<void> {
  if ((await readOrUndefined(path)) === text) await unlinkIfThere(path);
}

async function unlinkIfThere(path: string): Promise<void> {
  try {
    await unlink(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
}

/** A text that no holder writes, such as an empty file after a power cut, has no holder. */
function parseHolder(text: string): ProcessMark | undefined {
  const match = /^(\d+) ([0-9a-f]{8}|0) \S+\n$/.exec(text);
  return match === null ? undefined : { pid: Number(match[1]), start: match[2]! };
}

async function readOrUndefined(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

function lockedBy(holder: ProcessMark, path: string, options: LockOptions): SegmentError {
  return new SegmentError(
    'locked',
    `process ${holder.pid} ${options.purpose} (it holds ${path}); wait until it ends, or end it`,
    { place: path, pid: holder.pid },
  );
}
