import type { Container, ContainerBuilder } from './container.ts';
import { SegmentError } from './errors.ts';
import { PostingReader } from './posting-reader.ts';
import {
  insertSorted,
  NO_VALUE,
  openRangeMinimum,
  type RangeMinimum,
  writeRangeMinimum,
} from './range-minimum.ts';

/**
 * The inverted index: each term to the ascending ranks of the completions that hold it.
 *
 * A list's first rank stands apart, so that range minima over the first ranks find the best completions of a whole range of
 * terms; the others follow as differences, seven bits a byte, lowest first. Source: Gog, Pibiri and Venturini,
 * SIGIR 2020, sections 3.2 and 3.3. A market's lists hold its own terms only and name them.
 */
export interface PostingInput {
  /** Ascending term ids that have a list; null when every term has one. */
  readonly termIds: Uint32Array | null;
  /** Where each list begins in `ranks`; one more entry than lists. */
  readonly starts: Uint32Array;
  /** Strictly ascending within a list; no list is empty. */
  readonly ranks: Uint32Array;
}

/** Adds the sections `<name>.first`, `.offsets`, `.rest`, `.minima`, `.argmin` and, for a subset of terms, `.terms`. */
export function writePostingLists(
  builder: ContainerBuilder,
  name: string,
  { termIds, starts, ranks }: PostingInput,
): PostingLists {
  const lists = starts.length - 1;
  const first = new Uint32Array(lists);
  const offsets = new Uint32Array(lists + 1);
  const rest = new Uint8Array(encodedSize(starts, ranks));
  let at = 0;
  for (let list = 0; list < lists; list++) {
    const start = starts[list]!;
    const end = starts[list + 1]!;
    let previous = ranks[start]!;
    first[list] = previous;
    for (let i = start + 1; i < end; i++) {
      const rank = ranks[i]!;
      let difference = rank - previous;
      while (difference >= 0x80) {
        rest[at++] = (difference & 0x7f) | 0x80;
        difference >>>= 7;
      }
      rest[at++] = difference;
      previous = rank;
    }
    offsets[list + 1] = at;
  }
  if (termIds !== null) builder.add(`${name}.terms`, termIds);
  builder.add(`${name}.first`, first);
  builder.add(`${name}.offsets`, offsets);
  builder.add(`${name}.rest`, rest);
  const firstMinima = writeRangeMinimum(builder, name, first, true);
  return new PostingLists(name, { termIds, first, offsets, rest, firstMinima });
}

/** Views the sections that `writePostingLists` wrote. */
export function openPostingLists(container: Container, name: string): PostingLists {
  const first = container.uint32(`${name}.first`);
  return new PostingLists(name, {
    termIds: container.has(`${name}.terms`) ? container.uint32(`${name}.terms`) : null,
    first,
    offsets: container.uint32(`${name}.offsets`),
    rest: container.uint8(`${name}.rest`),
    firstMinima: openRangeMinimum(container, name, first, true),
  });
}

interface PostingArrays {
  readonly termIds: Uint32Array | null;
  readonly first: Uint32Array;
  readonly offsets: Uint32Array;
  readonly rest: Uint8Array;
  readonly firstMinima: RangeMinimum;
}

function encodedSize(starts: Uint32Array, ranks: Uint32Array): number {
  let size = 0;
  for (let list = 0; list + 1 < starts.length; list++) {
    for (let i = starts[list]! + 1; i < starts[list + 1]!; i++) {
      const difference = ranks[i]! - ranks[i - 1]!;
      size +=
        difference < 0x80
          ? 1
          : difference < 0x4000
            ? 2
            : difference < 0x200000
              ? 3
              : difference < 0x10000000
                ? 4
                : 5;
    }
  }
  return size;
}

/** Which ranks have a term, ascending, and which are the least of one list or of several together. */
export class PostingLists {
  private readonly termIds: Uint32Array | null;
  private readonly first: Uint32Array;
  private readonly offsets: Uint32Array;
  private readonly rest: Uint8Array;
  private readonly firstMinima: RangeMinimum;
  private readonly section: string;
  private readonly reader = new PostingReader();

  constructor(name: string, arrays: PostingArrays) {
    this.section = name;
    this.termIds = arrays.termIds;
    this.first = arrays.first;
    this.offsets = arrays.offsets;
    this.rest = arrays.rest;
    this.firstMinima = arrays.firstMinima;
    const lists = this.first.length;
    if (
      this.offsets.length !== lists + 1 ||
      this.offsets[lists] !== this.rest.length ||
      (this.termIds !== null && this.termIds.length !== lists)
    ) {
      throw new SegmentError('bad-section', `segment sections '${name}.*': their lengths disagree`);
    }
  }

  /** Number of lists. */
  get size(): number {
    return this.first.length;
  }

  /** The term of a list. */
  termOf(list: number): number {
    return this.termIds === null ? list : this.termIds[list]!;
  }

  /** Number of postings, by reading all of them. */
  total(): number {
    let count = this.first.length;
    // Each posting but a list's first ends with a byte below 0x80.
    for (const byte of this.rest) if (byte < 0x80) count++;
    return count;
  }

  /** The list of the first term that is not below `termId`. */
  listFrom(termId: number): number {
    const { termIds } = this;
    if (termIds === null) return termId;
    let low = 0;
    let high = termIds.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (termIds[middle]! < termId) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** About how many postings lists `low` … `high - 1` hold: their encoded bytes and one a list. */
  weight(low: number, high: number): number {
    return high <= low ? 0 : this.offsets[high]! - this.offsets[low]! + (high - low);
  }

  /** The best rank of a list. */
  firstRank(list: number): number {
    return this.first[list]!;
  }

  /** Lets `reader` begin a list, with a first chunk of at most `size` ranks. */
  read(list: number, reader: PostingReader, size = 16): void {
    const start = this.offsets[list]!;
    reader.begin(this.first[list]!, this.rest, start, this.offsets[list + 1]!, size);
  }

  /**
   * Puts the at most `k` smallest distinct ranks of the union of lists `low` … `high - 1` into `found`, ascending, beside
   * the `count` that it holds; returns the new count.
   */
  smallestOfUnion(low: number, high: number, k: number, found: Uint32Array, count: number): number {
    if (high <= low) return count;
    let held = this.firstMinima.smallest(low, high, k, found, count);
    const limit = held === k ? found[k - 1]! : NO_VALUE;
    const lists: number[] = [];
    this.firstMinima.placesAtMost(low, high, limit, lists);
    for (const list of lists) {
      if (this.offsets[list] === this.offsets[list + 1]) continue;
      held = this.mergeList(list, k, found, held);
    }
    return held;
  }

  private mergeList(list: number, k: number, found: Uint32Array, count: number): number {
    let held = count;
    const { reader } = this;
    // The list's first rank is found already; mostly the second is too large.
    this.read(list, reader, 2);
    for (let size = reader.fill(); size > 0; size = reader.fill()) {
      for (let i = 0; i < size; i++) {
        const rank = reader.chunk[i]!;
        if (held === k && rank >= found[k - 1]!) return held;
        if (!holds(found, held, rank)) held = insertSorted(found, held, k, rank);
      }
    }
    return held;
  }

  /** @throws SegmentError when a list is not strictly ascending below `limit`, or the minima do not fit. */
  verify(limit: number): void {
    for (let list = 0; list < this.first.length; list++) {
      this.verifyList(list, limit);
      if (this.termIds !== null && list > 0 && this.termIds[list]! <= this.termIds[list - 1]!) {
        throw new SegmentError(
          'broken-order',
          `segment section '${this.section}.terms', entry ${list}: expected ascending term ids`,
        );
      }
    }
    const fault = this.firstMinima.firstFault();
    if (fault !== null) {
      throw new SegmentError('broken-order', `segment section '${this.section}.minima': ${fault}`);
    }
  }

  private verifyList(list: number, limit: number): void {
    const { reader } = this;
    let previous = -1;
    this.read(list, reader);
    for (let size = reader.fill(); size > 0; size = reader.fill()) {
      for (let i = 0; i < size; i++) {
        const rank = reader.chunk[i]!;
        if (rank <= previous || rank >= limit) {
          throw new SegmentError(
            'broken-order',
            `segment section '${this.section}.rest', list ${list}: expected ranks ascending below ${limit}, got ${rank} after ${previous}`,
          );
        }
        previous = rank;
      }
    }
  }
}

function holds(found: Uint32Array, count: number, rank: number): boolean {
  for (let i = 0; i < count; i++) if (found[i] === rank) return true;
  return false;
}
