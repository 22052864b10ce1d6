import { BLOCK_SHIFT, type RangeMinimum } from './range-minimum.ts';

/** Which values a stream runs over, half-open. */
export interface ValueRange {
  readonly low: number;
  readonly high: number;
}

const WHOLE_BLOCKS = 1 << BLOCK_SHIFT;

/**
 * The places of a range by ascending value, ties by place, one a call: for a reader that cannot know beforehand how many it
 * needs. Each call costs a step of a heap, and a block of 32 values now and then, so that few calls over a large range read
 * little of it.
 *
 * The heap holds places and ranges of whole blocks. A range's key is its least value; once it is the least of the heap, its
 * best block's places and the ranges left and right of that block go in. A range goes before a place of the same
 * value, or a place further left could come out after it.
 */
export class RankStream {
  private readonly order: RangeMinimum;
  private readonly keys: number[] = [];
  /** A place, or the first block of a range. */
  private readonly lows: number[] = [];
  /** 0 for a place, or the block after the range's last. */
  private readonly highs: number[] = [];

  constructor(order: RangeMinimum, { low, high }: ValueRange) {
    this.order = order;
    const firstBlock = (low + WHOLE_BLOCKS - 1) >>> BLOCK_SHIFT;
    const endBlock = high >>> BLOCK_SHIFT;
    if (firstBlock >= endBlock) {
      this.pushPlaces(low, high);
      return;
    }
    this.pushPlaces(low, firstBlock << BLOCK_SHIFT);
    this.pushBlocks(firstBlock, endBlock);
    this.pushPlaces(endBlock << BLOCK_SHIFT, high);
  }

  /** The next place, or -1 when there is none left. */
  next(): number {
    const { keys, lows, highs, order } = this;
    while (keys.length > 0) {
      const low = lows[0]!;
      const high = highs[0]!;
      this.pop();
      if (high === 0) return low;
      const block = order.leastBlock(low, high);
      this.pushPlaces(block << BLOCK_SHIFT, (block + 1) << BLOCK_SHIFT);
      this.pushBlocks(low, block);
      this.pushBlocks(block + 1, high);
    }
    return -1;
  }

  private pushPlaces(low: number, high: number): void {
    const { values } = this.order;
    for (let place = low; place < high; place++) this.push(values[place]!, place, 0);
  }

  private pushBlocks(low: number, high: number): void {
    if (low >= high) return;
    this.push(this.order.minimumOf(this.order.leastBlock(low, high)), low, high);
  }

  private push(key: number, low: number, high: number): void {
    const { keys, lows, highs } = this;
    let at = keys.length;
    keys.push(key);
    lows.push(low);
    highs.push(high);
    while (at > 0) {
      const parent = (at - 1) >>> 1;
      if (!this.isBefore(key, low, high, parent)) break;
      this.move(parent, at);
      at = parent;
    }
    this.put(at, key, low, high);
  }

  private pop(): void {
    const { keys, lows, highs } = this;
    const key = keys.pop()!;
    const low = lows.pop()!;
    const high = highs.pop()!;
    const size = keys.length;
    if (size === 0) return;
    let at = 0;
    for (let child = 1; child < size; child = 2 * at + 1) {
      const right = child + 1;
      if (right < size && this.isBefore(keys[right]!, lows[right]!, highs[right]!, child)) {
        child = right;
      }
      if (this.isBefore(key, low, high, child)) break;
      this.move(child, at);
      at = child;
    }
    this.put(at, key, low, high);
  }

  private isBefore(key: number, low: number, high: number, other: number): boolean {
    const difference = key - this.keys[other]!;
    if (difference !== 0) return difference < 0;
    const isRange = high > 0;
    const otherIsRange = this.highs[other]! > 0;
    return isRange === otherIsRange ? low < this.lows[other]! : isRange;
  }

  private move(from: number, to: number): void {
    this.put(to, this.keys[from]!, this.lows[from]!, this.highs[from]!);
  }

  private put(at: number, key: number, low: number, high: number): void {
    this.keys[at] = key;
    this.lows[at] = low;
    this.highs[at] = high;
  }
}
