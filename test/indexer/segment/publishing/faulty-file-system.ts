import promises, { type FileHandle } from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';
import { join } from 'node:path';

/**
 * What befalls the process at a file operation: `kill` ends it before, `tear` after half of what it writes was
 * written or one of the files that it removes was removed, `fail`
 * makes it fail as a full disk does, `none` only counts.
 */
export type Fault = 'none' | 'kill' | 'tear' | 'fail';

type Operation = (...args: unknown[]) => Promise<unknown>;

const FOLDER_OPERATIONS = [
  'link',
  'mkdir',
  'open',
  'readFile',
  'readdir',
  'rename',
  'rm',
  'stat',
  'unlink',
  'writeFile',
] as const;
const HANDLE_OPERATIONS = ['close', 'read', 'stat', 'sync', 'writeFile'] as const;

/** What a process did with files so far. */
export interface FileOperations {
  count: number;
  /** Which of them, counted from 1, can be torn: writes of a file's content and removals of folders. */
  readonly tearable: number[];
}

/**
 * Lets the `at`-th asynchronous file operation of this process, counted from 1, meet a fault. Returns the counters. Works on
 * the module itself, so on whatever this process does with files from now on.
 */
export async function injectFault(fault: Fault, at: number): Promise<FileOperations> {
  const done: FileOperations = { count: 0, tearable: [] };
  const wrap = (target: object, name: string): void => {
    const methods = target as Record<string, Operation>;
    const original = methods[name]!;
    methods[name] = async function (this: unknown, ...args: unknown[]) {
      done.count += 1;
      if (name === 'writeFile' || name === 'rm') done.tearable.push(done.count);
      if (done.count === at && fault !== 'none') await befall(fault, name, original, this, args);
      return original.apply(this, args);
    };
  };
  const handle: FileHandle = await promises.open(process.execPath, 'r');
  const prototype = Object.getPrototypeOf(handle) as object;
  await handle.close();
  for (const name of HANDLE_OPERATIONS) wrap(prototype, name);
  for (const name of FOLDER_OPERATIONS) wrap(promises, name);
  syncBuiltinESMExports();
  return done;
}

async function befall(
  fault: Fault,
  name: string,
  original: Operation,
  self: unknown,
  args: readonly unknown[],
): Promise<void> {
  if (fault === 'fail') {
    throw Object.assign(new Error(`ENOSPC: no space left on device, ${name}`), { code: 'ENOSPC' });
  }
  if (fault === 'tear' && name === 'writeFile') {
    // The content is the first argument of a file handle's method, the second of the module's function.
    const place = typeof self === 'object' && self !== null && 'fd' in self ? 0 : 1;
    const content = args[place] as string | Uint8Array;
    const torn = [...args];
    torn[place] = content.slice(0, content.length >> 1);
    await original.apply(self, torn);
  }
  if (fault === 'tear' && name === 'rm') {
    const folder = args[0] as string;
    // What is removed may be gone already, or be a file.
    const [first] = await promises.readdir(folder).catch(() => []);
    if (first !== undefined) await promises.unlink(join(folder, first));
  }
  process.kill(process.pid, 'SIGKILL');
  await new Promise(() => {});
}
