import { normalise } from '../../dictionaries/normalise.ts';
import { brandCompletion } from '../../indexer/segment/completion-id.ts';
import type { CompletionView } from '../../indexer/segment/completion-view.ts';
import { Engine } from '../../serving/retrieval/engine.ts';
import type { SnapshotContent } from '../../serving/snapshot/snapshot-content.ts';
import { exactCompletion } from '../../serving/surfaces/before-typing/exact-completion.ts';
import type { Mixture } from '../../serving/surfaces/related/mixture.ts';
import { RelatedSearches } from '../../serving/surfaces/related/related-searches.ts';
import type { NextQuery } from './next-query-world.ts';

export const LIST_SIZE = 10;

/** Completions to search after a query in a market, likeliest first, at most LIST_SIZE. */
export type NextQueryRanker = (asked: Pick<NextQuery, 'query' | 'market'>) => readonly number[];

/** The related searches of the index. */
export function relatedSearches(
  { segment, manifest }: SnapshotContent,
  mixture?: Mixture,
): NextQueryRanker {
  const related = new RelatedSearches(segment, manifest, new Engine(segment, manifest), mixture);
  return ({ query, market }) =>
    related
      .related(query, { limit: LIST_SIZE, market })
      .suggestions.map(({ text }) => idOf({ segment, manifest }, normalise(text)));
}

/** The market's most searched completions but the query. */
export function popularity(content: SnapshotContent): NextQueryRanker {
  return ({ query, market }) => {
    const view = viewOf(content, market);
    const own = idOf(content, query);
    const list: number[] = [];
    for (let rank = 0; rank < view.size && list.length < LIST_SIZE; rank++) {
      if (view.idOf(rank) !== own) list.push(view.idOf(rank));
    }
    return list;
  };
}

/**
 * P(next | query) by counts of the training sessions, over the members of the market, ties to the more popular. It knows every pair, also those of fewer users than
 * may be shown, and committed searches by truth: more than an index may.
 */
export function cooccurrence(
  content: SnapshotContent,
  training: readonly NextQuery[],
): NextQueryRanker {
  const counts = new Map<string, Map<number, number>>();
  for (const { query, next } of training) {
    const id = idOf(content, next);
    if (id < 0) continue;
    const followed = counts.get(query) ?? new Map<number, number>();
    counts.set(query, followed.set(id, (followed.get(id) ?? 0) + 1));
  }
  return ({ query, market }) => {
    const view = viewOf(content, market);
    const own = idOf(content, query);
    return [...(counts.get(query) ?? [])]
      .filter(([id]) => id !== own && view.rankOf(brandCompletion(id)) >= 0)
      .sort(([a, countA], [b, countB]) => countB - countA || a - b)
      .slice(0, LIST_SIZE)
      .map(([id]) => id);
  };
}

/** The first list, filled up with what only the second one has. */
export function filledUp(first: NextQueryRanker, second: NextQueryRanker): NextQueryRanker {
  return (asked) => [...new Set([...first(asked), ...second(asked)])].slice(0, LIST_SIZE);
}

/** The completion of a normalised text; -1 when there is none. */
export function idOf({ segment }: SnapshotContent, normalised: string): number {
  return exactCompletion(segment, normalised) ?? -1;
}

function viewOf({ segment }: SnapshotContent, market: string): CompletionView {
  return segment.markets.get(market) ?? segment.all;
}
