import { CommonPairs, writeCommonPairs } from './common-pairs.ts';
import { brandCompletion, type CompletionId } from './completion-id.ts';
import type { Container, ContainerBuilder } from './container.ts';
import { smallestMany } from './deep-selection.ts';
import { SegmentError } from './errors.ts';
import {
  openPostingLists,
  type PostingInput,
  type PostingLists,
  writePostingLists,
} from './posting-lists.ts';
import type { PlaceRange, PrefixOrder } from './prefix-order.ts';
import { openRangeMinimum, type RangeMinimum, writeRangeMinimum } from './range-minimum.ts';
import {
  type BestOfRange,
  largePlaceRanges,
  largeTermRanges,
  ReadyAnswers,
  type ReadyRangeSource,
  writeReadyAnswers,
} from './ready-answers.ts';
import type { TermRange } from './term-dictionary.ts';

/**
 * The completions of one market, or of all, in their order there: range minima over their ranks in prefix order, and posting
 * lists of ranks. Ranks ascend with falling score, as completion ids do over all markets.
 *
 * The view over everything (`all`) has ranks that are completion ids and entries that are places. A market's view holds its
 * members only: `ids` gives a rank's completion, `places` the places of its entries in the prefix order.
 */
export interface ViewInput {
  /** Entry to rank, entries in the order of their places. */
  readonly ranks: Uint32Array;
  readonly postings: PostingInput;
  /** For the view over everything: what its ready answers and common pairs are worked out from. */
  readonly ready?: ReadyRangeSource & { readonly completions: number };
  /** For a market's view; absent in the view over everything. */
  readonly subset?: {
    readonly ids: Uint32Array;
    readonly scores: Float64Array;
    readonly places: Uint32Array;
  };
}

export function writeCompletionView(
  builder: ContainerBuilder,
  name: string,
  input: ViewInput,
  ranksSection: string | null,
): void {
  if (ranksSection === null) builder.add(`${name}.ranks`, input.ranks);
  const repeats = input.ready === undefined || input.ready.places !== input.ranks;
  const order = writeRangeMinimum(builder, `${name}.order`, input.ranks, repeats);
  const lists = writePostingLists(builder, `${name}.post`, input.postings);
  if (input.ready !== undefined) {
    const { ready } = input;
    writeCommonPairs(builder, name, ready, ready.completions, input.postings);
    const bestOfPlaces: BestOfRange = ({ low, high }, k, found) =>
      order.smallest(low, high, k, found, 0);
    writeReadyAnswers(builder, `${name}.ready`, largePlaceRanges(ready), bestOfPlaces);
    const weight = (low: number, high: number): number =>
      lists.weight(lists.listFrom(low), lists.listFrom(high));
    const bestOfTerms: BestOfRange = ({ low, high }, k, found) =>
      lists.smallestOfUnion(lists.listFrom(low), lists.listFrom(high), k, found, 0);
    writeReadyAnswers(builder, `${name}.union`, largeTermRanges(ready, weight), bestOfTerms);
  }
  if (input.subset !== undefined) {
    builder.add(`${name}.ids`, input.subset.ids);
    builder.add(`${name}.scores`, input.subset.scores);
    builder.add(`${name}.places`, input.subset.places);
  }
}

/** As many as are found in about a microsecond. */
const FEW = 20;

/** The completions that are searched together, those of a market or all of them: their ranks, orders and lists, as views. */
export class CompletionView {
  readonly market: string;
  /** Number of completions. */
  readonly size: number;
  readonly postings: PostingLists;
  /** Null in a market's view. */
  readonly commonPairs: CommonPairs | null;
  /** Rank to score there; null in the view over everything, whose scores the segment keeps in another form. */
  readonly scores: Float64Array | null;
  private readonly order: RangeMinimum;
  private readonly ids: Uint32Array | null;
  private readonly places: Uint32Array | null;
  private readonly ready: ReadyAnswers | null;
  private readonly readyUnions: ReadyAnswers | null;
  private readonly name: string;
  private readonly prefixOrder: PrefixOrder;

  constructor(
    container: Container,
    name: string,
    market: string,
    shape: { completions: number; order: PrefixOrder; ranks: Uint32Array | null },
  ) {
    this.name = name;
    this.prefixOrder = shape.order;
    this.market = market;
    const ranks = shape.ranks ?? container.uint32(`${name}.ranks`);
    const isSubset = container.has(`${name}.ids`);
    this.ids = isSubset ? container.uint32(`${name}.ids`) : null;
    this.scores = isSubset ? container.float64(`${name}.scores`) : null;
    this.places = isSubset ? container.uint32(`${name}.places`) : null;
    this.size = this.ids?.length ?? shape.completions;
    this.order = openRangeMinimum(container, `${name}.order`, ranks, ranks.length > this.size);
    this.commonPairs = isSubset ? null : new CommonPairs(container, name);
    this.ready = isSubset ? null : new ReadyAnswers(container, `${name}.ready`);
    this.readyUnions = isSubset ? null : new ReadyAnswers(container, `${name}.union`);
    this.postings = openPostingLists(container, `${name}.post`);
    const entries = this.places?.length ?? shape.order.rows.length;
    if (ranks.length !== entries || (this.scores !== null && this.scores.length !== this.size)) {
      throw new SegmentError('bad-section', `segment sections '${name}.*': their lengths disagree`);
    }
  }

  /** The completion of a rank. */
  idOf(rank: number): CompletionId {
    return brandCompletion(this.ids === null ? rank : this.ids[rank]!);
  }

  /**
   * The rank of a completion, or -1 when the view does not hold it. In the view over everything that is the id itself; in a
   * market's the row is looked for in the prefix order, which takes about a microsecond, for want of a table of all ids.
   */
  rankOf(id: CompletionId): number {
    const { places } = this;
    if (places === null) return id < this.size ? id : -1;
    const place = this.prefixOrder.placeOf(id);
    const entry = firstAtLeast(places, place);
    return places[entry] === place ? this.order.values[entry]! : -1;
  }

  /** Puts the at most `k` best ranks among the rows of a range of places into `found`; returns their number. */
  best(range: PlaceRange, k: number, found: Uint32Array): number {
    const { places, ready } = this;
    if (ready !== null) {
      const count = ready.find(range, k, found);
      if (count >= 0) return count;
    }
    if (places === null) return this.order.smallest(range.low, range.high, k, found, 0);
    const low = firstAtLeast(places, range.low);
    return this.order.smallest(low, firstAtLeast(places, range.high), k, found, 0);
  }

  /** The same for many more than an answer shows: tens of microseconds for the best 200 of a large range. */
  bestMany(range: PlaceRange, k: number, found: Uint32Array): number {
    const known = this.best(range, Math.min(k, FEW), found);
    if (known < FEW) return known;
    const { places } = this;
    const low = places === null ? range.low : firstAtLeast(places, range.low);
    const high = places === null ? range.high : firstAtLeast(places, range.high);
    return smallestMany(this.order, { low, high }, k, this.size, found, known);
  }

  /** Puts the at most `k` best ranks that hold a term of the range into `found`, beside the `count` in it; returns their number. */
  bestOfTerms(range: TermRange, k: number, found: Uint32Array, count: number): number {
    if (range.low === range.high) return count;
    if (count === 0 && this.readyUnions !== null) {
      const ready = this.readyUnions.find(range, k, found);
      if (ready >= 0) return ready;
    }
    const { postings } = this;
    const low = postings.listFrom(range.low);
    return postings.smallestOfUnion(low, postings.listFrom(range.high), k, found, count);
  }

  /** @throws SegmentError when an order invariant of the view does not hold. */
  verify(rows: number, completions: number, spacedTerms: number): void {
    const { ids, scores, places, name } = this;
    const fault = this.order.firstFault();
    if (fault !== null) {
      throw new SegmentError('broken-order', `segment section '${name}.order.minima': ${fault}`);
    }
    this.order.values.forEach((rank, entry) => {
      if (rank >= this.size) {
        throw new SegmentError(
          'broken-order',
          `segment section '${name}.ranks', entry ${entry}: expected a rank below ${this.size}, got ${rank}`,
        );
      }
    });
    places?.forEach((place, entry) => {
      if (place >= rows || (entry > 0 && place <= places[entry - 1]!)) {
        throw new SegmentError(
          'broken-order',
          `segment section '${name}.places', entry ${entry}: expected ascending places below ${rows}, got ${place}`,
        );
      }
    });
    ids?.forEach((id, rank) => {
      if (id >= completions || (rank > 0 && !(scores![rank]! <= scores![rank - 1]!))) {
        throw new SegmentError(
          'broken-order',
          `segment section '${name}.ids', rank ${rank}: expected completions below ${completions} by falling score`,
        );
      }
    });
    this.postings.verify(this.size);
    const { postings } = this;
    this.readyUnions?.verify(spacedTerms, ({ low, high }, k, found) =>
      postings.smallestOfUnion(postings.listFrom(low), postings.listFrom(high), k, found, 0),
    );
    this.ready?.verify(rows, ({ low, high }, k, found) =>
      this.order.smallest(low, high, k, found, 0),
    );
  }
}

function firstAtLeast(values: Uint32Array, limit: number): number {
  let low = 0;
  let high = values.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (values[middle]! < limit) low = middle + 1;
    else high = middle;
  }
  return low;
}
