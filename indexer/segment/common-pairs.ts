import type { Container, ContainerBuilder } from './container.ts';
import { SegmentError } from './errors.ts';
import type { ForwardIndex } from './forward-index.ts';
import { GrowableUint32Array } from './growable-array.ts';
import {
  openPostingLists,
  type PostingInput,
  type PostingLists,
  writePostingLists,
} from './posting-lists.ts';
import { PostingReader } from './posting-reader.ts';

/**
 * The completions that hold two common terms at once, or one of them twice: the intersections of the longest lists, worked out
 * at build time, because two long lists that share little are the slowest thing that any-order search can be asked.
 *
 * Common terms are those in at least one of COMMON_SHARE completions (and LEAST_POSTINGS). The pair of the i-th and the j-th of
 * `common` of them, i ≤ j, has the list that is named i · common + j; a pair that no completion holds has none.
 */
const COMMON_SHARE = 1 / 128;
const LEAST_POSTINGS = 4096;

/** Adds `<name>.common` and the posting lists `<name>.pairs`. */
export function writeCommonPairs(
  builder: ContainerBuilder,
  name: string,
  rows: { readonly terms: Uint32Array; readonly starts: Uint32Array },
  completions: number,
  postings: PostingInput,
): void {
  const least = Math.max(LEAST_POSTINGS, Math.ceil(completions * COMMON_SHARE));
  const common: number[] = [];
  for (let list = 0; list + 1 < postings.starts.length; list++) {
    if (postings.starts[list + 1]! - postings.starts[list]! < least) continue;
    common.push(postings.termIds === null ? list : postings.termIds[list]!);
  }
  builder.add(`${name}.common`, Uint32Array.from(common));
  writePostingLists(builder, `${name}.pairs`, pairLists(rows, completions, common));
}

function pairLists(
  { terms, starts }: { readonly terms: Uint32Array; readonly starts: Uint32Array },
  completions: number,
  common: readonly number[],
): PostingInput {
  const numbers = new Map(common.map((term, number) => [term, number]));
  const lists = new Map<number, GrowableUint32Array>();
  for (let id = 0; id < completions; id++) {
    for (const key of pairKeys(terms, starts[id]!, starts[id + 1]!, numbers)) {
      let list = lists.get(key);
      if (list === undefined) {
        list = new GrowableUint32Array();
        lists.set(key, list);
      }
      list.push(id);
    }
  }
  const keys = Uint32Array.from(lists.keys()).sort();
  const offsets = new Uint32Array(keys.length + 1);
  keys.forEach((key, list) => {
    offsets[list + 1] = offsets[list]! + lists.get(key)!.length;
  });
  const ranks = new Uint32Array(offsets[keys.length]!);
  keys.forEach((key, list) => {
    ranks.set(lists.get(key)!.view(), offsets[list]);
  });
  return { termIds: keys, starts: offsets, ranks };
}

const noKeys: ReadonlySet<number> = new Set();

/** The pairs of common terms, each once, among `terms[start]` … `terms[end - 1]`. */
function pairKeys(
  terms: ArrayLike<number>,
  start: number,
  end: number,
  numbers: ReadonlyMap<number, number>,
): ReadonlySet<number> {
  const held: number[] = [];
  for (let i = start; i < end; i++) {
    const number = numbers.get(terms[i]!);
    if (number !== undefined) held.push(number);
  }
  if (held.length < 2) return noKeys;
  const keys = new Set<number>();
  for (let i = 0; i < held.length; i++) {
    for (let j = i + 1; j < held.length; j++) keys.add(pairKey(held[i]!, held[j]!, numbers.size));
  }
  return keys;
}

function pairKey(a: number, b: number, count: number): number {
  return Math.min(a, b) * count + Math.max(a, b);
}

/** Which completions hold both of two common terms. */
export class CommonPairs {
  readonly postings: PostingLists;
  private readonly common: Uint32Array;
  private readonly name: string;

  constructor(container: Container, name: string) {
    this.name = name;
    this.common = container.uint32(`${name}.common`);
    this.postings = openPostingLists(container, `${name}.pairs`);
  }

  /** The lists (one or none) of the completions that hold both terms; null when they are not both common. */
  listsOf(termA: number, termB: number): { low: number; high: number } | null {
    const a = this.numberOf(termA);
    const b = this.numberOf(termB);
    if (a < 0 || b < 0) return null;
    const key = pairKey(a, b, this.common.length);
    return { low: this.postings.listFrom(key), high: this.postings.listFrom(key + 1) };
  }

  private numberOf(term: number): number {
    const { common } = this;
    let low = 0;
    let high = common.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (common[middle]! < term) low = middle + 1;
      else high = middle;
    }
    return low < common.length && common[low] === term ? low : -1;
  }

  /** @throws SegmentError when the lists are not exactly the completions that hold each pair. */
  verify(forward: ForwardIndex, completions: number): void {
    this.postings.verify(completions);
    const numbers = new Map(Array.from(this.common, (term, number) => [term, number]));
    const reader = new PostingReader();
    let expected = 0;
    for (let id = 0; id < completions; id++) {
      const row = forward.rowTerms(id);
      expected += pairKeys(row, 0, row.length, numbers).size;
    }
    let listed = 0;
    for (let list = 0; list < this.postings.size; list++) {
      const key = this.postings.termOf(list);
      this.postings.read(list, reader);
      for (let size = reader.fill(); size > 0; size = reader.fill()) {
        for (let i = 0; i < size; i++) {
          const row = forward.rowTerms(reader.chunk[i]!);
          if (pairKeys(row, 0, row.length, numbers).has(key)) listed++;
        }
      }
    }
    if (listed === expected && this.postings.total() === expected) return;
    throw new SegmentError(
      'broken-order',
      `segment section '${this.name}.pairs.rest': expected ${expected} postings of pairs that their completions hold, got ${listed} of ${this.postings.total()}`,
    );
  }
}
