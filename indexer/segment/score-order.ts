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
  for (const digit of differingDigits(bits)) {
    counts.fill(0);
    for (let i = 0; i < order.length; i++) {
      // Complemented, so that the largest comes first; -0 counts as 0.
      const key = DIGITS - digitOf(bits, order[i]!, digit);
      counts[key] = counts[key]! + 1;
    }
    for (let key = 1; key <= DIGITS; key++) counts[key] = counts[key]! + counts[key - 1]!;
    for (let i = 0; i < order.length; i++) {
      const item = order[i]!;
      const key = DIGITS - 1 - digitOf(bits, item, digit);
      spare[counts[key]!] = item;
      counts[key] = counts[key]! + 1;
    }
    [order, spare] = [spare, order];
  }
  return order;
}

/** The digits in which some scores differ, lowest first: whole numbers share their low ones, which order nothing. */
function differingDigits(bits: Uint16Array): number[] {
  return [0, 1, 2, 3].filter((digit) => {
    for (let at = digit + 4; at < bits.length; at += 4) if (bits[at] !== bits[digit]) return true;
    return false;
  });
}

/** 16 bits of a score, lowest digit first (typed arrays are little-endian on every platform that Node runs on). */
function digitOf(bits: Uint16Array, item: number, digit: number): number {
  const value = bits[item * 4 + digit]!;
  return digit === 3 ? value & 0x7fff : value;
}
