import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { LmdbFeatureStore } from '../../../serving/stores/lmdb-feature-store.ts';
import { describeFeatureStore } from '../../contracts/feature-store.ts';

const makeFolder = () => mkdtemp(path.join(tmpdir(), 'foretype-lmdb-'));

describeFeatureStore('LmdbFeatureStore', async () => {
  const folder = await makeFolder();
  const open = () => LmdbFeatureStore.open(path.join(folder, 'made', 'by', 'it'));
  const store = await open();
  return {
    store,
    openSecond: open,
    reopen: open,
    dispose: async () => {
      await store.close();
      await rm(folder, { recursive: true });
    },
  };
});

describe('LmdbFeatureStore', () => {
  it('says which folder cannot be used', async () => {
    const folder = await makeFolder();
    const file = path.join(folder, 'file');
    await writeFile(file, '');
    await expect(LmdbFeatureStore.open(path.join(file, 'x'))).rejects.toMatchObject({
      code: 'unavailable',
      message: expect.stringContaining(file),
    });
    await rm(folder, { recursive: true });
  });
});
