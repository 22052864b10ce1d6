/** Whole numbers from 0 below 2^53: seven bits a byte, the lowest first; the highest bit of each but the last byte is set. */

/** Bytes that a number takes. */
export function varintBytes(value: number): number {
  if (value < 0x80) return 1;
  if (value < 0x4000) return 2;
  if (value < 0x200000) return 3;
  let size = 4;
  for (let bound = 0x10000000; value >= bound; bound *= 0x80) size++;
  return size;
}

/** Puts the sign into the lowest bit, so that small numbers of either sign stay short. */
export function zigzag(value: number): number {
  return value < 0 ? -2 * value - 1 : 2 * value;
}

export function unzigzag(value: number): number {
  return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
}
