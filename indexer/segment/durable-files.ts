import { open, rename } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { leftoverName } from './leftovers.ts';

/** The bytes of a file in pieces, each of which is asked for once the one before it is written: it may be given in the same memory. */
export type FilePieces = Iterable<Uint8Array> | AsyncIterable<Uint8Array>;

/** Writes a file that must not exist yet; when this returns, its bytes are on disk. */
export async function writeNewFile(
  path: string,
  content: Uint8Array | string | FilePieces,
): Promise<void> {
  const file = await open(path, 'wx');
  try {
    const pieces: Iterable<Uint8Array | string> | AsyncIterable<Uint8Array> =
      typeof content === 'string' || content instanceof Uint8Array ? [content] : content;
    for await (const piece of pieces) await file.writeFile(piece);
    await file.sync();
  } finally {
    await file.close();
  }
}

/**
 * Replaces a file, or makes it, so that a reader sees the old bytes or the new ones and never anything between, whatever
 * moment the process or the machine stops at: temporary file, fsync, rename, fsync of the folder.
 */
export async function replaceFile(path: string, content: Uint8Array | string): Promise<void> {
  const temporary = join(dirname(path), leftoverName('writing'));
  await writeNewFile(temporary, content);
  await rename(temporary, path);
  await syncFolder(dirname(path));
}

/** Brings what was made, renamed or removed in a folder to disk. */
export async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } catch (error) {
    // Some network file systems cannot sync a folder and order renames themselves; there is nothing more to ask of them.
    if ((error as NodeJS.ErrnoException).code !== 'EINVAL') throw error;
  } finally {
    await folder.close();
  }
}
