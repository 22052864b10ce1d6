import type { PostingInput } from './posting-lists.ts';

/**
 * Turns rows' terms into lists of ranks a term. `ids` names the completion of each rank, null when ranks are completion ids;
 * a term that a completion repeats is listed once. With `ids` the lists are those of the terms that occur.
 */
export function invertRows(
  terms: Uint32Array,
  starts: Uint32Array,
  ids: Uint32Array | null,
  size: number,
  termCount: number,
): PostingInput {
  const counts = new Uint32Array(termCount + 1);
  const lastRank = new Uint32Array(termCount).fill(0xffffffff);
  for (let rank = 0; rank < size; rank++) {
    const row = ids === null ? rank : ids[rank]!;
    for (let i = starts[row]!; i < starts[row + 1]!; i++) {
      const term = terms[i]!;
      if (lastRank[term] === rank) continue;
      lastRank[term] = rank;
      counts[term + 1] = counts[term + 1]! + 1;
    }
  }
  for (let term = 1; term <= termCount; term++) counts[term] = counts[term]! + counts[term - 1]!;
  const ends = counts.slice(0, termCount);
  const ranks = new Uint32Array(counts[termCount]!);
  lastRank.fill(0xffffffff);
  for (let rank = 0; rank < size; rank++) {
    const row = ids === null ? rank : ids[rank]!;
    for (let i = starts[row]!; i < starts[row + 1]!; i++) {
      const term = terms[i]!;
      if (lastRank[term] === rank) continue;
      lastRank[term] = rank;
      const to = ends[term]!;
      ends[term] = to + 1;
      ranks[to] = rank;
    }
  }
  return withoutEmptyLists(counts, ranks, ids !== null);
}

/** Only aliases use some terms; these, and in a market the terms of other markets, have no list. */
function withoutEmptyLists(starts: Uint32Array, ranks: Uint32Array, always: boolean): PostingInput {
  const termIds: number[] = [];
  for (let term = 0; term + 1 < starts.length; term++) {
    if (starts[term + 1]! > starts[term]!) termIds.push(term);
  }
  if (!always && termIds.length === starts.length - 1) return { termIds: null, starts, ranks };
  const kept = new Uint32Array(termIds.length + 1);
  termIds.forEach((term, list) => {
    kept[list + 1] = starts[term + 1]!;
  });
  return { termIds: Uint32Array.from(termIds), starts: kept, ranks };
}
