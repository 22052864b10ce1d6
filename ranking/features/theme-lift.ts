import { type CandidateTable, MOST_THEMES_READ } from './candidate-table.ts';
import { quickLog2 } from './quick-log2.ts';

/**
 * How much likelier a candidate is to somebody for whom each theme is `lifts` times likelier than by itself: P(c | themes) / P(c) is the sum over themes
 * of P(theme | c) * lift; what no theme is known for counts as it is. 1 without lifts.
 */
export function themeLift(
  { themes, themeShares }: CandidateTable,
  lifts: Float32Array | null,
  row: number,
): number {
  if (lifts === null) return 1;
  let lift = 1;
  const end = (row + 1) * MOST_THEMES_READ;
  for (let i = row * MOST_THEMES_READ; i < end; i++) {
    const theme = themes[i]!;
    if (theme >= 0 && theme < lifts.length) lift += themeShares[i]! * (lifts[theme]! - 1);
  }
  return atLeast(lift);
}

/** A lift, or the least that is told apart. */
export function atLeast(lift: number): number {
  return lift > LEAST ? lift : LEAST;
}

/** log2 of a `themeLift`, within reason. */
export function liftBits(lift: number): number {
  if (lift > MOST) return LIMIT;
  return lift < 1 / MOST ? -LIMIT : Math.log2(lift);
}

/** The same within 1e-7, in a third of the time. */
export function quickLiftBits(lift: number): number {
  if (lift === 1) return 0;
  if (lift > MOST) return LIMIT;
  return lift < 1 / MOST ? -LIMIT : quickLog2(lift);
}

/** Writes the `liftBits` of each candidate; 0 for all without lifts. */
export function writeThemeLift(
  candidates: CandidateTable,
  lifts: Float32Array | null,
  out: Float32Array,
  at: number,
  stride: number,
): void {
  const { size } = candidates;
  for (let row = 0; row < size; row++) {
    out[row * stride + at] = lifts === null ? 0 : liftBits(themeLift(candidates, lifts, row));
  }
}

const LIMIT = 8;
const MOST = 2 ** LIMIT;
const LEAST = 1e-3;
