import { readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { withPointerLock } from './build-lock.ts';
import {
  advancePointer,
  type CurrentPointer,
  readCurrent,
  replaceCurrent,
} from './current-pointer.ts';
import { syncFolder } from './durable-files.ts';
import { SegmentError } from './errors.ts';
import { leftoverName, removeLeftovers } from './leftovers.ts';
import type { Manifest } from './manifest.ts';
import {
  MANIFEST_FILE,
  type OpenedSnapshot,
  type OpenOptions,
  openNamedSnapshot,
  readManifest,
  snapshotFolder,
  snapshotNames,
  snapshotsFolder,
} from './snapshot-files.ts';

/** How many snapshots `pruneSnapshots` leaves by default: the current one and one to roll back to. */
export const DEFAULT_KEEP = 2;

/** A snapshot as the folder shows it; a damaged one is listed with what is wrong. */
export interface ListedSnapshot {
  readonly name: string;
  readonly current: boolean;
  /** 0 for the snapshot that was current last, 1 for the one before, and so on; undefined for others. */
  readonly previousRank: number | undefined;
  /** When the file system says that it was written, in epoch milliseconds. */
  readonly writtenAtMs: number;
  readonly content:
    | { readonly kind: 'readable'; readonly manifest: Manifest }
    | { readonly kind: 'damaged'; readonly error: SegmentError };
}

/** What `current` says after a switch. */
export interface Activation extends CurrentPointer {
  /** Whether `current` was damaged, so that which snapshots came before is no longer known. */
  readonly historyLost: boolean;
}

export interface PruneOptions {
  /** How many snapshots stay, the current one among them; at least 1, by default 2. */
  readonly keep?: number;
}

export interface Pruned {
  /** The names of the snapshots that were removed. */
  readonly snapshots: readonly string[];
  /** The paths that dead processes had left and that were removed. */
  readonly leftovers: readonly string[];
}

/**
 * Opens a snapshot, the current one when no name is given: manifest, sizes and the segment's header are checked, and with
 * `checksums` every byte. The current one is found even if `current` moves and the old one is pruned meanwhile.
 */
export async function openSnapshotFiles(
  indexDir: string,
  name?: string,
  options: OpenOptions = {},
): Promise<OpenedSnapshot> {
  if (name !== undefined) return openNamedSnapshot(indexDir, name, options);
  let wanted = (await readCurrent(indexDir)).snapshot;
  for (;;) {
    try {
      return await openNamedSnapshot(indexDir, wanted, options);
    } catch (error) {
      const now = (await readCurrent(indexDir)).snapshot;
      if (now === wanted) throw error;
      wanted = now;
    }
  }
}

/**
 * Lists the snapshots of an index folder: the current one, then the previous ones, newest first, then the rest, newest first
 * by the time of writing, ties by name. A folder without a snapshot gives an empty list. Throws `no-snapshot` when there is no
 * such folder, `bad-pointer` when `current` is damaged.
 */
export async function listSnapshots(indexDir: string): Promise<readonly ListedSnapshot[]> {
  await requireFolder(indexDir);
  const pointer = await readCurrentIfAny(indexDir);
  const names = await snapshotNames(indexDir);
  const listed = await Promise.all(names.map((name) => describe(indexDir, name, pointer)));
  return listed.filter((entry) => entry !== undefined).sort(byUse);
}

/** Makes a snapshot current after checking every checksum of it. A damaged `current` is replaced. */
export async function activateSnapshot(indexDir: string, name: string): Promise<Activation> {
  await requireFolder(indexDir);
  return withPointerLock(indexDir, async () => {
    await openNamedSnapshot(indexDir, name, { checksums: true });
    return switchTo(indexDir, name);
  });
}

/**
 * Makes the snapshot that was current before current again, after checking every checksum of it, and returns the new pointer.
 * The one that is left is not kept as a previous one, so a second call goes back further. Throws `no-previous-snapshot` when
 * there is none.
 */
export async function rollbackSnapshot(indexDir: string): Promise<CurrentPointer> {
  await requireFolder(indexDir);
  return withPointerLock(indexDir, async () => {
    const { snapshot, previous } = await readCurrent(indexDir);
    const [target, ...rest] = previous;
    if (target === undefined) {
      throw new SegmentError(
        'no-previous-snapshot',
        `${indexDir}: expected a snapshot before ${snapshot} to roll back to, found none`,
        { place: join(indexDir, 'current'), snapshot },
      );
    }
    await openNamedSnapshot(indexDir, target, { checksums: true });
    const pointer = { snapshot: target, previous: rest };
    await replaceCurrent(indexDir, pointer);
    return pointer;
  });
}

/**
 * Removes all snapshots but the `keep` first ones of `listSnapshots`, and what dead processes left. The current one always
 * stays. Throws `unsafe-prune` for a `keep` below 1, `bad-pointer` when it cannot be known which one is current.
 */
export async function pruneSnapshots(
  indexDir: string,
  { keep = DEFAULT_KEEP }: PruneOptions = {},
): Promise<Pruned> {
  if (!Number.isSafeInteger(keep) || keep < 1) {
    throw new SegmentError(
      'unsafe-prune',
      `expected to keep 1 snapshot or more, as the current one stays, got ${keep}`,
      { expected: 1, actual: keep },
    );
  }
  await requireFolder(indexDir);
  return withPointerLock(indexDir, async () => {
    const doomed = (await listSnapshots(indexDir)).slice(keep).map(({ name }) => name);
    await forget(indexDir, doomed);
    for (const name of doomed) await removeSnapshot(indexDir, name);
    return { snapshots: doomed, leftovers: await removeLeftovers(indexDir) };
  });
}

/** Points `current` to a snapshot that was checked. Callers hold the pointer lock. */
export async function switchTo(indexDir: string, name: string): Promise<Activation> {
  let historyLost = false;
  const before = await readCurrentIfAny(indexDir).catch((error: unknown) => {
    if (!(error instanceof SegmentError) || error.code !== 'bad-pointer') throw error;
    historyLost = true;
    return undefined;
  });
  if (before?.snapshot === name) return { ...before, historyLost };
  const pointer = advancePointer(before, name);
  await replaceCurrent(indexDir, pointer);
  return { ...pointer, historyLost };
}

/** Takes snapshots that are about to go out of the pointer's history, so that nobody rolls back to them. */
async function forget(indexDir: string, names: readonly string[]): Promise<void> {
  const pointer = await readCurrentIfAny(indexDir);
  const previous = pointer?.previous.filter((name) => !names.includes(name));
  if (pointer === undefined || previous?.length === pointer.previous.length) return;
  await replaceCurrent(indexDir, { snapshot: pointer.snapshot, previous: previous ?? [] });
}

/** Renames before it removes: half a snapshot never stands under a snapshot's name. */
async function removeSnapshot(indexDir: string, name: string): Promise<void> {
  const snapshots = snapshotsFolder(indexDir);
  const aside = join(snapshots, leftoverName('removed'));
  await rename(snapshotFolder(indexDir, name), aside);
  await syncFolder(snapshots);
  await rm(aside, { recursive: true, force: true });
}

/** Undefined when the snapshot was removed while the list was made. */
async function describe(
  indexDir: string,
  name: string,
  pointer: CurrentPointer | undefined,
): Promise<ListedSnapshot | undefined> {
  const folder = snapshotFolder(indexDir, name);
  const rank = pointer?.previous.indexOf(name) ?? -1;
  const entry = {
    name,
    current: pointer?.snapshot === name,
    previousRank: rank < 0 ? undefined : rank,
  };
  try {
    const manifest = await readManifest(indexDir, name);
    const writtenAtMs = await writeTimeOf(join(folder, MANIFEST_FILE));
    return { ...entry, writtenAtMs, content: { kind: 'readable', manifest } };
  } catch (error) {
    if (!(error instanceof SegmentError)) throw error;
    if (error.code === 'unknown-snapshot') return undefined;
    const writtenAtMs = await writeTimeOf(folder);
    return { ...entry, writtenAtMs, content: { kind: 'damaged', error } };
  }
}

/** What is removed meanwhile counts as oldest. */
async function writeTimeOf(path: string): Promise<number> {
  try {
    return (await stat(path)).mtimeMs;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return 0;
    throw error;
  }
}

function byUse(a: ListedSnapshot, b: ListedSnapshot): number {
  return useRank(a) - useRank(b) || b.writtenAtMs - a.writtenAtMs || (a.name < b.name ? -1 : 1);
}

function useRank({ current, previousRank }: ListedSnapshot): number {
  return current ? -1 : (previousRank ?? Number.MAX_SAFE_INTEGER);
}

/** Undefined when nothing was ever made current. */
async function readCurrentIfAny(indexDir: string): Promise<CurrentPointer | undefined> {
  try {
    return await readCurrent(indexDir);
  } catch (error) {
    if (error instanceof SegmentError && error.code === 'no-snapshot') return undefined;
    throw error;
  }
}

/** Locks are files of the folder; without one there is nothing to change. */
async function requireFolder(indexDir: string): Promise<void> {
  try {
    await readdir(indexDir);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    throw new SegmentError(
      'no-snapshot',
      `expected an index folder, found nothing at ${indexDir}`,
      { place: indexDir },
      { cause: error },
    );
  }
}
