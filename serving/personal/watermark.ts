import { FeatureStoreError } from '../../ranking/feature-store/feature-store.ts';

/** The namespace of the watermarks in a feature store, by log: up to where all records of a log are folded into stored profiles. */
export const WATERMARKS = 'watermarks';

const VERSION = 1;
const BYTES = 9;

/** The bytes of a watermark (FORMAT.md): the offset one beyond the last record that needs no replay. */
export function encodeWatermark(end: number): Uint8Array {
  const bytes = Buffer.alloc(BYTES);
  bytes[0] = VERSION;
  bytes.writeDoubleLE(end, 1);
  return bytes;
}

/** What `encodeWatermark` wrote. Throws `damaged`. */
export function decodeWatermark(bytes: Uint8Array): number {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  const end = buffer.length === BYTES && buffer[0] === VERSION ? buffer.readDoubleLE(1) : -1;
  if (Number.isSafeInteger(end) && end >= 0) return end;
  throw new FeatureStoreError(
    'damaged',
    `watermark: expected ${BYTES} bytes of version ${VERSION}, got ${buffer.toString('hex', 0, BYTES)}`,
  );
}
