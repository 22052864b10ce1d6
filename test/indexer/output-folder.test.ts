import { existsSync } from 'node:fs';
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeOutputFolder } from '../../indexer/output-folder.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'foretype-output-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

test('a folder is made with those that it lies in, and left alone when it is there', async () => {
  const deep = join(folder, 'a', 'b', 'c');
  await Promise.all([makeOutputFolder(deep), makeOutputFolder(deep)]);
  await makeOutputFolder(deep);
  expect((await stat(deep)).isDirectory()).toBe(true);
});

test('a file in the way is wrong usage that names it', async () => {
  const file = join(folder, 'file');
  await writeFile(file, 'mine');
  for (const path of [file, join(file, 'x', 'y')]) {
    const made = makeOutputFolder(path);
    await expect(made).rejects.toMatchObject({ name: 'UsageError', code: 'usage' });
    await expect(made).rejects.toThrow(`--out ${path}: expected a folder, got a file at ${file}`);
  }
});

test.skipIf(!existsSync('/proc/self'))(
  'where no folder can be made it says so and ends (left out without /proc)',
  async () => {
    const made = makeOutputFolder('/proc/no/such');
    await expect(made).rejects.toMatchObject({ name: 'BuildError', code: 'unwritable-output' });
    await expect(made).rejects.toThrow('--out /proc/no/such: the folder cannot be made: ENOENT');
  },
);
