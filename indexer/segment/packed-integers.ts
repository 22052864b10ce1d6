/**
 * Integers of one bit width in 32-bit words: 32 values take exactly `width` words, so that a value's word follows from its
 * index without products that leave the 32-bit range.
 */
export function bitWidth(largest: number): number {
  return largest === 0 ? 1 : 32 - Math.clz32(largest);
}

/** Packs `values` at `width` bits each; one spare word lets a reader always look at two. */
export function packIntegers(values: Uint32Array, width: number): Uint32Array {
  const words = new Uint32Array(Math.ceil(values.length / 32) * width + 1);
  for (let index = 0; index < values.length; index++) {
    const bit = (index & 31) * width;
    const word = (index >>> 5) * width + (bit >>> 5);
    const shift = bit & 31;
    const value = values[index]!;
    words[word] = words[word]! | (value << shift);
    if (shift + width > 32) words[word + 1] = words[word + 1]! | (value >>> (32 - shift));
  }
  return words;
}

/** The value at `index`; the caller keeps `index` below the packed count. */
export function readPacked(words: Uint32Array, width: number, mask: number, index: number): number {
  const bit = (index & 31) * width;
  const word = (index >>> 5) * width + (bit >>> 5);
  const shift = bit & 31;
  const low = words[word]! >>> shift;
  if (shift + width <= 32) return (low & mask) >>> 0;
  return ((low | (words[word + 1]! << (32 - shift))) & mask) >>> 0;
}

/** A number whose lowest `width` bits, 1 to 32, are set. */
export function maskOf(width: number): number {
  return width === 32 ? 0xffffffff : (1 << width) - 1;
}
