import * as fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { FeatureStore, FeatureWrite } from '../../ranking/feature-store/feature-store.ts';

/** An implementation under test: an empty store, and others over the same content. */
export interface OpenedStore {
  readonly store: FeatureStore;
  /** Another one of the same content at the same time; absent for one that is its own. */
  readonly openSecond?: () => Promise<FeatureStore>;
  /** The same content after closing; absent for one that does not last. */
  readonly reopen?: () => Promise<FeatureStore>;
  readonly dispose: () => Promise<void>;
}

const NAMESPACE = 'profiles';
const bytesOf = (text: string) => Buffer.from(text);
const put = (key: string, text: string, expected: FeatureWrite['expected'] = 'any') => ({
  key,
  bytes: bytesOf(text),
  expected,
});

async function textOf(store: FeatureStore, key: string, namespace = NAMESPACE) {
  const found = await store.get(namespace, key);
  return found === null ? null : Buffer.from(found.bytes).toString();
}

async function scanned(store: FeatureStore, namespace = NAMESPACE) {
  const found = new Map<string, string>();
  for await (const { key, bytes } of store.scan(namespace)) {
    found.set(key, Buffer.from(bytes).toString());
  }
  return [...found].sort(([a], [b]) => (a < b ? -1 : 1));
}

/** What every feature store does, wherever it keeps its bytes. */
export function describeFeatureStore(name: string, open: () => Promise<OpenedStore>): void {
  describe(`${name}, as a feature store`, () => {
    let opened: OpenedStore;
    let store: FeatureStore;
    beforeEach(async () => {
      opened = await open();
      store = opened.store;
    });
    afterEach(() => opened.dispose());

    it('has nothing under a key that was never written', async () => {
      expect(await store.get(NAMESPACE, 'nobody')).toBeNull();
      expect(await store.getMany(NAMESPACE, ['a', 'b'])).toEqual([null, null]);
      expect(store.getNow?.(NAMESPACE, 'nobody') ?? null).toBeNull();
      expect(await scanned(store)).toEqual([]);
    });

    it('gives back the bytes that were written, whatever they are', async () => {
      const all = Uint8Array.from({ length: 4_096 }, (_, i) => i % 256);
      const versions = await store.write(NAMESPACE, [
        { key: 'all', bytes: all, expected: null },
        { key: 'none', bytes: new Uint8Array(), expected: null },
        { key: 'ключ 北京 👩‍👩‍👧', bytes: bytesOf('x'), expected: null },
      ]);
      const keys = ['ключ 北京 👩‍👩‍👧', 'none', 'missing', 'all'];
      const found = await store.getMany(NAMESPACE, keys);
      expect(found.map((each) => each && Buffer.from(each.bytes).toString('hex'))).toEqual([
        '78',
        '',
        null,
        Buffer.from(all).toString('hex'),
      ]);
      expect(found.map((each) => each?.version ?? null)).toEqual([
        versions[2],
        versions[1],
        null,
        versions[0],
      ]);
      for (const [i, key] of keys.entries()) {
        expect(await store.get(NAMESPACE, key)).toEqual(found[i]);
        if (store.getNow) expect(store.getNow(NAMESPACE, key)).toEqual(found[i]);
      }
    });

    it('keeps bytes that the caller changes later, and lets the caller change what it read', async () => {
      const given = bytesOf('mine');
      await store.write(NAMESPACE, [{ key: 'k', bytes: given, expected: null }]);
      given.fill(0);
      (await store.get(NAMESPACE, 'k'))?.bytes.fill(0);
      expect(await textOf(store, 'k')).toBe('mine');
    });

    it('replaces what stands at the expected version, and nothing else', async () => {
      const [first] = await store.write(NAMESPACE, [put('k', 'one', null)]);
      expect(first).toEqual(expect.any(Number));
      expect(await store.write(NAMESPACE, [put('k', 'again', null)])).toEqual([null]);
      const [second] = await store.write(NAMESPACE, [put('k', 'two', first ?? null)]);
      expect(second).toEqual(expect.any(Number));
      expect(second).not.toBe(first);
      expect(await store.write(NAMESPACE, [put('k', 'late', first ?? null)])).toEqual([null]);
      expect(await store.write(NAMESPACE, [put('other', 'x', 5)])).toEqual([null]);
      expect(await textOf(store, 'k')).toBe('two');
      expect((await store.get(NAMESPACE, 'k'))?.version).toBe(second);
      expect(await store.get(NAMESPACE, 'other')).toBeNull();
    });

    it('writes over whatever is there where any version will do', async () => {
      const [first] = await store.write(NAMESPACE, [put('k', 'one')]);
      const [second] = await store.write(NAMESPACE, [put('k', 'two')]);
      expect(second).not.toBe(first);
      expect(await textOf(store, 'k')).toBe('two');
    });

    it('tells each writing of a batch apart', async () => {
      const [kept] = await store.write(NAMESPACE, [put('a', 'old', null)]);
      const told = await store.write(NAMESPACE, [
        put('a', 'no', null),
        put('b', 'yes', null),
        put('c', 'no', 7),
        put('d', 'yes'),
      ]);
      expect(told.map((version) => version !== null)).toEqual([false, true, false, true]);
      expect(await scanned(store)).toEqual([
        ['a', 'old'],
        ['b', 'yes'],
        ['d', 'yes'],
      ]);
      expect((await store.get(NAMESPACE, 'a'))?.version).toBe(kept);
    });

    it('takes a key that was deleted for another one when it is written anew', async () => {
      const [before] = await store.write(NAMESPACE, [put('k', 'one', null)]);
      expect(await store.delete(NAMESPACE, ['k', 'nobody'])).toBe(1);
      expect(await store.get(NAMESPACE, 'k')).toBeNull();
      expect(await store.write(NAMESPACE, [put('k', 'ghost', before ?? null)])).toEqual([null]);
      await store.write(NAMESPACE, [put('k', 'new', null)]);
      expect(await store.write(NAMESPACE, [put('k', 'ghost', before ?? null)])).toEqual([null]);
      expect(await textOf(store, 'k')).toBe('new');
    });

    it('keeps namespaces apart, one of whose names begins another', async () => {
      await store.write('counts', [put('k', 'c')]);
      await store.write('counts-late', [put('k', 'l'), put('m', 'l')]);
      expect(await textOf(store, 'k', 'counts')).toBe('c');
      expect(await scanned(store, 'counts')).toEqual([['k', 'c']]);
      expect(await store.delete('counts', ['k', 'm'])).toBe(1);
      expect(await scanned(store, 'counts-late')).toHaveLength(2);
    });

    it('scans all keys of a namespace, more than fit a page', async () => {
      const keys = Array.from({ length: 1_500 }, (_, i) => `user-${i}*[${i}]`);
      await store.write(
        NAMESPACE,
        keys.map((key) => put(key, key)),
      );
      expect(await scanned(store)).toEqual(keys.sort().map((key) => [key, key]));
    });

    it('lets one of many writers at once succeed a version', async () => {
      const others = opened.openSecond ? [await opened.openSecond()] : [];
      const stores = [store, ...others];
      const increment = async (writer: FeatureStore): Promise<void> => {
        for (;;) {
          const found = await writer.get(NAMESPACE, 'count');
          const next = found === null ? 1 : Number(Buffer.from(found.bytes).toString()) + 1;
          const [version] = await writer.write(NAMESPACE, [
            put('count', String(next), found?.version ?? null),
          ]);
          if (version !== null) return;
        }
      };
      await Promise.all(
        Array.from({ length: 20 }, (_, i) => increment(stores[i % stores.length]!)),
      );
      expect(await textOf(store, 'count')).toBe('20');
      for (const other of others) await other.close();
    });

    it('keeps what was written after closing', async () => {
      if (opened.reopen === undefined) return;
      const [version] = await store.write(NAMESPACE, [put('k', 'kept', null)]);
      await store.close();
      const again = await opened.reopen();
      const found = await again.get(NAMESPACE, 'k');
      await again.close();
      expect(found).toMatchObject({ version });
      expect(Buffer.from(found?.bytes ?? []).toString()).toBe('kept');
    });

    it('refuses keys and namespaces of another form', async () => {
      await expect(store.get('Profiles', 'k')).rejects.toThrow(/expected a namespace/);
      await expect(store.get(NAMESPACE, '')).rejects.toThrow(/expected a key/);
      const write = [put('é'.repeat(65), 'x')];
      await expect(store.write(NAMESPACE, write)).rejects.toThrow(/expected a key/);
    });

    it('rejects every call once it is closed', async () => {
      await store.close();
      await store.close();
      const closed = { code: 'closed' };
      await expect(store.get(NAMESPACE, 'k')).rejects.toMatchObject(closed);
      await expect(store.getMany(NAMESPACE, ['k'])).rejects.toMatchObject(closed);
      await expect(store.write(NAMESPACE, [put('k', 'x')])).rejects.toMatchObject(closed);
      await expect(store.delete(NAMESPACE, ['k'])).rejects.toMatchObject(closed);
      await expect(scanned(store)).rejects.toMatchObject(closed);
    });

    it('behaves as a plain map of versions', async () => {
      let run = 0;
      const operation = fc.record({
        kind: fc.constantFrom('create', 'replace', 'stale', 'force', 'delete'),
        key: fc.constantFrom('a', 'b', 'c'),
        text: fc.string({ maxLength: 20 }),
      });
      await fc.assert(
        fc.asyncProperty(fc.array(operation, { maxLength: 25 }), async (operations) => {
          const prefix = `run-${run++}-`;
          const model = new Map<string, { text: string; version: number }>();
          for (const { kind, key: letter, text } of operations) {
            const key = prefix + letter;
            const known = model.get(key);
            if (kind === 'delete') {
              expect(await store.delete(NAMESPACE, [key])).toBe(model.delete(key) ? 1 : 0);
              continue;
            }
            const version = known?.version ?? null;
            const stale = (version ?? 0) + 0.5;
            const expected = { create: null, replace: version, stale, force: 'any' as const }[kind];
            const [told] = await store.write(NAMESPACE, [put(key, text, expected)]);
            const isWritten = expected === 'any' || expected === version;
            expect(told !== null).toBe(isWritten);
            if (told != null) model.set(key, { text: bytesOf(text).toString(), version: told });
          }
          for (const letter of ['a', 'b', 'c']) {
            expect(await textOf(store, prefix + letter)).toBe(
              model.get(prefix + letter)?.text ?? null,
            );
          }
        }),
        { numRuns: 30 },
      );
    });
  });
}
