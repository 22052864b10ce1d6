import type {
  FeatureStore,
  FeatureWrite,
  ScannedFeature,
  StoredFeature,
} from '../../ranking/feature-store/feature-store.ts';
import { PROFILES } from '../personal/stored-profile.ts';

/** The version of what stands under an earlier hash; stores never give it. */
const FORMER = -1;

/** Which hashes a user had under earlier secrets, by the one in force. */
export interface FormerHashes {
  readonly hasEarlierSecrets: boolean;
  earlierHashesOf(hash: string): readonly string[];
}

/**
 * The same store, in which a user who has no profile under the hash in force has that of an earlier one, until one is written: it then begins from there. So nobody becomes a stranger
 * when the secret is rotated. What stands under the earlier hash stays, until it is erased or all are made anew.
 */
export function withFormerHashes(store: FeatureStore, hashes: FormerHashes): FeatureStore {
  return hashes.hasEarlierSecrets ? new FormerHashStore(store, hashes) : store;
}

class FormerHashStore implements FeatureStore {
  readonly name: string;
  readonly getNow?: (namespace: string, key: string) => StoredFeature | null;
  readonly scrub?: () => Promise<void>;
  readonly #store: FeatureStore;
  readonly #hashes: FormerHashes;

  constructor(store: FeatureStore, hashes: FormerHashes) {
    this.#store = store;
    this.#hashes = hashes;
    this.name = store.name;
    const { getNow, scrub } = store;
    if (scrub !== undefined) this.scrub = () => scrub();
    if (getNow === undefined) return;
    this.getNow = (namespace, key) => {
      const stored = getNow(namespace, key);
      if (stored !== null || namespace !== PROFILES) return stored;
      for (const former of hashes.earlierHashesOf(key)) {
        const found = getNow(namespace, former);
        if (found !== null) return { ...found, version: FORMER };
      }
      return null;
    };
  }

  async get(namespace: string, key: string): Promise<StoredFeature | null> {
    const stored = await this.#store.get(namespace, key);
    if (stored !== null || namespace !== PROFILES) return stored;
    for (const former of this.#hashes.earlierHashesOf(key)) {
      const found = await this.#store.get(namespace, former);
      if (found !== null) return { ...found, version: FORMER };
    }
    return null;
  }

  async getMany(
    namespace: string,
    keys: readonly string[],
  ): Promise<readonly (StoredFeature | null)[]> {
    const stored = await this.#store.getMany(namespace, keys);
    return Promise.all(stored.map((each, i) => each ?? this.get(namespace, keys[i] ?? '')));
  }

  write(namespace: string, writes: readonly FeatureWrite[]): Promise<readonly (number | null)[]> {
    const ours = writes.map((write) =>
      write.expected === FORMER ? { ...write, expected: null } : write,
    );
    return this.#store.write(namespace, ours);
  }

  delete(namespace: string, keys: readonly string[]): Promise<number> {
    return this.#store.delete(namespace, keys);
  }

  scan(namespace: string): AsyncIterable<ScannedFeature> {
    return this.#store.scan(namespace);
  }

  close(): Promise<void> {
    return this.#store.close();
  }
}
