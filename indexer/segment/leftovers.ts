import { randomBytes } from 'node:crypto';
import type { Dirent } from 'node:fs';
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { isAlive, ownMark, UNKNOWN_START } from './process-mark.ts';

/**
 * What a process keeps in an index folder only while it works: `building` a snapshot before it has its name, `work` of the
 * offline build, `writing` a file before its rename, `removed` a snapshot on its way out, `lock` before it is linked.
 */
export type LeftoverKind = 'building' | 'work' | 'writing' | 'removed' | 'lock';

const LEFTOVER =
  /^\.(?:building|work|writing|removed|lock)-(\d+)(?:-([0-9a-f]{8}|0)-[0-9a-f]{8})?(?:-.*)?$/;

/** A fresh name for passing files of this process: `.KIND-PID-START-RANDOM`. Whoever finds it can tell if we still live. */
export function leftoverName(kind: LeftoverKind): string {
  const { pid, start } = ownMark();
  return `.${kind}-${pid}-${start}-${randomBytes(4).toString('hex')}`;
}

/**
 * Removes what dead processes left in an index folder and returns the paths. A name without a start token counts as its
 * process id's. What other live processes work on stays.
 */
export async function removeLeftovers(indexDir: string): Promise<readonly string[]> {
  const snapshots = join(indexDir, 'snapshots');
  const removed: string[] = [];
  for (const folder of [indexDir, snapshots]) {
    for (const { name } of await entriesOf(folder)) {
      if (!isLeftover(name)) continue;
      const path = join(folder, name);
      await rm(path, { recursive: true, force: true });
      removed.push(path);
    }
  }
  return removed;
}

function isLeftover(name: string): boolean {
  const match = LEFTOVER.exec(name);
  if (match === null) return false;
  return !isAlive({ pid: Number(match[1]), start: match[2] ?? UNKNOWN_START });
}

/** A folder that is not there has no entries. */
export async function entriesOf(folder: string): Promise<readonly Dirent[]> {
  try {
    return await readdir(folder, { withFileTypes: true });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}
