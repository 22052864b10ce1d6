import { mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { withPointerLock } from './build-lock.ts';
import { replaceFile, syncFolder, writeNewFile } from './durable-files.ts';
import { SegmentError } from './errors.ts';
import { leftoverName } from './leftovers.ts';
import {
  createManifest,
  type Manifest,
  SEGMENT_FILE,
  type SnapshotInfo,
  writeManifest,
} from './manifest.ts';
import { switchTo } from './snapshot-directory.ts';
import {
  checkRecords,
  MANIFEST_FILE,
  openNamedSnapshot,
  openSegmentFile,
  sha256,
  snapshotFolder,
  snapshotsFolder,
} from './snapshot-files.ts';

export interface Publication {
  /** A finished segment. */
  readonly segment: Uint8Array;
  readonly info: SnapshotInfo;
  /** Other files of the snapshot, which no server reads. */
  readonly records?: readonly SnapshotRecord[];
  /** Whether the snapshot becomes current; by default true. */
  readonly activate?: boolean;
}

/** A file beside the segment. */
export interface SnapshotRecord {
  readonly file: string;
  readonly bytes: Uint8Array;
}

export interface Published {
  readonly snapshot: string;
  readonly manifest: Manifest;
  /**
   * `written`: it is new. `present`: the same content was there, intact. `repaired`: it was there, damaged, and was replaced.
   */
  readonly outcome: 'written' | 'present' | 'repaired';
  /** Whether `current` was damaged, so that which snapshots came before is no longer known. */
  readonly historyLost: boolean;
}

/**
 * Publishes a segment as a snapshot and makes it current. The bytes are written once, brought to disk, read back and checked;
 * then the manifest is written, the folder gets its name, and `current` is switched in one step: whenever the process stops,
 * a reader finds the snapshot before or this one, whole. The same content has the same name and is not written twice.
 *
 * Throws `bad-input` for an information that cannot be, `manifest-mismatch` or what `Segment` throws when the check fails
 * (then nothing is activated), and whatever the file system throws; what was begun is removed.
 */
export async function publishSnapshot(
  indexDir: string,
  { segment, info, records = [], activate = true }: Publication,
): Promise<Published> {
  const files = [{ file: SEGMENT_FILE, bytes: segment }, ...records]
    .sort((a, b) => (a.file < b.file ? -1 : 1))
    .map(({ file, bytes }) => ({ file, bytes: bytes.byteLength, sha256: sha256(bytes) }));
  const manifest = createManifest(info, files);
  const content: Content = { segment, records };
  const snapshot = manifest.snapshot;
  await mkdir(snapshotsFolder(indexDir), { recursive: true });
  await syncFolder(indexDir);
  // Staged before the lock is taken: an operator's roll back need not wait for a large file.
  const early =
    (await inspect(indexDir, snapshot)) === 'intact'
      ? undefined
      : await stage(indexDir, content, manifest);
  try {
    return await withPointerLock(indexDir, async () => {
      const state = await inspect(indexDir, snapshot);
      if (state !== 'intact') {
        const staged = early ?? (await stage(indexDir, content, manifest));
        await install(indexDir, staged, snapshot, state);
      }
      const historyLost = activate ? (await switchTo(indexDir, snapshot)).historyLost : false;
      return { snapshot, manifest, outcome: OUTCOMES[state], historyLost };
    });
  } finally {
    if (early !== undefined) await rm(early, { recursive: true, force: true });
  }
}

interface Content {
  readonly segment: Uint8Array;
  readonly records: readonly SnapshotRecord[];
}

type SnapshotState = 'absent' | 'intact' | 'damaged';

const OUTCOMES = { absent: 'written', intact: 'present', damaged: 'repaired' } as const;

/** Whether a snapshot is there and every checksum of it holds. */
async function inspect(indexDir: string, snapshot: string): Promise<SnapshotState> {
  try {
    const { manifest } = await openNamedSnapshot(indexDir, snapshot, { checksums: true });
    await checkRecords(snapshotFolder(indexDir, snapshot), manifest);
    return 'intact';
  } catch (error) {
    if (!(error instanceof SegmentError)) throw error;
    return error.code === 'unknown-snapshot' ? 'absent' : 'damaged';
  }
}

/** Writes a snapshot's folder under a passing name and returns its path. The manifest exists once the rest is checked. */
async function stage(indexDir: string, content: Content, manifest: Manifest): Promise<string> {
  const folder = join(snapshotsFolder(indexDir), leftoverName('building'));
  await mkdir(folder);
  try {
    await writeNewFile(join(folder, SEGMENT_FILE), content.segment);
    for (const { file, bytes } of content.records) await writeNewFile(join(folder, file), bytes);
    await openSegmentFile(folder, manifest, { checksums: true });
    await checkRecords(folder, manifest);
    await replaceFile(join(folder, MANIFEST_FILE), writeManifest(manifest));
    return folder;
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw error;
  }
}

/** Gives a staged folder its name, moving a damaged one of that name out of the way. */
async function install(
  indexDir: string,
  staged: string,
  snapshot: string,
  state: SnapshotState,
): Promise<void> {
  const snapshots = snapshotsFolder(indexDir);
  const target = snapshotFolder(indexDir, snapshot);
  const aside = join(snapshots, leftoverName('removed'));
  if (state === 'damaged') await rename(target, aside);
  await rename(staged, target);
  await syncFolder(snapshots);
  if (state === 'damaged') await rm(aside, { recursive: true, force: true });
}
