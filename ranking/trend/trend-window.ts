const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
export const DAY_MS = 24 * HOUR_MS;

/** A span of the latest time, kept in buckets; it ends with the bucket of now, which is not full yet. */
export interface TrendWindow {
  readonly name: 'hour' | 'day' | 'week';
  readonly spanMs: number;
  readonly bucketMs: number;
  readonly buckets: number;
  /** How many times what is usual a query must be searched to be said to rise. */
  readonly leastRatio: number;
}

function windowOf(
  name: TrendWindow['name'],
  spanMs: number,
  buckets: number,
  leastRatio: number,
): TrendWindow {
  return { name, spanMs, buckets, bucketMs: spanMs / buckets, leastRatio };
}

/** From short to long; the longest comes last. */
export const TREND_WINDOWS: readonly TrendWindow[] = [
  windowOf('hour', HOUR_MS, 6, 4),
  windowOf('day', DAY_MS, 24, 3),
  windowOf('week', 7 * DAY_MS, 28, 3),
];

/** What lies before the longest window weighs half after so long. */
export const BASELINE_HALF_LIFE_MS = 14 * DAY_MS;

/** The share that remains of a weight after an age; negative ages weigh in full. */
export function baselineDecay(ageMs: number): number {
  return ageMs <= 0 ? 1 : 2 ** (-ageMs / BASELINE_HALF_LIFE_MS);
}
