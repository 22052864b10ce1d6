/**
 * A 32-bit set of how a completion's terms begin: a quick no before the forward index is read. Each term sets one of 12 bits for
 * its first letter and one of 20 for its first two, so a completion holds a term only if it has both of the term's bits.
 */
const FIRST_BITS = 12;
const PAIR_BITS = 20;

function firstBit(first: number): number {
  return 1 << (first % FIRST_BITS);
}

/** `second` is 0 for a term of one code point. The multipliers are odd and of no other meaning. */
function pairBit(first: number, second: number): number {
  const mixed = (Math.imul(first, 0x9e3779b1) + Math.imul(second, 0x85ebca77)) >>> 16;
  return 1 << (FIRST_BITS + ((mixed * PAIR_BITS) >>> 16));
}

/** The bits of a whole term, or those that every term beginning with `text` has. */
export function signatureOf(text: string, isWhole: boolean): number {
  const first = text.codePointAt(0);
  if (first === undefined) return 0;
  const second = text.codePointAt(first > 0xffff ? 2 : 1);
  if (second === undefined && !isWhole) return firstBit(first);
  return firstBit(first) | pairBit(first, second ?? 0);
}
