import type { RangeMinimum } from './range-minimum.ts';

/** How many more values than wanted a guess aims at: one that is too low costs another walk. */
const MARGIN = 1.2;

// One selection runs at a time in a thread.
const places: number[] = [];

/**
 * Puts the at most `k` smallest distinct values of places `low` … `high - 1` into `found`, ascending; returns their number. For many at once: a bound below which about so many
 * lie is guessed from the `known` smallest, which `found` holds already, and all below it are gathered from the blocks that hold one. `limit` is above all values. Time follows k
 * and the blocks that are met, where `RangeMinimum.smallest`, made for ten, takes k times k.
 */
export function smallestMany(
  order: RangeMinimum,
  range: { readonly low: number; readonly high: number },
  k: number,
  limit: number,
  found: Uint32Array,
  known: number,
): number {
  const { low, high } = range;
  if (high <= low || k <= 0) return 0;
  let bound = high - low <= k ? limit : guess(limit, found[known - 1] ?? 0, k / Math.max(1, known));
  for (;;) {
    places.length = 0;
    order.placesAtMost(low, high, bound, places);
    const count = sortDistinct(order.values, found, k);
    if (count === k || bound >= limit) return count;
    bound = guess(limit, bound, Math.max(2, k / (count + 1)));
  }
}

function guess(limit: number, bound: number, times: number): number {
  return Math.min(limit, Math.ceil((bound + 1) * times * MARGIN));
}

let scratch = new Uint32Array(1024);

/** The `k` smallest distinct values at `places`, ascending, into `found`. */
function sortDistinct(values: Uint32Array, found: Uint32Array, k: number): number {
  const { length } = places;
  if (length > scratch.length) scratch = new Uint32Array(2 * length);
  for (let i = 0; i < length; i++) scratch[i] = values[places[i]!]!;
  scratch.subarray(0, length).sort();
  let count = 0;
  for (let i = 0; i < length && count < k; i++) {
    const value = scratch[i]!;
    if (count === 0 || found[count - 1] !== value) found[count++] = value;
  }
  return count;
}
