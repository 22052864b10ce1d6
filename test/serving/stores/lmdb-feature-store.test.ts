import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
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

  it('has no byte of what was deleted in its files once they are scrubbed', async () => {
    const folder = await makeFolder();
    const store = await LmdbFeatureStore.open(folder);
    const entries = Array.from({ length: 600 }, (_, i) => ({
      key: `user-${String(i).padStart(12, '0')}`,
      bytes: Buffer.from(`text-${i}-${randomBytes(20 + ((i * 97) % 2_500)).toString('base64url')}`),
      expected: 'any' as const,
    }));
    for (let round = 0; round < 3; round++) await store.write('profiles', entries);
    await store.write('watermarks', [{ key: 'log', bytes: Buffer.from('17'), expected: null }]);
    const deleted = entries.filter((_, i) => i % 7 === 3);
    await store.delete(
      'profiles',
      deleted.map(({ key }) => key),
    );
    const version = store.getNow('profiles', entries[0]!.key)?.version;
    await store.scrub();
    const check = async (opened: LmdbFeatureStore) => {
      const files = await Promise.all(
        (await readdir(folder)).map((name) => readFile(path.join(folder, name))),
      );
      const bytes = Buffer.concat(files);
      expect(bytes.includes(entries[0]!.key)).toBe(true);
      for (const { key, bytes: value } of deleted) {
        expect(bytes.includes(key)).toBe(false);
        expect(bytes.includes(value.subarray(0, 12))).toBe(false);
        expect(opened.getNow('profiles', key)).toBeNull();
      }
      expect(opened.getNow('profiles', entries[0]!.key)).toEqual({
        bytes: entries[0]!.bytes,
        version,
      });
      expect(opened.getNow('watermarks', 'log')?.bytes.toString()).toBe('17');
    };
    await check(store);
    await store.close();
    const again = await LmdbFeatureStore.open(folder);
    await check(again);
    await again.close();
    await rm(folder, { recursive: true });
  });

  it('loses nothing that is written, deleted or read while it scrubs', async () => {
    const folder = await makeFolder();
    const store = await LmdbFeatureStore.open(folder);
    const expected = new Map<string, string>();
    const put = async (key: string, value: string) => {
      expected.set(key, value);
      await store.write('profiles', [{ key, bytes: Buffer.from(value), expected: 'any' }]);
    };
    await Promise.all(Array.from({ length: 1_000 }, (_, i) => put(`key-${i}`, `first ${i}`)));
    const scrubs = [store.scrub(), store.scrub()];
    const scanned = (async () => {
      let count = 0;
      for await (const { key } of store.scan('profiles')) {
        count += key === '' ? 0 : 1;
        if (count % 100 === 0) await new Promise((resolve) => setImmediate(resolve));
      }
      return count;
    })();
    for (let i = 0; i < 400; i++) {
      const key = `key-${(i * 37) % 1_000}`;
      if (i % 3 === 0) {
        expected.delete(key);
        await store.delete('profiles', [key]);
      } else if (i % 50 === 1) await put(key, `second ${i}`);
      else void put(key, `second ${i}`);
    }
    await Promise.all(scrubs);
    await scanned;
    await store.scrub();
    const check = async (opened: LmdbFeatureStore) => {
      const found = new Map<string, string>();
      for await (const { key, bytes } of opened.scan('profiles')) {
        found.set(key, Buffer.from(bytes).toString());
      }
      expect(found).toEqual(expected);
    };
    await check(store);
    await store.close();
    const again = await LmdbFeatureStore.open(folder);
    await check(again);
    await again.close();
    await rm(folder, { recursive: true });
  });

  it('forgets a copy that was not finished', async () => {
    const folder = await makeFolder();
    await mkdir(path.join(folder, 'copy'));
    await writeFile(path.join(folder, 'copy', 'data.mdb'), 'half of it');
    const store = await LmdbFeatureStore.open(folder);
    await store.write('profiles', [{ key: 'a', bytes: Buffer.from('1'), expected: null }]);
    await store.scrub();
    expect(store.getNow('profiles', 'a')?.bytes.toString()).toBe('1');
    await store.close();
    expect((await readdir(folder)).sort()).toEqual(['data.mdb', 'lock.mdb']);
    await rm(folder, { recursive: true });
  });
});
