import { join } from 'node:path';
import { SEGMENT_FILE } from './manifest.ts';
import {
  inFile,
  MANIFEST_FILE,
  openSegmentFile,
  readManifest,
  readRecord,
  snapshotFolder,
} from './snapshot-files.ts';

/** A check that a snapshot passed. */
export interface PassedCheck {
  /** The file that was checked. */
  readonly place: string;
  /** What holds. */
  readonly finding: string;
}

/**
 * Checks a snapshot whole: the manifest, every file's size and SHA-256, every section's checksum, every order invariant.
 * Yields each check that passed and throws the `SegmentError` of the first that did not, which names the place. Reads every
 * byte; the order invariants take time proportional to the size of the segment.
 */
export async function* verifySnapshot(indexDir: string, name: string): AsyncGenerator<PassedCheck> {
  const folder = snapshotFolder(indexDir, name);
  const manifest = await readManifest(indexDir, name);
  yield { place: join(folder, MANIFEST_FILE), finding: 'checksum and name' };
  const place = join(folder, SEGMENT_FILE);
  const segment = await openSegmentFile(folder, manifest, { checksums: true });
  const size = manifest.files.find(({ file }) => file === SEGMENT_FILE)!.bytes;
  yield { place, finding: `${size} bytes, SHA-256 and the checksum of every section` };
  for (const { file, bytes } of manifest.files) {
    if (file === SEGMENT_FILE) continue;
    await readRecord(folder, manifest, file);
    yield { place: join(folder, file), finding: `${bytes} bytes and SHA-256` };
  }
  inFile(place, () => segment.verify());
  yield { place, finding: `every order invariant, ${segment.completions} completions` };
}
