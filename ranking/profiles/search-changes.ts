import type { DecayedWeight } from './decayed-weight.ts';
import type { QueryCounts } from './profile-query.ts';
import type { TableName } from './profile-tables.ts';

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
