/** What a paired comparison of two systems over the same queries says. */
export interface PairedDifference {
  /** Mean of `candidate - baseline`. */
  readonly mean: number;
  /** Bounds of the confidence interval, `low <= high`. */
  readonly low: number;
  readonly high: number;
}

export interface BootstrapOptions {
  /** Any whole number; the same seed gives the same interval. */
  readonly seed: number;
  /** Resamples; 1,000 when absent. */
  readonly resamples?: number;
  /** Between 0 and 1; 0.95 when absent. */
  readonly confidence?: number;
}

/**
 * Answers how much better a candidate is than a baseline, and how sure that is: the percentile bootstrap over pairs (Efron
 * and Tibshirani, 1993, section 13.3). Scores are by query, in the same order; O(pairs × resamples).
 *
 * Throws a RangeError for lists of different lengths, no pairs, no resamples or a confidence outside (0, 1).
 */
export function comparePaired(
  baseline: ArrayLike<number>,
  candidate: ArrayLike<number>,
  options: BootstrapOptions,
): PairedDifference {
  const { seed, resamples = 1000, confidence = 0.95 } = options;
  const pairs = baseline.length;
  if (pairs !== candidate.length || pairs === 0) {
    throw new RangeError(
      `expected as many candidate as baseline scores and at least one, got ${candidate.length} and ${pairs}`,
    );
  }
  if (!Number.isInteger(resamples) || resamples < 1)
    throw new RangeError(`expected at least one resample, got ${resamples}`);
  if (!(confidence > 0 && confidence < 1))
    throw new RangeError(`expected a confidence between 0 and 1, got ${confidence}`);
  const differences = Float64Array.from({ length: pairs }, (_, i) => candidate[i]! - baseline[i]!);
  const draw = splitMix32(seed);
  const means = new Float64Array(resamples);
  for (let resample = 0; resample < resamples; resample++) {
    let sum = 0;
    // The inner loop runs pairs × resamples times: an index is a 32-bit draw scaled down, without a call for a range.
    for (let i = 0; i < pairs; i++) sum += differences[Math.floor((draw() / 4294967296) * pairs)]!;
    means[resample] = sum / pairs;
  }
  means.sort();
  const tail = (1 - confidence) / 2;
  return {
    mean: differences.reduce((sum, difference) => sum + difference, 0) / pairs,
    low: means[Math.floor(tail * (resamples - 1))]!,
    high: means[Math.ceil((1 - tail) * (resamples - 1))]!,
  };
}

/** SplitMix (Steele, Lea and Flood, OOPSLA 2014) in 32 bits: the next whole number below 2^32 with each call. */
function splitMix32(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x9e3779b9) | 0;
    let z = state;
    z = Math.imul(z ^ (z >>> 16), 0x85ebca6b);
    z = Math.imul(z ^ (z >>> 13), 0xc2b2ae35);
    return (z ^ (z >>> 16)) >>> 0;
  };
}
