import { mkdir } from 'node:fs/promises';
import { type Database, open, type RootDatabase } from 'lmdb';
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

type Features = Database<Buffer, string>;

/**
 * A feature store in a folder of this machine, without a server: LMDB, a B-tree in a mapped file, a database a namespace. What was written survives a crash of the
 * process at once and of the machine from when the write resolved. Reads cost microseconds where the page is in memory.
 */
export class LmdbFeatureStore implements FeatureStore {
  readonly name = 'lmdb';
  readonly #root: RootDatabase<Buffer, string>;
  readonly #namespaces = new Map<string, Features>();
  #closing: Promise<void> | null = null;

  private constructor(root: RootDatabase<Buffer, string>) {
    this.#root = root;
  }

  /** Opens the store of a folder, made when it is not there. Rejects with `unavailable` where it cannot. */
  static async open(folder: string): Promise<LmdbFeatureStore> {
    try {
      await mkdir(folder, { recursive: true });
      return new LmdbFeatureStore(
        open<Buffer, string>({
          path: folder,
          encoding: 'binary',
          useVersions: true,
          maxDbs: MOST_NAMESPACES,
        }),
      );
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
    const features = this.#open(namespace);
    for (const { key } of writes) checkedKey(namespace, key);
    try {
      return await Promise.all(writes.map((write) => put(features, write)));
    } catch (cause) {
      throw fault(`writing ${writes.length} of ${namespace}`, cause);
    }
  }

  async delete(namespace: string, keys: readonly string[]): Promise<number> {
    const features = this.#open(namespace);
    try {
      // LMDB tells the same of a key that was there and of one that was not.
      const there = keys.filter((key) => features.doesExist(checkedKey(namespace, key)));
      await Promise.all(there.map((key) => features.remove(key)));
      return there.length;
    } catch (cause) {
      throw fault(`deleting ${keys.length} of ${namespace}`, cause);
    }
  }

  async *scan(namespace: string): AsyncIterable<ScannedFeature> {
    const features = this.#open(namespace);
    for (const entry of features.getRange({ versions: true })) {
      yield { key: entry.key, bytes: entry.value, version: versionOf(entry) };
    }
  }

  close(): Promise<void> {
    this.#closing ??= this.#root.close();
    return this.#closing;
  }

  #open(namespace: string): Features {
    if (this.#closing !== null) throw new FeatureStoreError('closed', 'lmdb store: it is closed');
    const opened = this.#namespaces.get(namespace);
    if (opened !== undefined) return opened;
    checkedKey(namespace, '-');
    const features = this.#root.openDB<Buffer, string>(namespace, {
      encoding: 'binary',
      useVersions: true,
      // What does not fit a page takes whole ones of 4 KiB: compressed (LZ4), a full profile needs one instead of two.
      compression: true,
    });
    this.#namespaces.set(namespace, features);
    return features;
  }
}

/** The new version; null where another writing came before. LMDB's one writer compares and sets. */
async function put(
  features: Features,
  { key, bytes, expected }: FeatureWrite,
): Promise<number | null> {
  const value = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
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
