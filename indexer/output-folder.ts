import { mkdir, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { BuildError, messageOf, usageError } from './build-error.ts';

/**
 * Makes a folder for output, and those that it lies in, where they are not there yet. Throws `usage` where a file stands in the way, and
 * `unwritable-output` where no folder can be made. One folder at a time: the recursive call of Node 20 never ends where
 * the system answers that a folder is missing that is there, as under /proc.
 */
export async function makeOutputFolder(folder: string): Promise<void> {
  const missing: string[] = [];
  let path = resolve(folder);
  while (!(await isFolder(path, folder))) {
    missing.push(path);
    path = dirname(path);
  }
  for (const each of missing.reverse()) await makeFolder(each, folder);
}

async function isFolder(path: string, folder: string): Promise<boolean> {
  try {
    if ((await stat(path)).isDirectory()) return true;
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return false;
    // A file is where a folder of the path should be: it is met on the way up.
    if (codeOf(error) === 'ENOTDIR') return false;
    throw unwritable(folder, error);
  }
  throw usageError(`--out ${folder}: expected a folder, got a file at ${path}`);
}

async function makeFolder(path: string, folder: string): Promise<void> {
  try {
    await mkdir(path);
  } catch (error) {
    // Another build may have made it meanwhile.
    if (codeOf(error) !== 'EEXIST') throw unwritable(folder, error);
  }
}

function unwritable(folder: string, cause: unknown): BuildError {
  const message = `--out ${folder}: the folder cannot be made: ${messageOf(cause)}`;
  return new BuildError('unwritable-output', message, { cause });
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}
