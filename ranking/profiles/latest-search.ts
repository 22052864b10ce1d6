import type { Profile } from './profile.ts';
import type { QueryCounts } from './profile-query.ts';
import type { LatestSearch, WeightChange } from './search-changes.ts';
import { varintBytes, zigzag } from './varint.ts';

/** What a search changed that is the first of the history now. */
export function latestSearch(
  profile: Profile,
  before: QueryCounts | null,
  changes: readonly WeightChange[],
): LatestSearch {
  const [query] = profile.history;
  let storedBytes = 1 + varintBytes(changes.length);
  if (before !== null && query !== undefined) {
    storedBytes += varintBytes(query.lastMs - before.lastMs) + varintBytes(before.count);
    storedBytes += varintBytes(zigzag(query.weight - before.weight));
  }
  for (const { table, key, before: weight } of changes) {
    const now = profile[table].get(key as never) ?? 0;
    storedBytes += 2 + (weight === undefined ? 1 : varintBytes(1 + zigzag(now - weight)));
  }
  return { before, changes, storedBytes };
}

/** Forgets what the latest search changed, since something newer changes the same: it can't be taken back from below that. */
export function settleLatest(profile: Profile): void {
  const { latestSearch: latest } = profile;
  if (latest !== null) profile.latestSearch = latestSearch(profile, latest.before, []);
}
