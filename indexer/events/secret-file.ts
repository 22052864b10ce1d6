import { randomBytes } from 'node:crypto';
import { chmod, link, open, readFile, unlink } from 'node:fs/promises';
import path from 'node:path';
import { syncFolder } from '../segment/durable-files.ts';
import { leftoverName } from '../segment/leftovers.ts';
import { EventLogError } from './event-log-error.ts';

const SECRET_BYTES = 32;
const SECRET = /^[0-9a-f]{64}$/;
const OWNER_ONLY = 0o600;

/**
 * The secrets in a file, the one in force first, one a line in hexadecimal; the file is made with a fresh secret, readable by its owner alone, when
 * it is not there. FORMAT.md says how to rotate. Throws `bad-secret` for a file that holds anything else.
 */
export async function loadSecrets(file: string): Promise<readonly [Buffer, ...Buffer[]]> {
  let text = await readIfThere(file);
  if (text === null) {
    await createSecret(file);
    text = await readFile(file, 'utf8');
  }
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  const [current, ...earlier] = lines.map((line) => line.trim());
  if (current === undefined || ![current, ...earlier].every((line) => SECRET.test(line))) {
    throw new EventLogError(
      'bad-secret',
      `${file}: expected lines of ${2 * SECRET_BYTES} hexadecimal digits; restore the file from a backup, or remove it to begin anew (everybody known then becomes a stranger)`,
    );
  }
  const decode = (line: string) => Buffer.from(line, 'hex');
  return [decode(current), ...earlier.map(decode)];
}

/** By a link to a finished file: two processes that start at once agree on one secret, and a crash leaves none that is cut. */
async function createSecret(file: string): Promise<void> {
  const folder = path.dirname(file);
  const temporary = path.join(folder, leftoverName('writing'));
  const handle = await open(temporary, 'wx', OWNER_ONLY);
  try {
    await handle.writeFile(`${randomBytes(SECRET_BYTES).toString('hex')}\n`);
    await handle.sync();
  } finally {
    await handle.close();
  }
  try {
    // The mode given to `open` is cut by the umask; this one is not.
    await chmod(temporary, OWNER_ONLY);
    await link(temporary, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    await unlink(temporary);
  }
  await syncFolder(folder);
}

async function readIfThere(file: string): Promise<string | null> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}
