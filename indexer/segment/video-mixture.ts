import type { ListedQuery } from './video-section.ts';

/**
 * Users that a text's estimate counts for. With as many who searched, evidence and text weigh alike; below, the text leads, above, the
 * evidence: smoothing rather than a switch.
 */
export const TEXT_USERS = 8;

/**
 * Mixes what is known of a video's searches with who searched what: P(query) = (users(query) + m * P0(query)) / (all users + m), the mean of a Dirichlet
 * posterior whose prior, P0, is worth m users. Likeliest first, ties by completion. `counts` holds only queries that enough distinct users searched.
 */
export function mixCounts(
  prior: readonly { readonly id: number; readonly bits: number; readonly isSearched?: boolean }[],
  priorUsers: number,
  counts: ReadonlyMap<number, number>,
): ListedQuery[] {
  let users = priorUsers;
  for (const count of counts.values()) users += count;
  const masses = new Map<number, { mass: number; isSearched: boolean }>();
  for (const { id, bits, isSearched = false } of prior) {
    masses.set(id, { mass: priorUsers * 2 ** -bits, isSearched });
  }
  for (const [id, count] of counts) {
    masses.set(id, { mass: (masses.get(id)?.mass ?? 0) + count, isSearched: true });
  }
  return Array.from(masses, ([id, { mass, isSearched }]) => ({
    id,
    bits: Math.max(0, Math.log2(users / mass)),
    isSearched,
  })).sort((a, b) => a.bits - b.bits || a.id - b.id);
}
