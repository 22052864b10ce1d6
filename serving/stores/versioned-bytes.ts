import {
  FeatureStoreError,
  type StoredFeature,
} from '../../ranking/feature-store/feature-store.ts';

/** What stands before the bytes of a feature in a store that keeps bytes alone: the version, a double in little-endian order. */
export const VERSION_BYTES = 8;

/** The bytes of a feature with its version before them (FORMAT.md). */
export function joinVersion({ bytes, version }: StoredFeature): Buffer {
  const joined = Buffer.allocUnsafe(VERSION_BYTES + bytes.length);
  joined.writeDoubleLE(version, 0);
  joined.set(bytes, VERSION_BYTES);
  return joined;
}

/** What `joinVersion` joined; the bytes are a view. Throws `damaged`. */
export function splitVersion(joined: Buffer, place: string): StoredFeature {
  if (joined.length < VERSION_BYTES) {
    throw new FeatureStoreError(
      'damaged',
      `${place}: expected at least ${VERSION_BYTES} bytes, got ${joined.length}; delete the key`,
    );
  }
  return { version: joined.readDoubleLE(0), bytes: joined.subarray(VERSION_BYTES) };
}
