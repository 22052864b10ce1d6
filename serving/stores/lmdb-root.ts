import { type Database, open, type RootDatabase } from 'lmdb';
import { FeatureStoreError } from '../../ranking/feature-store/feature-store.ts';
import { checkedKey } from './feature-key.ts';

/** Namespaces that a folder may have. */
const MOST_NAMESPACES = 32;

/** A namespace. */
export type Features = Database<Buffer, string>;

/** A file of LMDB with its databases, one a namespace. */
export class LmdbRoot {
  readonly #root: RootDatabase<Buffer, string>;
  readonly #namespaces = new Map<string, Features>();

  /** Opens the files of a folder, which must be there, or makes them. */
  constructor(folder: string) {
    this.#root = open<Buffer, string>({
      path: folder,
      encoding: 'binary',
      useVersions: true,
      maxDbs: MOST_NAMESPACES,
    });
  }

  /** Resolves when what was written so far is on disk. */
  get flushed(): Promise<unknown> {
    return this.#root.flushed;
  }

  namespaces(): readonly string[] {
    // Database names stand in the root database as its keys.
    return [...this.#root.getKeys()].map(String);
  }

  features(namespace: string): Features {
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

  close(): Promise<void> {
    return this.#root.close();
  }
}

/** The version that LMDB keeps beside a value. */
export function versionOf(entry: { readonly version?: number }): number {
  if (entry.version === undefined) {
    throw new FeatureStoreError('damaged', 'lmdb store: expected a version with every value');
  }
  return entry.version;
}
