import {
  type FeatureStore,
  FeatureStoreError,
  type FeatureWrite,
  type StoredFeature,
} from '../../ranking/feature-store/feature-store.ts';

/** A store before another one that fails, or never answers, when it is told. Reads through promises alone, as a store behind a network, unless it is embedded. */
export class FaultyStore implements FeatureStore {
  readonly name = 'faulty';
  readonly getNow?: (namespace: string, key: string) => StoredFeature | null;
  /** The one behind it. */
  store: FeatureStore;
  /** `lost`: what is written arrives, and nobody is told. */
  mode: 'well' | 'failing' | 'silent' | 'lost' = 'well';
  /** Called before each call, with what it does. */
  onCall: (call: 'get' | 'write' | 'delete', namespace: string) => void = () => {};

  constructor(store: FeatureStore, isEmbedded = false) {
    this.store = store;
    if (isEmbedded) this.getNow = (namespace, key) => this.#getNow(namespace, key);
  }

  get(namespace: string, key: string): Promise<StoredFeature | null> {
    this.onCall('get', namespace);
    return this.#through(() => this.store.get(namespace, key));
  }

  getMany(namespace: string, keys: readonly string[]): Promise<readonly (StoredFeature | null)[]> {
    this.onCall('get', namespace);
    return this.#through(() => this.store.getMany(namespace, keys));
  }

  write(namespace: string, writes: readonly FeatureWrite[]): Promise<readonly (number | null)[]> {
    this.onCall('write', namespace);
    return this.#through(() => this.store.write(namespace, writes));
  }

  delete(namespace: string, keys: readonly string[]): Promise<number> {
    this.onCall('delete', namespace);
    return this.#through(() => this.store.delete(namespace, keys));
  }

  scan(namespace: string) {
    return this.store.scan(namespace);
  }

  close(): Promise<void> {
    return this.store.close();
  }

  #getNow(namespace: string, key: string): StoredFeature | null {
    this.onCall('get', namespace);
    if (this.mode === 'well' && this.store.getNow) return this.store.getNow(namespace, key);
    throw new FeatureStoreError('unavailable', 'faulty store: told to');
  }

  async #through<T>(call: () => Promise<T>): Promise<T> {
    const { mode } = this;
    if (mode === 'silent') return new Promise<T>(() => {});
    if (mode === 'failing') throw new FeatureStoreError('unavailable', 'faulty store: told to');
    const result = await call();
    if (mode === 'lost') throw new FeatureStoreError('unavailable', 'faulty store: answer lost');
    return result;
  }
}
