import type { Container, ContainerBuilder } from './container.ts';
import { SegmentError } from './errors.ts';
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
): void {
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
  writeRangeMinimum(builder, name, first, true);
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

/** Walks one list in ascending order: `rank` is the current one, or NO_VALUE at its end. */
export class PostingCursor {
  rank: number;
  private at: number;
  private readonly end: number;
  private readonly rest: Uint8Array;

  constructor(first: number, rest: Uint8Array, at: number, end: number) {
    this.rank = first;
    this.rest = rest;
    this.at = at;
    this.end = end;
  }

  get atEnd(): boolean {
    return this.rank === NO_VALUE;
  }

  next(): void {
    if (this.at >= this.end) {
      this.rank = NO_VALUE;
      return;
    }
    const { rest } = this;
    let byte = rest[this.at++]!;
    let difference = byte & 0x7f;
    // A damaged list could lack its last byte; the end of the list bounds the loop all the same.
    for (let shift = 7; byte >= 0x80 && this.at < this.end; shift += 7) {
      byte = rest[this.at++]!;
      difference |= (byte & 0x7f) << shift;
    }
    this.rank += difference;
  }
}

export class PostingLists {
  private readonly termIds: Uint32Array | null;
  private readonly first: Uint32Array;
  private readonly offsets: Uint32Array;
  private readonly rest: Uint8Array;
  private readonly firstMinima: RangeMinimum;
  private readonly section: string;

  constructor(container: Container, name: string) {
    this.section = name;
    this.termIds = container.has(`${name}.terms`) ? container.uint32(`${name}.terms`) : null;
    this.first = container.uint32(`${name}.first`);
    this.offsets = container.uint32(`${name}.offsets`);
    this.rest = container.uint8(`${name}.rest`);
    this.firstMinima = openRangeMinimum(container, name, this.first, true);
    const lists = this.first.length;
    if (
      this.offsets.length !== lists + 1 ||
      this.offsets[lists] !== this.rest.length ||
      (this.termIds !== null && this.termIds.length !== lists)
    ) {
      throw new SegmentError('bad-section', `segment sections '${name}.*': their lengths disagree`);
    }
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

  cursor(list: number): PostingCursor {
    return new PostingCursor(
      this.first[list]!,
      this.rest,
      this.offsets[list]!,
      this.offsets[list + 1]!,
    );
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
      const cursor = this.cursor(list);
      cursor.next();
      while (cursor.rank !== NO_VALUE && (held < k || cursor.rank < found[k - 1]!)) {
        if (!holds(found, held, cursor.rank)) held = insertSorted(found, held, k, cursor.rank);
        cursor.next();
      }
    }
    return held;
  }

  /** @throws SegmentError when a list is not strictly ascending below `limit`, or the minima do not fit. */
  verify(limit: number): void {
    for (let list = 0; list < this.first.length; list++) {
      let previous = -1;
      for (const cursor = this.cursor(list); cursor.rank !== NO_VALUE; cursor.next()) {
        if (cursor.rank <= previous || cursor.rank >= limit) {
          throw new SegmentError(
            'broken-order',
            `segment section '${this.section}.rest', list ${list}: expected ranks ascending below ${limit}, got ${cursor.rank} after ${previous}`,
          );
        }
        previous = cursor.rank;
      }
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
}

function holds(found: Uint32Array, count: number, rank: number): boolean {
  for (let i = 0; i < count; i++) if (found[i] === rank) return true;
  return false;
}
