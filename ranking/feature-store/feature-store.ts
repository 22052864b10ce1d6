/** What is kept under a key, and which writing of it this is. */
export interface StoredFeature {
  readonly bytes: Uint8Array;
  /**
   * Opaque; another one after every write. A key that is deleted and written anew does not come back to an earlier one, so that who read it before the
   * deletion cannot take it for what they read.
   */
  readonly version: number;
}

export interface FeatureWrite {
  readonly key: string;
  readonly bytes: Uint8Array;
  /** The version that is to be replaced; `null` where nothing may be there yet, `any` where it does not matter. */
  readonly expected: number | null | 'any';
}

export interface ScannedFeature extends StoredFeature {
  readonly key: string;
}

/** Where things of one kind are kept apart from the others, as `profiles`: small Latin letters and hyphens. */
export type FeatureNamespace = string;

/**
 * Bytes by namespace and key that outlive the process: profiles, counters, how far a log was folded. Keys have 1 to 128 bytes; bytes are at most a few KiB and are the
 * caller's own after a read. Everything rejects with `FeatureStoreError`. Domain code knows this port; the implementations share the contract suite in
 * `test/contracts/feature-store.ts`.
 */
export interface FeatureStore {
  /** For logs and metrics: `memory`, `lmdb`, `redis`. */
  readonly name: string;

  /** What is kept under a key, `null` for nothing. */
  get(namespace: FeatureNamespace, key: string): Promise<StoredFeature | null>;

  /** As `get`, in the order of the keys, for about the price of one. */
  getMany(
    namespace: FeatureNamespace,
    keys: readonly string[],
  ): Promise<readonly (StoredFeature | null)[]>;

  /**
   * Writes each whose expected version stands, whole; tells the new versions in their order, `null` for those that were not written because another
   * writing came before. Atomic a key, not together. After an error any of them may have been written. Keys are distinct.
   */
  write(
    namespace: FeatureNamespace,
    writes: readonly FeatureWrite[],
  ): Promise<readonly (number | null)[]>;

  /** Removes keys; resolves to how many were there. */
  delete(namespace: FeatureNamespace, keys: readonly string[]): Promise<number>;

  /** All of a namespace, in no order. What is there from the beginning to the end comes at least once; what is written meanwhile may come or not. */
  scan(namespace: FeatureNamespace): AsyncIterable<ScannedFeature>;

  /** As `get`, at once; only where it costs microseconds and never waits (an embedded store). */
  readonly getNow?: (namespace: FeatureNamespace, key: string) => StoredFeature | null;

  /**
   * Takes what was deleted out of the store's own files, where its bytes stay in free space until they are used again. Absent where nothing stays, or where that is the store's own
   * affair. Costs what copying the store does; reads and writes go on meanwhile.
   */
  readonly scrub?: () => Promise<void>;

  /** Waits for the writes under way; later calls reject with `closed`. */
  close(): Promise<void>;
}

/** `unavailable`: the store is not reached or failed. `timeout`: it did not answer in time. `open`: it failed so often that it is left alone for a while. */
export type FeatureStoreErrorCode = 'unavailable' | 'timeout' | 'open' | 'closed' | 'damaged';

/** A call that a feature store could not serve. */
export class FeatureStoreError extends Error {
  override readonly name = 'FeatureStoreError';
  readonly code: FeatureStoreErrorCode;

  constructor(code: FeatureStoreErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
