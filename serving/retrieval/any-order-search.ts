import type { CompletionView } from '../../indexer/segment/completion-view.ts';
import { insertSorted } from '../../indexer/segment/range-minimum.ts';
import type { Segment } from '../../indexer/segment/segment.ts';
import type { TermRange } from '../../indexer/segment/term-dictionary.ts';
import type { TermMatcher } from './query-plan.ts';
import { RowMatcher } from './row-matcher.ts';

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
      const held = unionOf(view, only.spaced, k, found, 0);
      return unionOf(view, only.joined, k, found, held);
    }
    const { spaced, joined } = rarestPiece(view, matchers);
    let signature = 0;
    for (const matcher of matchers) signature |= matcher.signature;
    const held = this.walk(view, spaced, matchers, signature, k, found, 0);
    return this.walk(view, joined, matchers, signature, k, found, held);
  }

  /** Where the terms of the last match stand: see RowMatcher. */
  placesOf(row: number, matchers: readonly TermMatcher[]): Uint32Array | null {
    return this.rowMatcher.matches(row, matchers) ? this.rowMatcher.places : null;
  }

  private walk(
    view: CompletionView,
    range: TermRange,
    matchers: readonly TermMatcher[],
    signature: number,
    k: number,
    found: Uint32Array,
    count: number,
  ): number {
    const { postings } = view;
    const { signatures } = this.segment;
    const end = postings.listFrom(range.high);
    let held = count;
    let limit = held === k ? found[k - 1]! : Infinity;
    for (let list = postings.listFrom(range.low); list < end; list++) {
      if (postings.firstRank(list) >= limit) continue;
      for (const cursor = postings.cursor(list); cursor.rank < limit; cursor.next()) {
        // NO_VALUE, at the end of a list, is below an infinite limit.
        if (cursor.atEnd) break;
        const id = view.idOf(cursor.rank);
        if ((signatures[id]! & signature) !== signature) continue;
        if (found.subarray(0, held).includes(cursor.rank)) continue;
        if (!this.rowMatcher.matches(id, matchers)) continue;
        held = insertSorted(found, held, k, cursor.rank);
        if (held === k) limit = found[k - 1]!;
      }
    }
    return held;
  }
}

function unionOf(
  view: CompletionView,
  range: TermRange,
  k: number,
  found: Uint32Array,
  count: number,
): number {
  const { postings } = view;
  return postings.smallestOfUnion(
    postings.listFrom(range.low),
    postings.listFrom(range.high),
    k,
    found,
    count,
  );
}

/** The piece, of all the matchers' pieces, whose lists are shortest in sum. */
function rarestPiece(
  view: CompletionView,
  matchers: readonly TermMatcher[],
): { spaced: TermRange; joined: TermRange } {
  let rarest = { spaced: NO_TERMS, joined: NO_TERMS };
  let least = Infinity;
  const offer = (spaced: TermRange, joined: TermRange): void => {
    // A single list stops at the k-th match; the lists of a range must each be begun, so they weigh double.
    const lists = spaced.high - spaced.low + (joined.high - joined.low);
    const weight = (weightOf(view, spaced) + weightOf(view, joined)) * (lists > 2 ? 2 : 1);
    if (weight >= least) return;
    least = weight;
    rarest = { spaced, joined };
  };
  for (const matcher of matchers) {
    offer(matcher.spaced, matcher.joined);
    for (const range of matcher.rest) offer(NO_TERMS, range);
  }
  return rarest;
}

const NO_TERMS: TermRange = { low: 0, high: 0 };

function weightOf({ postings }: CompletionView, { low, high }: TermRange): number {
  return low === high ? 0 : postings.weight(postings.listFrom(low), postings.listFrom(high));
}
