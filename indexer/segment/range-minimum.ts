import type { Container, ContainerBuilder } from './container.ts';
import { SegmentError } from './errors.ts';

/**
 * The k smallest values of any range of an array, by block minima and a sparse table over the blocks.
 *
 * A range is cut at block borders; its ends are scanned, and the whole blocks between are visited best first: the block
 * with the least minimum by range-minimum query, scanned, and its left and right rest put into a small list, until no
 * block can improve on the k-th value found. Sources: Muthukrishnan, "Efficient algorithms for document retrieval
 * problems", SODA 2002; Hsu and Ottaviano, WWW 2013, section 3.
 *
 * Space: 4 bytes a block of 32 and 4 bytes a block and level, about 2 bytes a value at a million values.
 */
export const BLOCK_SHIFT = 5;
const BLOCK = 1 << BLOCK_SHIFT;

/** Ranges up to this many values are scanned whole: cheaper than cutting them. */
const SCAN_WHOLE = 4 * BLOCK;

export const NO_VALUE = 0xffffffff;

/** Adds the sections `<name>.minima` and `<name>.argmin`, and returns the structure that they make. */
export function writeRangeMinimum(
  builder: ContainerBuilder,
  name: string,
  values: Uint32Array,
  repeats: boolean,
): RangeMinimum {
  const minima = blockMinima(values);
  const argmin = sparseTable(minima);
  builder.add(`${name}.minima`, minima);
  builder.add(`${name}.argmin`, argmin);
  return new RangeMinimum(values, minima, argmin, repeats);
}

/** Views the sections that `writeRangeMinimum` wrote. */
export function openRangeMinimum(
  container: Container,
  name: string,
  values: Uint32Array,
  repeats: boolean,
): RangeMinimum {
  const minima = container.uint32(`${name}.minima`);
  const argmin = container.uint32(`${name}.argmin`);
  const blocks = Math.ceil(values.length / BLOCK);
  if (minima.length !== blocks || argmin.length !== levelCount(blocks) * blocks) {
    throw new SegmentError(
      'bad-section',
      `segment sections '${name}.minima' and '${name}.argmin': expected ${blocks} blocks, got ${minima.length} and ${argmin.length} entries`,
    );
  }
  return new RangeMinimum(values, minima, argmin, repeats);
}

function blockMinima(values: Uint32Array): Uint32Array {
  const minima = new Uint32Array(Math.ceil(values.length / BLOCK)).fill(NO_VALUE);
  for (let at = 0; at < values.length; at++) {
    const block = at >>> BLOCK_SHIFT;
    if (values[at]! < minima[block]!) minima[block] = values[at]!;
  }
  return minima;
}

/** Level j (from 1) holds, for each block i, the block with the least minimum among i … i + 2^j - 1; ties go left. */
function sparseTable(minima: Uint32Array): Uint32Array {
  const blocks = minima.length;
  const levels = levelCount(blocks);
  const table = new Uint32Array(levels * blocks);
  for (let level = 1; level <= levels; level++) {
    const row = (level - 1) * blocks;
    const half = 1 << (level - 1);
    for (let block = 0; block + 2 * half <= blocks; block++) {
      const left = level === 1 ? block : table[row - blocks + block]!;
      const right = level === 1 ? block + half : table[row - blocks + block + half]!;
      table[row + block] = minima[left]! <= minima[right]! ? left : right;
    }
  }
  return table;
}

function levelCount(blocks: number): number {
  return blocks < 2 ? 0 : 31 - Math.clz32(blocks);
}

/** At most this many results are asked of one range. */
export const MAX_RESULTS = 64;

// One search runs at a time in a thread, so the list of open block ranges is shared.
// Distinct values need at most two ranges a result; repeated ones may need more, and the list grows.
let openLow = new Uint32Array(4 * MAX_RESULTS);
let openHigh = new Uint32Array(openLow.length);
let openBlock = new Uint32Array(openLow.length);
let openMinimum = new Uint32Array(openLow.length);

function growOpenRanges(): void {
  openLow = doubled(openLow);
  openHigh = doubled(openHigh);
  openBlock = doubled(openBlock);
  openMinimum = doubled(openMinimum);
}

function doubled(values: Uint32Array): Uint32Array<ArrayBuffer> {
  const larger = new Uint32Array(values.length * 2);
  larger.set(values);
  return larger;
}

/** Which are the least values of a range, the least first. */
export class RangeMinimum {
  readonly values: Uint32Array;
  private readonly minima: Uint32Array;
  private readonly argmin: Uint32Array;
  private readonly repeats: boolean;

  /** @param repeats whether a value may stand at several places, and must still be found once */
  constructor(values: Uint32Array, minima: Uint32Array, argmin: Uint32Array, repeats: boolean) {
    this.values = values;
    this.minima = minima;
    this.argmin = argmin;
    this.repeats = repeats;
  }

  /** The least value of a block. */
  minimumOf(block: number): number {
    return this.minima[block]!;
  }

  /** The least block minimum's block among blocks `low` … `high - 1`, which must not be empty. */
  leastBlock(low: number, high: number): number {
    const span = high - low;
    if (span === 1) return low;
    const level = 31 - Math.clz32(span);
    const blocks = this.minima.length;
    const row = (level - 1) * blocks;
    const left = this.argmin[row + low]!;
    const right = this.argmin[row + high - (1 << level)]!;
    return this.minima[left]! <= this.minima[right]! ? left : right;
  }

  /**
   * Puts the at most `k` smallest distinct values of places `low` … `high - 1` into `found`, ascending, after the `count`
   * values that it holds already (ascending too), and returns the new count. `k` is at most MAX_RESULTS.
   */
  smallest(low: number, high: number, k: number, found: Uint32Array, count: number): number {
    if (high <= low || k <= 0) return count;
    if (high - low <= SCAN_WHOLE) return this.scan(low, high, k, found, count);
    const firstBlock = (low + BLOCK - 1) >>> BLOCK_SHIFT;
    const endBlock = high >>> BLOCK_SHIFT;
    let held = this.scan(low, firstBlock << BLOCK_SHIFT, k, found, count);
    held = this.scan(endBlock << BLOCK_SHIFT, high, k, found, held);
    return this.visitBlocks(firstBlock, endBlock, k, found, held);
  }

  private visitBlocks(
    firstBlock: number,
    endBlock: number,
    k: number,
    found: Uint32Array,
    count: number,
  ): number {
    let held = count;
    let open = 1;
    openLow[0] = firstBlock;
    openHigh[0] = endBlock;
    openBlock[0] = this.leastBlock(firstBlock, endBlock);
    openMinimum[0] = this.minima[openBlock[0]!]!;
    while (open > 0) {
      let best = 0;
      for (let i = 1; i < open; i++) if (openMinimum[i]! < openMinimum[best]!) best = i;
      if (held === k && openMinimum[best]! >= found[k - 1]!) return held;
      const low = openLow[best]!;
      const high = openHigh[best]!;
      const block = openBlock[best]!;
      held = this.scan(block << BLOCK_SHIFT, (block + 1) << BLOCK_SHIFT, k, found, held);
      open--;
      openLow[best] = openLow[open]!;
      openHigh[best] = openHigh[open]!;
      openBlock[best] = openBlock[open]!;
      openMinimum[best] = openMinimum[open]!;
      const limit = held === k ? found[k - 1]! : NO_VALUE;
      if (low < block) open = this.openRange(low, block, limit, open);
      if (block + 1 < high) open = this.openRange(block + 1, high, limit, open);
    }
    return held;
  }

  /** Remembers a range of blocks unless it cannot improve the result. */
  private openRange(low: number, high: number, limit: number, open: number): number {
    const block = this.leastBlock(low, high);
    const minimum = this.minima[block]!;
    if (minimum >= limit) return open;
    if (open === openLow.length) growOpenRanges();
    openLow[open] = low;
    openHigh[open] = high;
    openBlock[open] = block;
    openMinimum[open] = minimum;
    return open + 1;
  }

  private scan(low: number, high: number, k: number, found: Uint32Array, count: number): number {
    const { values, repeats } = this;
    let held = count;
    let limit = held === k ? found[k - 1]! : NO_VALUE;
    for (let at = low; at < high; at++) {
      const value = values[at]!;
      if (value >= limit) continue;
      if (repeats && contains(found, held, value)) continue;
      held = insertSorted(found, held, k, value);
      if (held === k) limit = found[k - 1]!;
    }
    return held;
  }

  /** Appends every place among `low` … `high - 1` whose value is at most `limit`; the cost follows their number. */
  placesAtMost(low: number, high: number, limit: number, places: number[]): void {
    if (high - low <= SCAN_WHOLE) {
      this.scanPlaces(low, high, limit, places);
      return;
    }
    const firstBlock = (low + BLOCK - 1) >>> BLOCK_SHIFT;
    const endBlock = high >>> BLOCK_SHIFT;
    this.scanPlaces(low, firstBlock << BLOCK_SHIFT, limit, places);
    this.blocksAtMost(firstBlock, endBlock, limit, places);
    this.scanPlaces(endBlock << BLOCK_SHIFT, high, limit, places);
  }

  private blocksAtMost(low: number, high: number, limit: number, places: number[]): void {
    if (low >= high) return;
    const block = this.leastBlock(low, high);
    if (this.minima[block]! > limit) return;
    this.blocksAtMost(low, block, limit, places);
    this.scanPlaces(block << BLOCK_SHIFT, (block + 1) << BLOCK_SHIFT, limit, places);
    this.blocksAtMost(block + 1, high, limit, places);
  }

  private scanPlaces(low: number, high: number, limit: number, places: number[]): void {
    for (let at = low; at < high; at++) if (this.values[at]! <= limit) places.push(at);
  }

  /** Places whose block structure does not agree with the values; empty when all is well. */
  firstFault(): string | null {
    const { values, minima, argmin } = this;
    const expected = blockMinima(values);
    for (let block = 0; block < expected.length; block++) {
      if (minima[block] !== expected[block]) {
        return `block ${block}: expected the minimum ${expected[block]}, got ${minima[block]}`;
      }
    }
    const table = sparseTable(minima);
    for (let at = 0; at < table.length; at++) {
      if (table[at] !== argmin[at]) {
        return `table entry ${at}: expected block ${table[at]}, got ${argmin[at]}`;
      }
    }
    return null;
  }
}

function contains(found: Uint32Array, count: number, value: number): boolean {
  for (let i = 0; i < count; i++) if (found[i] === value) return true;
  return false;
}

/** Inserts into the ascending `found`, which keeps its `k` smallest; returns the new count. */
export function insertSorted(found: Uint32Array, count: number, k: number, value: number): number {
  let at = count < k ? count : k - 1;
  if (count === k && found[at]! <= value) return count;
  while (at > 0 && found[at - 1]! > value) {
    found[at] = found[at - 1]!;
    at--;
  }
  found[at] = value;
  return count < k ? count + 1 : k;
}
