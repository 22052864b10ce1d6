import type { CompletionView } from '../../indexer/segment/completion-view.ts';
import type { PostingLists } from '../../indexer/segment/posting-lists.ts';
import { PostingReader } from '../../indexer/segment/posting-reader.ts';
import { insertSorted, NO_VALUE } from '../../indexer/segment/range-minimum.ts';
import type { Segment } from '../../indexer/segment/segment.ts';
import type { TermRange } from '../../indexer/segment/term-dictionary.ts';
import type { TermMatcher } from './query-plan.ts';
import { chooseTest, RowMatcher, type RowTest } from './row-matcher.ts';

/**
 * The best completions that hold every typed term in any order (conjunctive search).
 *
 * One unfinished word alone is the union of its terms' lists, whose best come from range minima. Otherwise the lists of the
 * rarest piece are walked in order of rank, each candidate tested by its signature and then by its forward-index row;
 * a list is left as soon as its ranks cannot improve the result. Source: Gog, Pibiri and Venturini, SIGIR 2020, section 3.3,
 * with the cheaper of its two strategies chosen by the lists' sizes.
 */
export class AnyOrderSearch {
  private readonly segment: Segment;
  private readonly rowMatcher: RowMatcher;
  private readonly reader = new PostingReader();

  constructor(segment: Segment) {
    this.segment = segment;
    this.rowMatcher = new RowMatcher(segment.forward);
  }

  /** Puts the at most `k` best ranks of `view` into `found`, ascending; returns their number. */
  best(
    view: CompletionView,
    matchers: readonly TermMatcher[],
    k: number,
    found: Uint32Array,
  ): number {
    const only = matchers[0];
    if (only === undefined) return 0;
    if (matchers.length === 1 && only.rest.length === 0) {
      const held = view.bestOfTerms(only.spaced, k, found, 0);
      return view.bestOfTerms(only.joined, k, found, held);
    }
    let signature = 0;
    for (const matcher of matchers) signature |= matcher.signature;
    const test = chooseTest(matchers);
    const driver = rarestPiece(view, matchers);
    const pair = rarestPair(view, matchers);
    if (pair !== null && pair.weight < driver.weight) {
      const search = { matchers, signature, test, known: -1 };
      return this.walk(view, pair.postings, pair, search, k, found, 0);
    }
    const { postings } = view;
    const search = { matchers, signature, test, known: driver.known };
    const held = this.walk(view, postings, listsOf(view, driver.spaced), search, k, found, 0);
    return this.walk(view, postings, listsOf(view, driver.joined), search, k, found, held);
  }

  /** Where the terms of the last match stand: see RowMatcher. */
  placesOf(row: number, matchers: readonly TermMatcher[]): Uint32Array | null {
    return this.rowMatcher.matches(row, matchers) ? this.rowMatcher.places : null;
  }

  private walk(
    view: CompletionView,
    postings: PostingLists,
    lists: ListRange,
    search: Search,
    k: number,
    found: Uint32Array,
    count: number,
  ): number {
    let held = count;
    for (let list = lists.low; list < lists.high; list++) {
      if (held === k && postings.firstRank(list) >= found[k - 1]!) continue;
      postings.read(list, this.reader);
      held = this.walkList(view, search, k, found, held);
    }
    return held;
  }

  /** Walks the list that the reader has begun. */
  private walkList(
    view: CompletionView,
    search: Search,
    k: number,
    found: Uint32Array,
    count: number,
  ): number {
    const { reader } = this;
    const { signatures } = this.segment;
    const { chunk } = reader;
    const { signature, matchers, test, known } = search;
    let held = count;
    let limit = held === k ? found[k - 1]! : NO_VALUE;
    for (let size = reader.fill(); size > 0; size = reader.fill()) {
      if (chunk[0]! >= limit) return held;
      // A loop of its own, without calls or jumps, lets the processor fetch many signatures at a time.
      let kept = 0;
      for (let i = 0; i < size; i++) {
        const rank = chunk[i]!;
        chunk[kept] = rank;
        kept += (signatures[view.idOf(rank)]! & signature) === signature ? 1 : 0;
      }
      for (let i = 0; i < kept; i++) {
        const rank = chunk[i]!;
        if (rank >= limit) return held;
        const id = view.idOf(rank);
        if (!this.rowMatcher.accepts(id, matchers, test, known)) continue;
        if (includes(found, held, rank)) continue;
        held = insertSorted(found, held, k, rank);
        if (held === k) limit = found[k - 1]!;
      }
    }
    return held;
  }
}

/** What every candidate of one search is tested by. */
interface Search {
  readonly matchers: readonly TermMatcher[];
  /** Bits of all matchers. */
  readonly signature: number;
  readonly test: RowTest;
  /** The matcher whose lists are walked: its first piece is in every candidate; -1 when they are another piece's lists. */
  readonly known: number;
}

function includes(found: Uint32Array, count: number, rank: number): boolean {
  for (let i = 0; i < count; i++) if (found[i] === rank) return true;
  return false;
}

/** The piece, of all the matchers' pieces, whose lists are shortest in sum. */
function rarestPiece(
  view: CompletionView,
  matchers: readonly TermMatcher[],
): { spaced: TermRange; joined: TermRange; known: number; weight: number } {
  let rarest = { spaced: NO_TERMS, joined: NO_TERMS, known: -1, weight: Infinity };
  const offer = (spaced: TermRange, joined: TermRange, known: number): void => {
    // A single list stops at the k-th match; the lists of a range must each be begun, so they weigh double.
    const lists = spaced.high - spaced.low + (joined.high - joined.low);
    const weight = (weightOf(view, spaced) + weightOf(view, joined)) * (lists > 2 ? 2 : 1);
    if (weight < rarest.weight) rarest = { spaced, joined, known, weight };
  };
  matchers.forEach((matcher, index) => {
    offer(matcher.spaced, matcher.joined, index);
    for (const range of matcher.rest) offer(NO_TERMS, range, -1);
  });
  return rarest;
}

const NO_TERMS: TermRange = { low: 0, high: 0 };

/** The shortest list of two common words that are both asked for, or null when there are no two. */
function rarestPair(
  { commonPairs }: CompletionView,
  matchers: readonly TermMatcher[],
): (ListRange & { postings: PostingLists; weight: number }) | null {
  // Words come first among the matchers: without two of them there is no pair.
  if (commonPairs === null || matchers[1]?.kind !== 'word') return null;
  const { postings } = commonPairs;
  let rarest: (ListRange & { postings: PostingLists; weight: number }) | null = null;
  for (let i = 0; i < matchers.length; i++) {
    if (!isOneTerm(matchers[i]!)) continue;
    for (let j = i + 1; j < matchers.length; j++) {
      if (!isOneTerm(matchers[j]!)) continue;
      const lists = commonPairs.listsOf(matchers[i]!.spaced.low, matchers[j]!.spaced.low);
      if (lists === null) continue;
      const weight = postings.weight(lists.low, lists.high);
      if (rarest === null || weight < rarest.weight) rarest = { ...lists, postings, weight };
    }
  }
  return rarest;
}

/** Whether the matcher stands for a single term id, which common pairs are kept by. */
function isOneTerm({ kind, spaced, joined }: TermMatcher): boolean {
  return kind === 'word' && joined.low === joined.high && spaced.high - spaced.low === 1;
}

/** Lists `low` … `high - 1` of some posting lists. */
interface ListRange {
  readonly low: number;
  readonly high: number;
}

const NO_LISTS: ListRange = { low: 0, high: 0 };

function listsOf({ postings }: CompletionView, { low, high }: TermRange): ListRange {
  if (low === high) return NO_LISTS;
  return { low: postings.listFrom(low), high: postings.listFrom(high) };
}

function weightOf(view: CompletionView, terms: TermRange): number {
  const { low, high } = listsOf(view, terms);
  return view.postings.weight(low, high);
}
