import type { Container, ContainerBuilder } from './container.ts';
import { SegmentError } from './errors.ts';
import { GrowableUint32Array } from './growable-array.ts';
import { KeyBuckets, type KeyRange, MAX_KEY_UNITS, writeKeyBuckets } from './key-buckets.ts';
import {
  MAX_RESULTS,
  openRangeMinimum,
  type RangeMinimum,
  writeRangeMinimum,
} from './range-minimum.ts';
import { RankStream } from './rank-stream.ts';
import { TermTable } from './term-table.ts';

export type { KeyRange } from './key-buckets.ts';

/**
 * Collects keys and writes them sorted. A key may be added several times; its entries stay in the order they came.
 *
 * Time: linear but for sorting the distinct keys.
 */
export class KeyTableBuilder {
  private readonly keys = new TermTable();
  private readonly numbers = new GrowableUint32Array();

  /** Keys added so far. */
  get size(): number {
    return this.numbers.length;
  }

  /** Adds a key, which is not empty and does not begin with U+0001; false, with nothing added, for one that is too long. */
  add(key: string): boolean {
    if (key.length > MAX_KEY_UNITS) return false;
    this.numbers.push(this.keys.push(key));
    return true;
  }

  /**
   * Adds the sections `<name>.keys`, `.buckets`, `.ranks`, `.order.*`; returns which add each entry is. `ranks` are the ranks
   * of the keys as they were added.
   */
  write(builder: ContainerBuilder, name: string, ranks: Uint32Array): Uint32Array {
    const { terms: keys, ids } = this.keys.inOrder();
    const added = this.numbers.view();
    const starts = new Uint32Array(keys.length + 1);
    for (const number of added) {
      const next = ids[number]! + 1;
      starts[next] = starts[next]! + 1;
    }
    for (let key = 1; key <= keys.length; key++) starts[key] = starts[key]! + starts[key - 1]!;
    const entryKeys = new Uint32Array(added.length);
    const order = new Uint32Array(added.length);
    for (let i = 0; i < added.length; i++) {
      const key = ids[added[i]!]!;
      const entry = starts[key]!;
      starts[key] = entry + 1;
      order[entry] = i;
      entryKeys[entry] = key;
    }
    const sortedRanks = order.map((i) => ranks[i]!);
    writeKeyBuckets(builder, name, keys, entryKeys);
    builder.add(`${name}.ranks`, sortedRanks);
    writeRangeMinimum(builder, `${name}.order`, sortedRanks, false);
    return order;
  }
}

/**
 * Sorted keys, each with a rank: which entries have a key, or begin with one, is one range of entries, of which those with the
 * least ranks come first without reading the rest. A key may stand in several entries.
 *
 * Finding a range costs a binary search over the buckets' first keys and two buckets read; see `KeyBuckets` for the space.
 */
export class KeyTable {
  /** Number of entries. */
  readonly size: number;
  /** Entry to rank. */
  readonly ranks: Uint32Array;
  private readonly buckets: KeyBuckets;
  private readonly order: RangeMinimum;
  private readonly name: string;
  private readonly found = new Uint32Array(MAX_RESULTS);
  private readonly places: number[] = [];

  private constructor(container: Container, name: string) {
    this.name = name;
    this.ranks = container.uint32(`${name}.ranks`);
    this.size = this.ranks.length;
    this.buckets = new KeyBuckets(container, name, this.size);
    this.order = openRangeMinimum(container, `${name}.order`, this.ranks, false);
  }

  /** Views the sections that `KeyTableBuilder.write` wrote under `name`. */
  static open(container: Container, name: string): KeyTable {
    return new KeyTable(container, name);
  }

  /** The entries whose key begins with `key`; all for the empty one. */
  prefixRange(key: string): KeyRange {
    return this.buckets.range(key, true);
  }

  /** The entries whose key is `key`. */
  exactRange(key: string): KeyRange {
    return this.buckets.range(key, false);
  }

  keyAt(entry: number): string {
    return this.buckets.keyAt(entry);
  }

  rankAt(entry: number): number {
    return this.ranks[entry]!;
  }

  /**
   * Puts the at most `k` entries of a range with the least ranks into `out`, by rank and then by entry; returns their number.
   * `k` is at most MAX_RESULTS.
   */
  best({ low, high }: KeyRange, k: number, out: Uint32Array): number {
    const { found, places, ranks } = this;
    const count = this.order.smallest(low, high, k, found, 0);
    if (count === 0) return 0;
    places.length = 0;
    this.order.placesAtMost(low, high, found[count - 1]!, places);
    places.sort((a, b) => ranks[a]! - ranks[b]! || a - b);
    for (let i = 0; i < count; i++) out[i] = places[i]!;
    return count;
  }

  /** The entries of a range by rank and then by entry, one a call, for as long as the reader wants more. */
  stream(range: KeyRange): RankStream {
    return new RankStream(this.order, range);
  }

  /** Calls `visit` with each entry's key as UTF-8, which it must not keep, in order; the cheapest way to read all keys. */
  forEachKey(visit: (entry: number, bytes: Uint8Array) => void): void {
    this.buckets.forEachKey(visit);
  }

  /** @throws SegmentError when keys do not ascend, a bucket does not fit its place, or the range minima do not fit. */
  verify(): void {
    this.buckets.verify();
    const fault = this.order.firstFault();
    if (fault !== null) {
      throw new SegmentError(
        'broken-order',
        `segment section '${this.name}.order.minima': ${fault}`,
      );
    }
  }
}
