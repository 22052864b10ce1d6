import { mkdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { type Database, open, type RootDatabase } from 'lmdb';
import { syncFolder } from '../../indexer/segment/durable-files.ts';
import {
  type FeatureStore,
  FeatureStoreError,
  type FeatureWrite,
  type ScannedFeature,
  type StoredFeature,
} from '../../ranking/feature-store/feature-store.ts';
import { checkedKey, nextVersion } from './feature-key.ts';

/** Namespaces that a folder may have. */
const MOST_NAMESPACES = 32;

/** Within the store's folder, the copy that is to take its place. */
const COPY = 'copy';
const FILES = ['data.mdb', 'lock.mdb'];
/** Entries that are copied before others have their turn. */
const COPIED_AT_ONCE = 256;

type Features = Database<Buffer, string>;
type Root = RootDatabase<Buffer, string>;

/**
 * A feature store in a folder of this machine, without a server: LMDB, a B-tree in a mapped file, a database a namespace. What was written survives a crash of the
 * process at once and of the machine from when the write resolved. Reads cost microseconds where the page is in memory.
 */
export class LmdbFeatureStore implements FeatureStore {
  readonly name = 'lmdb';
  readonly #folder: string;
  #opened: OpenedRoot;
  /** What writes go to as well, while it is being made. */
  #copy: OpenedRoot | null = null;
  /** Writes under way, and what later ones wait for while the copy takes over. */
  readonly #changes = new Set<Promise<unknown>>();
  #gate: Promise<void> | null = null;
  /** Readings of all of a namespace that are under way: what they read must stay open. */
  readonly #scans = new Set<Promise<void>>();
  #scrubbing: Promise<void> = Promise.resolve();
  #nextScrub: Promise<void> | null = null;
  #closing: Promise<void> | null = null;

  private constructor(folder: string, root: Root) {
    this.#folder = folder;
    this.#opened = new OpenedRoot(root);
  }

  /** Opens the store of a folder, made when it is not there. Rejects with `unavailable` where it cannot. */
  static async open(folder: string): Promise<LmdbFeatureStore> {
    try {
      await mkdir(folder, { recursive: true });
      // Of a process that stopped before its copy was whole.
      await rm(path.join(folder, COPY), { recursive: true, force: true });
      return new LmdbFeatureStore(folder, openRoot(folder));
    } catch (cause) {
      throw fault(folder, cause);
    }
  }

  readonly getNow = (namespace: string, key: string): StoredFeature | null => {
    const features = this.#open(namespace);
    checkedKey(namespace, key);
    try {
      const entry = features.getEntry(key);
      return entry === undefined ? null : { bytes: entry.value, version: versionOf(entry) };
    } catch (cause) {
      throw fault(`${namespace} of ${key}`, cause);
    }
  };

  async get(namespace: string, key: string): Promise<StoredFeature | null> {
    return this.getNow(namespace, key);
  }

  async getMany(
    namespace: string,
    keys: readonly string[],
  ): Promise<readonly (StoredFeature | null)[]> {
    return keys.map((key) => this.getNow(namespace, key));
  }

  async write(
    namespace: string,
    writes: readonly FeatureWrite[],
  ): Promise<readonly (number | null)[]> {
    this.#open(namespace);
    for (const { key } of writes) checkedKey(namespace, key);
    return this.#change(`writing ${writes.length} of ${namespace}`, async () => {
      const features = this.#open(namespace);
      const versions = await Promise.all(writes.map((write) => put(features, write)));
      await this.#copyWrites(namespace, writes, versions);
      return versions;
    });
  }

  async delete(namespace: string, keys: readonly string[]): Promise<number> {
    this.#open(namespace);
    return this.#change(`deleting ${keys.length} of ${namespace}`, async () => {
      const features = this.#open(namespace);
      // LMDB tells the same of a key that was there and of one that was not.
      const there = keys.filter((key) => features.doesExist(checkedKey(namespace, key)));
      await Promise.all(there.map((key) => features.remove(key)));
      const copy = this.#copy?.features(namespace);
      if (copy !== undefined) await Promise.all(there.map((key) => copy.remove(key)));
      return there.length;
    });
  }

  async *scan(namespace: string): AsyncIterable<ScannedFeature> {
    const features = this.#open(namespace);
    let end = () => {};
    const scan = new Promise<void>((resolve) => {
      end = resolve;
    });
    this.#scans.add(scan);
    try {
      for (const entry of features.getRange({ versions: true })) {
        yield { key: entry.key, bytes: entry.value, version: versionOf(entry) };
      }
    } finally {
      this.#scans.delete(scan);
      end();
    }
  }

  /**
   * LMDB leaves the bytes of what was deleted in free pages, and in the gaps of others. So everything that is there is written into a new file, in which nothing else ever was, while
   * writes go to both; then that file takes the place of the old one. Several calls that wait share a copy.
   */
  readonly scrub = (): Promise<void> => {
    this.#nextScrub ??= this.#scrubbing.then(async () => {
      this.#nextScrub = null;
      this.#scrubbing = this.#replaceFile();
      await this.#scrubbing;
    });
    const done = this.#nextScrub;
    this.#scrubbing = done.catch(() => {});
    return done;
  };

  close(): Promise<void> {
    this.#closing ??= this.#scrubbing.catch(() => {}).then(() => this.#opened.root.close());
    return this.#closing;
  }

  async #replaceFile(): Promise<void> {
    if (this.#closing !== null) throw new FeatureStoreError('closed', 'lmdb store: it is closed');
    const folder = path.join(this.#folder, COPY);
    await rm(folder, { recursive: true, force: true });
    await mkdir(folder);
    const copy = new OpenedRoot(openRoot(folder));
    this.#copy = copy;
    try {
      // Database names stand in the root database as its keys.
      for (const namespace of [...this.#opened.root.getKeys()].map(String)) {
        await copyFeatures(this.#opened.features(namespace), copy.features(namespace));
      }
      await copy.root.flushed;
      await this.#adopt(copy, folder);
    } catch (error) {
      this.#copy = null;
      await copy.root.close();
      throw error;
    }
  }

  /** From one turn to the next, the copy answers; then it takes the old one's place in the folder. */
  async #adopt(copy: OpenedRoot, folder: string): Promise<void> {
    const before = this.#opened;
    let open = () => {};
    this.#gate = new Promise<void>((resolve) => {
      open = resolve;
    });
    await Promise.allSettled(this.#changes);
    await copy.root.flushed;
    this.#opened = copy;
    this.#copy = null;
    this.#gate = null;
    open();
    await Promise.all(this.#scans);
    await before.root.close();
    for (const name of FILES) await rename(path.join(folder, name), path.join(this.#folder, name));
    await syncFolder(this.#folder);
    await rm(folder, { recursive: true });
  }

  /** Changes what is there; it is done in the copy as well when it is done. */
  async #change<T>(what: string, change: () => Promise<T>): Promise<T> {
    while (this.#gate !== null) await this.#gate;
    const done = change();
    this.#changes.add(done);
    try {
      return await done;
    } catch (cause) {
      throw fault(what, cause);
    } finally {
      this.#changes.delete(done);
    }
  }

  async #copyWrites(
    namespace: string,
    writes: readonly FeatureWrite[],
    versions: readonly (number | null)[],
  ): Promise<void> {
    const copy = this.#copy?.features(namespace);
    if (copy === undefined) return;
    await Promise.all(
      writes.map(({ key, bytes }, i) => {
        const version = versions[i];
        return version == null ? null : copy.put(key, bufferOf(bytes), version);
      }),
    );
  }

  #open(namespace: string): Features {
    if (this.#closing !== null) throw new FeatureStoreError('closed', 'lmdb store: it is closed');
    return this.#opened.features(namespace);
  }
}

/** A file of LMDB with its databases. */
class OpenedRoot {
  readonly root: Root;
  readonly #namespaces = new Map<string, Features>();

  constructor(root: Root) {
    this.root = root;
  }

  features(namespace: string): Features {
    const opened = this.#namespaces.get(namespace);
    if (opened !== undefined) return opened;
    checkedKey(namespace, '-');
    const features = this.root.openDB<Buffer, string>(namespace, {
      encoding: 'binary',
      useVersions: true,
      // What does not fit a page takes whole ones of 4 KiB: compressed (LZ4), a full profile needs one instead of two.
      compression: true,
    });
    this.#namespaces.set(namespace, features);
    return features;
  }
}

function openRoot(folder: string): Root {
  return open<Buffer, string>({
    path: folder,
    encoding: 'binary',
    useVersions: true,
    maxDbs: MOST_NAMESPACES,
  });
}

/** Copies what was there at the beginning; what is written meanwhile is written there by its writer, later than what it replaces. */
async function copyFeatures(from: Features, to: Features): Promise<void> {
  let last: string | null = null;
  for (;;) {
    const writes: Promise<boolean>[] = [];
    // From one turn to the next: no reading of the old file is open while others have theirs.
    const rest = from.getRange({
      versions: true,
      limit: COPIED_AT_ONCE,
      ...(last === null ? {} : { start: last, exclusiveStart: true }),
    });
    for (const entry of rest) {
      last = entry.key;
      writes.push(to.put(entry.key, Buffer.from(entry.value), versionOf(entry)));
    }
    if (writes.length === 0) return;
    await Promise.all(writes);
    await nextTurn();
  }
}

/** The new version; null where another writing came before. LMDB's one writer compares and sets. */
async function put(
  features: Features,
  { key, bytes, expected }: FeatureWrite,
): Promise<number | null> {
  const value = bufferOf(bytes);
  const version = nextVersion(expected === 'any' ? null : expected);
  if (expected === 'any') {
    await features.put(key, value, version);
    return version;
  }
  const isWritten =
    expected === null
      ? await features.ifNoExists(key, () => void features.put(key, value, version))
      : await features.put(key, value, version, expected);
  return isWritten ? version : null;
}

function bufferOf(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
}

function versionOf(entry: { readonly version?: number }): number {
  if (entry.version === undefined) {
    throw new FeatureStoreError('damaged', 'lmdb store: expected a version with every value');
  }
  return entry.version;
}

function fault(place: string, cause: unknown): FeatureStoreError {
  if (cause instanceof FeatureStoreError) return cause;
  const why = cause instanceof Error ? cause.message : String(cause);
  return new FeatureStoreError('unavailable', `lmdb store: ${place}: ${why}`, { cause });
}
