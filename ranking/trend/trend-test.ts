/** What was counted in a window and before it, of one query and of everything that was searched in the market. */
export interface WindowEvidence {
  readonly count: number;
  readonly total: number;
  /** The same query before the window. */
  readonly baseline: number;
  readonly baselineTotal: number;
  /** Variance of the query's counts over that of a Poisson process: 1 when its searches come independently. */
  readonly spread: number;
}

/** Searches that a query without any is taken to have had: nobody saw it, which is not to say that there was none. */
const UNSEEN = 0.5;
/** A baseline of less than so many times the window's volume tells nothing yet. */
const LEAST_BASELINE = 2;

/**
 * How surprising it is, in bits, that so many of a query's searches fall into the window, were its share of all searches what it was before; 0 when it did
 * not rise, or when too little is known.
 *
 * Two Poisson rates are compared by the conditional test (Przyborowski and Wilenski, Biometrika 1940): given all searches of the query, those in the window are binomial with
 * the window's share of the market's searches. Its tail is bounded by Chernoff's bound, n times the divergence of the two shares, so the chance is overstated, never
 * understated. Divided by the spread, as in a quasi-Poisson model. Shares of all searches, not times, make nights and busy days alike.
 */
export function surpriseBits(evidence: WindowEvidence): number {
  const { count, total, baselineTotal, spread } = evidence;
  if (count <= 0 || baselineTotal < LEAST_BASELINE * total) return 0;
  const all = count + Math.max(UNSEEN, evidence.baseline);
  const expected = total / (total + baselineTotal);
  const seen = count / all;
  if (seen <= expected) return 0;
  const divergence =
    seen * Math.log2(seen / expected) + (1 - seen) * Math.log2((1 - seen) / (1 - expected));
  return (all * divergence) / Math.max(1, spread);
}

/** How many times what is usual a query was searched in the window. */
export function riseRatio({ count, total, baseline, baselineTotal }: WindowEvidence): number {
  if (total === 0 || baselineTotal === 0) return 1;
  return (count * baselineTotal) / (total * Math.max(UNSEEN, baseline));
}

/** Expected number of queries that seem to rise without having risen, over all that are tested at one moment. */
const FALSE_RISES = 0.01;

/**
 * The least surprise that makes a trend when so many queries were searched often enough to be tested, each over `windows` windows: with Bonferroni's
 * correction, what chance makes of all of them together stays under one in a hundred. (The test is conditional on how often a query was searched, so that choosing by it is fair.)
 */
export function leastSurprise(watched: number, windows: number): number {
  return Math.log2((Math.max(1, watched) * windows) / FALSE_RISES);
}
