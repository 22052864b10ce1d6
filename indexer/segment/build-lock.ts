import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { removeLeftovers } from './leftovers.ts';
import { withLock } from './lock-file.ts';

/** How long a change of `current` waits for another one; each takes milliseconds, or a check of one segment. */
const POINTER_WAIT_MS = 30_000;

/**
 * Runs `work` as the only build into an index folder, which is made if need be; before it, removes what dead builds left.
 * Throws `locked`, naming the process, while another one builds. A killed build does not block the next.
 */
export async function withBuildLock<Result>(
  indexDir: string,
  work: () => Promise<Result>,
): Promise<Result> {
  await mkdir(indexDir, { recursive: true });
  const options = { purpose: `builds into ${indexDir}`, waitMs: 0 };
  return withLock(join(indexDir, '.build-lock'), options, async () => {
    await removeLeftovers(indexDir);
    return work();
  });
}

/**
 * Runs `work` as the only one that installs or removes snapshots or changes `current`. Apart from the build lock, so that an
 * operator can roll back while a build runs for hours. Readers need no lock.
 */
export function withPointerLock<Result>(
  indexDir: string,
  work: () => Promise<Result>,
): Promise<Result> {
  const options = { purpose: `changes the snapshots of ${indexDir}`, waitMs: POINTER_WAIT_MS };
  return withLock(join(indexDir, '.current-lock'), options, work);
}
