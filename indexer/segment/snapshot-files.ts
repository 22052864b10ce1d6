import { createHash } from 'node:crypto';
import { open, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { SegmentError } from './errors.ts';
import { decodeText } from './json-fields.ts';
import { entriesOf } from './leftovers.ts';
import { type Manifest, parseManifest, SEGMENT_FILE } from './manifest.ts';
import { Segment } from './segment.ts';
import { checkSnapshotName, SNAPSHOT_NAME } from './snapshot-name.ts';

export const MANIFEST_FILE = 'manifest.json';

/** fs.read takes at most 2^31 - 1 bytes a call. */
const READ_BYTES = 2 ** 30;

/** A snapshot in memory. The segment's views share the one buffer that the file was read into. */
export interface OpenedSnapshot {
  readonly name: string;
  readonly manifest: Manifest;
  readonly segment: Segment;
}

export interface OpenOptions {
  /** Also compares every checksum: SHA-256 of the file and those of the segment's sections. By default false. */
  readonly checksums?: boolean;
}

/** The folder that holds an index folder's snapshots. */
export function snapshotsFolder(indexDir: string): string {
  return join(indexDir, 'snapshots');
}

/** The names of the snapshots that are there, in code unit order; an index folder without any gives an empty list. */
export async function snapshotNames(indexDir: string): Promise<readonly string[]> {
  const entries = await entriesOf(snapshotsFolder(indexDir));
  return entries
    .map(({ name }) => name)
    .filter((name) => SNAPSHOT_NAME.test(name))
    .sort();
}

/** The folder of one snapshot; throws `bad-snapshot-name` for what is not a name. */
export function snapshotFolder(indexDir: string, name: string): string {
  return join(snapshotsFolder(indexDir), checkSnapshotName(name));
}

/**
 * Reads a snapshot's manifest. Throws `unknown-snapshot` when there is no such snapshot, `bad-manifest` when the file is
 * missing or damaged, `manifest-mismatch` when it is another snapshot's.
 */
export async function readManifest(indexDir: string, name: string): Promise<Manifest> {
  const folder = snapshotFolder(indexDir, name);
  const manifest = await readManifestIn(folder).catch(async (error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') throw await missing(folder, MANIFEST_FILE, name, error);
    throw error;
  });
  if (manifest.snapshot !== name) {
    throw new SegmentError(
      'manifest-mismatch',
      `${join(folder, MANIFEST_FILE)}: expected the manifest of ${name}, found that of ${manifest.snapshot}`,
      { place: join(folder, MANIFEST_FILE), expected: name, actual: manifest.snapshot },
    );
  }
  return manifest;
}

/** Opens a snapshot by name; throws as `readManifest` and `openSegmentFile` do. */
export async function openNamedSnapshot(
  indexDir: string,
  name: string,
  options: OpenOptions = {},
): Promise<OpenedSnapshot> {
  const folder = snapshotFolder(indexDir, name);
  const manifest = await readManifest(indexDir, name);
  return { name, manifest, segment: await openSegmentFile(folder, manifest, options) };
}

/**
 * Reads and opens the segment of a snapshot's folder, in one read and without a copy. Throws `manifest-mismatch` when its
 * size, checksum or number of completions is not the manifest's, otherwise what `Segment` throws, with the file named.
 */
export async function openSegmentFile(
  folder: string,
  manifest: Manifest,
  options: OpenOptions = {},
): Promise<Segment> {
  const place = join(folder, SEGMENT_FILE);
  const entry = manifest.files.find(({ file }) => file === SEGMENT_FILE)!;
  const bytes = await readWhole(place, entry.bytes).catch(async (error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error;
    throw await missing(folder, SEGMENT_FILE, manifest.snapshot, error);
  });
  if (options.checksums) expectEqual(place, 'SHA-256', entry.sha256, sha256(bytes));
  const segment = inFile(place, () => Segment.open(bytes));
  if (options.checksums) inFile(place, () => segment.verifyChecksums());
  expectEqual(place, 'completions', manifest.completions, segment.completions);
  return segment;
}

/**
 * Compares the sizes and checksums of a snapshot's other files with the manifest's. Throws `manifest-mismatch`,
 * naming the file, for the first one that differs or is not there.
 */
export async function checkRecords(folder: string, manifest: Manifest): Promise<void> {
  for (const { file } of manifest.files) {
    if (file !== SEGMENT_FILE) await readRecord(folder, manifest, file);
  }
}

/** The bytes of one of a snapshot's other files, checked; null when the manifest has no such file. Throws as `checkRecords`. */
export async function readRecord(
  folder: string,
  manifest: Manifest,
  file: string,
): Promise<Uint8Array | null> {
  const entry = manifest.files.find((one) => one.file === file);
  if (entry === undefined) return null;
  const place = join(folder, file);
  const bytes = await readWhole(place, entry.bytes).catch(async (error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error;
    throw await missing(folder, file, manifest.snapshot, error);
  });
  expectEqual(place, 'SHA-256', entry.sha256, sha256(bytes));
  return bytes;
}

/** Runs a check of a segment, which knows no file, and names the file in the error. */
export function inFile<Result>(place: string, check: () => Result): Result {
  try {
    return check();
  } catch (error) {
    if (!(error instanceof SegmentError) || error.details.place !== undefined) throw error;
    const details = { ...error.details, place };
    throw new SegmentError(error.code, `${place}: ${error.message}`, details, { cause: error });
  }
}

/** SHA-256 in hexadecimal. */
export function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** Parses the manifest of a folder, whatever the folder's name; ENOENT when there is none. */
async function readManifestIn(folder: string): Promise<Manifest> {
  const place = join(folder, MANIFEST_FILE);
  return parseManifest(decodeText(await readFile(place), { code: 'bad-manifest', place }), place);
}

/** Reads a file of a known size into shared memory, so that worker threads can use it without a copy. */
async function readWhole(place: string, sizeBytes: number): Promise<Uint8Array> {
  const file = await open(place, 'r');
  try {
    expectEqual(place, 'size in bytes', sizeBytes, (await file.stat()).size);
    const bytes = new Uint8Array(new SharedArrayBuffer(sizeBytes));
    for (let at = 0; at < sizeBytes; ) {
      const { bytesRead } = await file.read(bytes, at, Math.min(READ_BYTES, sizeBytes - at), at);
      if (bytesRead === 0) expectEqual(place, 'size in bytes', sizeBytes, at);
      at += bytesRead;
    }
    return bytes;
  } finally {
    await file.close();
  }
}

function expectEqual(
  place: string,
  what: string,
  expected: string | number,
  actual: string | number,
): void {
  if (expected === actual) return;
  throw new SegmentError(
    'manifest-mismatch',
    `${place}: ${what}: expected ${expected} as the manifest says, found ${actual}; the file is damaged`,
    { place, section: what, expected, actual },
  );
}

/** The error for a file that is not there: the whole snapshot may be gone, or only the file. */
async function missing(
  folder: string,
  file: string,
  name: string,
  cause: Error,
): Promise<SegmentError> {
  const folderIsThere = await stat(folder).then(
    () => true,
    (error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOENT') throw error;
      return false;
    },
  );
  if (!folderIsThere) {
    return new SegmentError(
      'unknown-snapshot',
      `there is no snapshot ${name}: expected a folder ${folder}; "foretype snapshots list" shows those that there are`,
      { place: folder, snapshot: name },
      { cause },
    );
  }
  const place = join(folder, file);
  return new SegmentError(
    file === MANIFEST_FILE ? 'bad-manifest' : 'manifest-mismatch',
    `${place}: expected the file, found none; the snapshot is damaged`,
    { place, snapshot: name },
    { cause },
  );
}
