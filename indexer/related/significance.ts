/** How often two things went together, and each alone, out of all; in any one unit. */
export interface PairCounts {
  readonly pair: number;
  readonly source: number;
  readonly target: number;
  readonly total: number;
}

/**
 * How surely a pair goes together more often than chance would have it: the log-likelihood ratio of the two-by-two table (Dunning, 1993), 0 where it
 * goes together less often.
 */
export function associationOf({ pair, source, target, total }: PairCounts): number {
  if (pair * total <= source * target) return 0;
  const cells = [pair, source - pair, target - pair, total - source - target + pair];
  const entropy = (values: readonly number[]): number =>
    values.reduce((sum, value) => sum + (value > 0 ? value * Math.log(value / total) : 0), 0);
  const rows = [source, total - source];
  const columns = [target, total - target];
  return Math.max(0, 2 * (entropy(cells) - entropy(rows) - entropy(columns)));
}

/**
 * -log2 of how likely the target comes after the source: its share, less what so many sightings leave unsure. `unsure` is how many sightings weigh as
 * much as not knowing.
 */
export function chanceBits({ pair, source }: PairCounts, unsure: number): number {
  return -Math.log2(pair / (source + unsure));
}
