/** The value at a share of the sorted values (0.5 is the median), by the nearest rank; NaN of none. */
export function quantile(values: ArrayLike<number>, share: number): number {
  const sorted = Float64Array.from(values).sort();
  const rank = Math.ceil(share * sorted.length) - 1;
  return sorted[Math.min(sorted.length - 1, Math.max(0, rank))] ?? Number.NaN;
}

export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** A figure over rounds. */
export interface Spread {
  readonly least: number;
  readonly median: number;
  readonly most: number;
}

export function spreadOf(values: readonly number[]): Spread {
  return { least: quantile(values, 0), median: quantile(values, 0.5), most: quantile(values, 1) };
}

/** Round by round `above / below`: what happens to one round, happens to both sides of its ratio. */
export function ratioOf(above: readonly number[], below: readonly number[]): Spread {
  if (above.length !== below.length) {
    throw new Error(
      `expected as many rounds on both sides, got ${above.length} and ${below.length}`,
    );
  }
  return spreadOf(above.map((value, round) => value / (below[round] ?? Number.NaN)));
}
