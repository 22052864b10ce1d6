import { symlink } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import { DataFolderError, openDataFolder } from '../../../serving/events/data-folder.ts';
import { makeFolder } from '../../support/index-fixture.ts';

// As on a file system that is only read, where Node says that there is no such folder.
test('a folder that cannot be made ends the start where it was asked for, and else leaves a server without events', async () => {
  const { folder, remove } = await makeFolder();
  try {
    const dangling = path.join(folder, 'data');
    await symlink(path.join(folder, 'absent', 'data'), dangling);
    const lines: string[] = [];
    const options = { report: (line: string) => lines.push(line) };
    const opened = openDataFolder({ path: dangling, isRequired: true }, options);
    await expect(opened).rejects.toThrow(DataFolderError);
    expect(await openDataFolder({ path: dangling, isRequired: false }, options)).toBeNull();
    expect(lines).toEqual([expect.stringContaining(`cannot write to ${dangling}`)]);
  } finally {
    await remove();
  }
});
