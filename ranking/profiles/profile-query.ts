import { type DecayedWeight, decayedOne } from './decayed-weight.ts';
import { type QueryTexts, textBytesOf } from './query-texts.ts';
import { varintBytes, zigzag } from './varint.ts';

/** How fast what was searched fades. */
export const HISTORY_HALF_LIFE_MS = 30 * 86_400_000;

/** How often and when a query was searched. */
export interface QueryCounts {
  /** When it was searched last. */
  readonly lastMs: number;
  /** How often it was searched, up to 65,535. */
  readonly count: number;
  /** The same, decayed by HISTORY_HALF_LIFE_MS: `weightAt(weight, nowMs, HISTORY_HALF_LIFE_MS)`. */
  readonly weight: DecayedWeight;
}

/** A query that the user searched. Never changed, but replaced by another one: who has read one need not read it again. */
export interface ProfileQuery extends QueryTexts, QueryCounts {
  /** What it takes as stored, but for how long before the one before it in the list it was. */
  readonly storedBytes: number;
}

/** The query of these texts and counts. */
export function profileQuery(texts: QueryTexts, counts: QueryCounts): ProfileQuery {
  const { normalised, surface, isBlocked } = texts;
  const { lastMs, count, weight } = counts;
  const storedBytes = textBytesOf(texts) + countBytes(counts);
  return { normalised, surface, isBlocked, lastMs, count, weight, storedBytes };
}

/** Whether a query was searched once: its counts are not stored, as its time tells them. */
export function isSingle({ count, weight, lastMs }: QueryCounts): boolean {
  return count === 1 && weight === decayedOne(lastMs, HISTORY_HALF_LIFE_MS);
}

function countBytes(counts: QueryCounts): number {
  if (isSingle(counts)) return 0;
  const { count, weight, lastMs } = counts;
  const beside = weight - decayedOne(lastMs, HISTORY_HALF_LIFE_MS);
  return varintBytes(count) + varintBytes(zigzag(beside));
}
