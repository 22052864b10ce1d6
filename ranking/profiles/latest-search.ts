import type { DecayedWeight } from './decayed-weight.ts';
import type { Profile, TableName } from './profile.ts';
import type { QueryCounts } from './profile-query.ts';
import { varintBytes, zigzag } from './varint.ts';

/** What the latest search changed, to be taken back should the next one show that it was still being typed. */
export interface LatestSearch {
  /** What was known of the query, the first of the history, before; null where it was new. */
  readonly before: QueryCounts | null;
  readonly changes: readonly WeightChange[];
  /** What it takes as stored. Nothing that it is told from changes while it is the latest: whatever weighs a key anew, or counts the query again, makes another. */
  readonly storedBytes: number;
}

/** What a key weighed before; undefined where it was new. */
export interface WeightChange {
  readonly table: TableName;
  readonly key: string | number;
  readonly before: DecayedWeight | undefined;
}

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
