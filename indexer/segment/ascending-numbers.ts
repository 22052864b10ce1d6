/** The first place of ascending numbers whose number is at least `limit`; their length where there is none. */
export function firstAtLeast(values: Uint32Array, limit: number): number {
  return between(values, limit, 0, values.length);
}

/**
 * The same where all before place `from` are known to be below: in steps that double from there on, as what is looked for is mostly near, and near places are
 * in the processor's cache.
 */
export function firstAtLeastFrom(values: Uint32Array, limit: number, from: number): number {
  const { length } = values;
  let low = from;
  let step = 1;
  while (low + step <= length && values[low + step - 1]! < limit) {
    low += step;
    step *= 2;
  }
  return between(values, limit, low, Math.min(low + step, length));
}

function between(values: Uint32Array, limit: number, from: number, to: number): number {
  let low = from;
  let high = to;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (values[middle]! < limit) low = middle + 1;
    else high = middle;
  }
  return low;
}
