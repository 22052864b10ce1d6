/**
 * The order of descending scores, equal scores staying as they were: a stable radix sort on the bits of the doubles, whose
 * order for numbers that are not negative is that of their bits.
 */
const DIGIT_BITS = 16;
const DIGITS = 1 << DIGIT_BITS;

/** Reorders `items` so that `scores[item]` descends; returns the new order. Scores are finite and not negative. */
export function orderByScore(items: Uint32Array, scores: Float64Array): Uint32Array {
  const bits = new Uint16Array(scores.buffer, scores.byteOffset, scores.length * 4);
  let order = Uint32Array.from(items);
  let spare = new Uint32Array(items.length);
  const counts = new Uint32Array(DIGITS + 1);
  for (let digit = 0; digit < 4; digit++) {
    counts.fill(0);
    for (const item of order) {
      // Complemented, so that the largest comes first; -0 counts as 0.
      const key = DIGITS - digitOf(bits, item, digit);
      counts[key] = counts[key]! + 1;
    }
    // Whole numbers have no low bits: a digit that all share orders nothing.
    if (order.length > 0 && counts[DIGITS - digitOf(bits, order[0]!, digit)] === order.length)
      continue;
    for (let key = 1; key <= DIGITS; key++) counts[key] = counts[key]! + counts[key - 1]!;
    for (const item of order) {
      const key = DIGITS - 1 - digitOf(bits, item, digit);
      const to = counts[key]!;
      counts[key] = to + 1;
      spare[to] = item;
    }
    [order, spare] = [spare, order];
  }
  return order;
}

/** 16 bits of a score, lowest digit first (typed arrays are little-endian on every platform that Node runs on). */
function digitOf(bits: Uint16Array, item: number, digit: number): number {
  const value = bits[item * 4 + digit]!;
  return digit === 3 ? value & 0x7fff : value;
}
