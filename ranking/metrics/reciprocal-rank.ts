/** How early a list shows what was wanted. */

/** 1 / (position of `target`, from 1), or 0 when the list lacks it. The first place counts when it stands there twice. */
export function reciprocalRank<T>(list: readonly T[], target: T): number {
  const at = list.indexOf(target);
  return at < 0 ? 0 : 1 / (at + 1);
}

/** A list that was answered, what was wanted, and how often that was asked (1 when absent). */
export interface JudgedList<T> {
  readonly list: readonly T[];
  readonly target: T;
  readonly weight?: number;
}

/**
 * The mean reciprocal rank over weighted lists, each cut to its first `k` places; 0 over none. Throws a RangeError for a `k`
 * that is not a positive whole number and for a weight that is negative or not finite.
 */
export function meanReciprocalRankAt<T>(judged: Iterable<JudgedList<T>>, k: number): number {
  return weightedMeanAt(judged, k, reciprocalRank);
}

/** The weighted share of lists whose first `k` places hold the target; 0 over none. Throws like `meanReciprocalRankAt`. */
export function successAt<T>(judged: Iterable<JudgedList<T>>, k: number): number {
  return weightedMeanAt(judged, k, (list, target) => (list.includes(target) ? 1 : 0));
}

function weightedMeanAt<T>(
  judged: Iterable<JudgedList<T>>,
  k: number,
  score: (list: readonly T[], target: T) => number,
): number {
  if (!Number.isInteger(k) || k < 1)
    throw new RangeError(`expected k to be a positive whole number, got ${k}`);
  let sum = 0;
  let weights = 0;
  for (const { list, target, weight = 1 } of judged) {
    if (!(weight >= 0 && weight < Infinity))
      throw new RangeError(`expected a weight from 0 up, got ${weight}`);
    sum += weight * score(list.slice(0, k), target);
    weights += weight;
  }
  return weights === 0 ? 0 : sum / weights;
}
