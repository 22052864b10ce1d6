import {
  type FeatureStore,
  FeatureStoreError,
  type FeatureWrite,
  type ScannedFeature,
  type StoredFeature,
} from '../../ranking/feature-store/feature-store.ts';
import { checkedKey, nextVersion } from './feature-key.ts';

/** A feature store of the process alone: nothing outlives it. For tests, and for servers that keep nothing. */
export class MemoryFeatureStore implements FeatureStore {
  readonly name = 'memory';
  readonly #namespaces = new Map<string, Map<string, StoredFeature>>();
  #isClosed = false;

  readonly getNow = (namespace: string, key: string): StoredFeature | null => {
    this.#refuseWhenClosed();
    checkedKey(namespace, key);
    const kept = this.#namespaces.get(namespace)?.get(key);
    return kept === undefined ? null : copyOf(kept);
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
    this.#refuseWhenClosed();
    const features = this.#namespaces.get(namespace) ?? new Map<string, StoredFeature>();
    this.#namespaces.set(namespace, features);
    return writes.map(({ key, bytes, expected }) => {
      const before = features.get(checkedKey(namespace, key))?.version ?? null;
      if (expected !== 'any' && expected !== before) return null;
      const version = nextVersion(expected);
      features.set(key, copyOf({ bytes, version }));
      return version;
    });
  }

  async delete(namespace: string, keys: readonly string[]): Promise<number> {
    this.#refuseWhenClosed();
    const features = this.#namespaces.get(namespace);
    return keys.filter((key) => features?.delete(checkedKey(namespace, key))).length;
  }

  async *scan(namespace: string): AsyncIterable<ScannedFeature> {
    this.#refuseWhenClosed();
    for (const [key, kept] of this.#namespaces.get(namespace) ?? []) yield { key, ...copyOf(kept) };
  }

  async close(): Promise<void> {
    this.#isClosed = true;
  }

  #refuseWhenClosed(): void {
    if (this.#isClosed) throw new FeatureStoreError('closed', 'memory store: it is closed');
  }
}

function copyOf({ bytes, version }: StoredFeature): StoredFeature {
  return { bytes: Uint8Array.from(bytes), version };
}
