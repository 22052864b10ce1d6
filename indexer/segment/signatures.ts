/**
 * A 32-bit set of how a completion's terms begin: a quick no before the forward index is read. Each term sets one of 10 bits for
 * its first letter, one of 11 for its first two and one of 11 for its first three, so a completion holds a term only if it has
 * all of the term's bits.
 */
const FIRST_BITS = 10;
const MORE_BITS = 11;

/** One of `count` bits from `from` on. The multiplier is odd and of no other meaning. */
function bitOf(mixed: number, from: number, count: number): number {
  return 1 << (from + (((Math.imul(mixed, 0x9e3779b1) >>> 16) * count) >>> 16));
}

/** The bits of a whole term, or those that every term beginning with `text` has; none for an empty beginning. */
export function signatureOf(text: string, isWhole: boolean): number {
  const first = text.codePointAt(0);
  if (first === undefined) return 0;
  let bits = bitOf(first, 0, FIRST_BITS);
  const secondAt = first > 0xffff ? 2 : 1;
  const second = text.codePointAt(secondAt);
  if (second === undefined && !isWhole) return bits;
  // A letter that a whole term lacks counts as 0.
  const pair = Math.imul(first, 0x01000193) ^ (second ?? 0);
  bits |= bitOf(pair, FIRST_BITS, MORE_BITS);
  const third =
    second === undefined ? undefined : text.codePointAt(secondAt + (second > 0xffff ? 2 : 1));
  if (third === undefined && !isWhole) return bits;
  const triple = Math.imul(pair, 0x01000193) ^ (third ?? 0);
  return bits | bitOf(triple, FIRST_BITS + MORE_BITS, MORE_BITS);
}
