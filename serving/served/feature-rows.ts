/*
 * Rows of features in few bytes (FORMAT.md, "A list"): of each row which are not 0, and these.
 */

const VALUE_BYTES = 4;

/** Rows that write themselves. */
export interface FeatureRows {
  readonly width: number;
  /** Bytes at most. */
  readonly featureBytes: number;
  /** Writes the rows from a place on (`writeFeatureRows`); gives the place after them. */
  writeFeatures(into: Buffer, begin: number): number;
}

/** Rows of features that are there. */
export function featureRowsOf(features: Float32Array, width: number): FeatureRows {
  const count = width === 0 ? 0 : features.length / width;
  return {
    width,
    featureBytes: mostFeatureBytes(count, width),
    writeFeatures: (into, begin) => writeFeatureRows(features, count, width, into, begin),
  };
}

/** Bytes of a number of rows at most. */
export function mostFeatureBytes(rows: number, width: number): number {
  return rows * (Math.ceil(width / 8) + width * VALUE_BYTES);
}

/** Writes the first `count` rows, of `width` features each, from a place on, where there is room for them; gives the place after them. */
export function writeFeatureRows(
  features: Float32Array,
  count: number,
  width: number,
  into: Buffer,
  begin: number,
): number {
  const view = new DataView(into.buffer, into.byteOffset, into.length);
  const maskBytes = Math.ceil(width / 8);
  let at = begin;
  for (let first = 0; first < count * width; first += width) {
    const mask = at;
    at += maskBytes;
    into.fill(0, mask, at);
    for (let i = 0; i < width; i++) {
      const value = features[first + i]!;
      if (value === 0) continue;
      into[mask + (i >> 3)]! |= 1 << (i & 7);
      view.setFloat32(at, value, true);
      at += VALUE_BYTES;
    }
  }
  return at;
}

/** The rows that were written from a place on. Throws where the bytes end before them. */
export function readFeatureRows(
  bytes: Buffer,
  begin: number,
  rows: number,
  width: number,
): Float32Array {
  const features = new Float32Array(width === 0 ? 0 : rows * width);
  const maskBytes = Math.ceil(width / 8);
  let at = begin;
  for (let row = 0; row * width < features.length; row++) {
    const mask = at;
    at += maskBytes;
    for (let i = 0; i < width; i++) {
      if ((bytes.readUInt8(mask + (i >> 3)) & (1 << (i & 7))) === 0) continue;
      features[row * width + i] = bytes.readFloatLE(at);
      at += VALUE_BYTES;
    }
  }
  return features;
}
