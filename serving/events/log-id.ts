import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { replaceFile } from '../../indexer/segment/durable-files.ts';

const FORM = /^[\w-]{16}$/;

/**
 * The id of the event log in a folder, made when it has none: 16 characters. It lies beside the log's files, so that a log that is begun anew has another one, and offsets in
 * it are not taken for those of the one before. To be called by who holds the folder's lock.
 */
export async function readLogId(folder: string): Promise<string> {
  const file = path.join(folder, 'log-id');
  const known = await readIfThere(file);
  if (known !== null && FORM.test(known)) return known;
  const id = randomBytes(12).toString('base64url');
  await replaceFile(file, `${id}\n`);
  return id;
}

async function readIfThere(file: string): Promise<string | null> {
  try {
    return (await readFile(file, 'utf8')).trim();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}
