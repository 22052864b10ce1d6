import { sequenceTerms } from '../../dictionaries/terms.ts';
import type { CompletionView } from '../../indexer/segment/completion-view.ts';
import type { PlaceRange } from '../../indexer/segment/prefix-order.ts';
import type { Segment } from '../../indexer/segment/segment.ts';
import { AnyOrderSearch } from './any-order-search.ts';
import { planQuery } from './query-plan.ts';

/** The rows that begin with a normalised typed text; a trailing space says that its last term is finished. */
export function locateTyped(segment: Segment, typed: string): PlaceRange {
  const finished = typed.endsWith(' ');
  return segment.order.locate(sequenceTerms(finished ? typed.slice(0, -1) : typed), finished);
}

const searches = new WeakMap<Segment, AnyOrderSearch>();

/** The any-order search of a segment, whose scratch space its requests share. */
export function anyOrderSearchOf(segment: Segment): AnyOrderSearch {
  let search = searches.get(segment);
  if (search === undefined) {
    search = new AnyOrderSearch(segment);
    searches.set(segment, search);
  }
  return search;
}

/** Puts the at most `k` best ranks of `view` that hold every typed term in any order into `found`. */
export function bestAnyOrder(
  segment: Segment,
  view: CompletionView,
  typed: string,
  k: number,
  found: Uint32Array,
): number {
  const matchers = planQuery(segment, typed);
  return matchers === null ? 0 : anyOrderSearchOf(segment).best(view, matchers, k, found);
}

const found = new Uint32Array(64);

/** Shown texts of the `k` best completions over all markets that begin with `typed`. `k` is at most 64. */
export function topByPrefix(segment: Segment, typed: string, k: number): string[] {
  const count = segment.all.best(locateTyped(segment, typed), k, found);
  return segment.surfaceTexts(found, count);
}

/** Shown texts of the `k` best completions over all markets that hold the typed terms in any order. `k` is at most 64. */
export function topAnyOrder(segment: Segment, typed: string, k: number): string[] {
  const count = bestAnyOrder(segment, segment.all, typed, k, found);
  return segment.surfaceTexts(found, count);
}
