import {
  type FeatureStore,
  FeatureStoreError,
  type FeatureWrite,
  type ScannedFeature,
  type StoredFeature,
} from '../../ranking/feature-store/feature-store.ts';
import { checkedKey, nextVersion } from './feature-key.ts';
import { type Features, versionOf } from './lmdb-root.ts';
import { ReplaceableRoot } from './replaceable-root.ts';

/**
 * A feature store in a folder of this machine, without a server: LMDB, a B-tree in a mapped file, a database a namespace. What was written survives a crash of the
 * process at once and of the machine from when the write resolved. Reads cost microseconds where the page is in memory.
 */
export class LmdbFeatureStore implements FeatureStore {
  readonly name = 'lmdb';
  readonly #root: ReplaceableRoot;
  #scrubbing: Promise<void> = Promise.resolve();
  #nextScrub: Promise<void> | null = null;
  #closing: Promise<void> | null = null;

  private constructor(root: ReplaceableRoot) {
    this.#root = root;
  }

  /** Opens the store of a folder, made when it is not there. Rejects with `unavailable` where it cannot. */
  static async open(folder: string): Promise<LmdbFeatureStore> {
    try {
      return new LmdbFeatureStore(await ReplaceableRoot.open(folder));
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
      const copy = this.#root.copyOf(namespace);
      if (copy !== undefined) await Promise.all(there.map((key) => copy.remove(key)));
      return there.length;
    });
  }

  async *scan(namespace: string): AsyncIterable<ScannedFeature> {
    const features = this.#open(namespace);
    const end = this.#root.beginReading();
    try {
      for (const entry of features.getRange({ versions: true })) {
        yield { key: entry.key, bytes: entry.value, version: versionOf(entry) };
      }
    } finally {
      end();
    }
  }

  /** Takes the bytes of what was deleted out of the files, see `ReplaceableRoot`; calls that wait share one replacement. */
  readonly scrub = (): Promise<void> => {
    this.#nextScrub ??= this.#scrubbing.then(async () => {
      this.#nextScrub = null;
      this.#scrubbing = this.#replace();
      await this.#scrubbing;
    });
    const done = this.#nextScrub;
    this.#scrubbing = done.catch(() => {});
    return done;
  };

  close(): Promise<void> {
    this.#closing ??= this.#scrubbing.catch(() => {}).then(() => this.#root.close());
    return this.#closing;
  }

  async #replace(): Promise<void> {
    if (this.#closing !== null) throw new FeatureStoreError('closed', 'lmdb store: it is closed');
    await this.#root.replace();
  }

  async #change<T>(what: string, change: () => Promise<T>): Promise<T> {
    try {
      return await this.#root.change(change);
    } catch (cause) {
      throw fault(what, cause);
    }
  }

  async #copyWrites(
    namespace: string,
    writes: readonly FeatureWrite[],
    versions: readonly (number | null)[],
  ): Promise<void> {
    const copy = this.#root.copyOf(namespace);
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
    return this.#root.features(namespace);
  }
}

/** The new version; null where another writing came before. LMDB's one writer compares and sets. */
async function put(
  features: Features,
  { key, bytes, expected }: FeatureWrite,
): Promise<number | null> {
  const value = bufferOf(bytes);
  const version = nextVersion(expected);
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

function fault(place: string, cause: unknown): FeatureStoreError {
  if (cause instanceof FeatureStoreError) return cause;
  const why = cause instanceof Error ? cause.message : String(cause);
  return new FeatureStoreError('unavailable', `lmdb store: ${place}: ${why}`, { cause });
}
