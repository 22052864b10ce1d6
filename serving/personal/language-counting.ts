import type { CompletionView } from '../../indexer/segment/completion-view.ts';
import { type Segment, UNDETERMINED } from '../../indexer/segment/segment.ts';
import type { Sliced } from '../sliced-work.ts';

/** The languages searched in most are told apart, the others count as one more. */
export const MOST_LANGUAGES = 6;
/** Completions that are looked at in one go: a millisecond or two. */
export const GO = 32_768;

/** The language that a market's tag names: its primary subtag; null where it names none. */
export function languageOfMarket(market: string): string | null {
  const language = market.split('-', 1)[0]!.toLowerCase();
  return /^[a-z]{2,3}$/.test(language) && !/^(?:und|mul|zxx|mis)$/.test(language) ? language : null;
}

/** What was searched in which language. */
export interface CountedSearches {
  /** Languages, those searched in most first. */
  readonly languages: readonly string[];
  /** Place of each in a mix. */
  readonly places: ReadonlyMap<string, number>;
  /** Share of all searches of each place. */
  readonly shares: Float64Array;
  /** By place: searches of each completion. A column each: rows would have each search counted in a line of memory of its own. */
  readonly counts: readonly Float32Array[];
}

/** Null where the markets tell less than two languages. */
export function* countSearches(segment: Segment): Sliced<CountedSearches | null> {
  const unplaced = yield* unplacedScores(segment);
  const searches = new Map<string, number>();
  for (const [market, view] of segment.markets) {
    const language = languageOfMarket(market);
    if (language === null) continue;
    let sum = searches.get(language) ?? 0;
    yield* inGoes(view, (scores, from, to) => {
      sum = sumOwn(view, scores, unplaced, { from, to, sum });
    });
    if (sum > 0) searches.set(language, sum);
  }
  if (searches.size < 2) return null;
  const languages = [...searches]
    .sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
    .map(([language]) => language);
  const places = new Map(
    languages.map((language, place) => [language, Math.min(place, MOST_LANGUAGES)]),
  );
  const width = Math.min(languages.length, MOST_LANGUAGES + 1);
  const shares = new Float64Array(width);
  const total = [...searches.values()].reduce((sum, each) => sum + each, 0);
  for (const [language, each] of searches) shares[places.get(language)!]! += each / total;
  const counts: Float32Array[] = [];
  for (let place = 0; place < width; place++) {
    counts.push(new Float32Array(segment.completions));
    yield;
  }
  for (const [market, view] of segment.markets) {
    const place = places.get(languageOfMarket(market) ?? '');
    if (place === undefined) continue;
    const column = counts[place]!;
    yield* inGoes(view, (scores, from, to) => addOwn(view, scores, unplaced, column, from, to));
  }
  return { languages, places, shares, counts };
}

/** Score of each completion in rows without a market; null where there are none. */
function* unplacedScores({ markets, completions }: Segment): Sliced<Float64Array | null> {
  const view = markets.get(UNDETERMINED);
  if (view === undefined) return null;
  const unplaced = new Float64Array(completions);
  yield* inGoes(view, (scores, from, to) => {
    for (let rank = from; rank < to; rank++) {
      if (scores[rank]! > 0) unplaced[view.idOf(rank)] = scores[rank]!;
    }
  });
  return unplaced;
}

type Go = (scores: Float64Array, from: number, to: number) => void;

/** Goes through the ranks of a view that has scores. */
function* inGoes({ scores, size }: CompletionView, go: Go): Sliced<void> {
  if (scores === null) return;
  for (let from = 0; from < size; from += GO) {
    go(scores, from, Math.min(from + GO, size));
    yield;
  }
}

/*
 * What a market's own rows score for its completions: its view adds to them those of rows without a market. A rank is below the view's size, and an id below the number of completions.
 */

function sumOwn(
  view: CompletionView,
  scores: Float64Array,
  unplaced: Float64Array | null,
  { from, to, sum }: { readonly from: number; readonly to: number; readonly sum: number },
): number {
  let total = sum;
  for (let rank = from; rank < to; rank++) {
    const score = unplaced === null ? scores[rank]! : scores[rank]! - unplaced[view.idOf(rank)]!;
    if (score > 0) total += score;
  }
  return total;
}

function addOwn(
  view: CompletionView,
  scores: Float64Array,
  unplaced: Float64Array | null,
  column: Float32Array,
  from: number,
  to: number,
): void {
  for (let rank = from; rank < to; rank++) {
    const id = view.idOf(rank);
    const score = unplaced === null ? scores[rank]! : scores[rank]! - unplaced[id]!;
    if (score > 0) column[id]! += score;
  }
}
