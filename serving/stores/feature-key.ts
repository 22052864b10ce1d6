import { randomInt } from 'node:crypto';
import type { FeatureWrite } from '../../ranking/feature-store/feature-store.ts';

const NAMESPACE = /^[a-z][a-z-]*$/;
const MOST_KEY_BYTES = 128;
/** Where versions begin: anywhere, so that a key written anew is not taken for what it was before it was deleted. */
const FIRST_VERSIONS = 2 ** 40;

/** The key, if it and its namespace are of the form that the port asks for; throws what else came. */
export function checkedKey(namespace: string, key: string): string {
  if (!NAMESPACE.test(namespace)) {
    throw new RangeError(`expected a namespace of small letters and hyphens, got '${namespace}'`);
  }
  const sizeBytes = Buffer.byteLength(key);
  if (sizeBytes < 1 || sizeBytes > MOST_KEY_BYTES) {
    throw new RangeError(`expected a key of 1 to ${MOST_KEY_BYTES} bytes, got ${sizeBytes}`);
  }
  return key;
}

/** The version that a writing gives, by the one that it expects to replace. */
export function nextVersion(expected: FeatureWrite['expected']): number {
  return typeof expected === 'number' ? expected + 1 : randomInt(1, FIRST_VERSIONS);
}
