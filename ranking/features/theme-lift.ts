import { type CandidateTable, MOST_THEMES_READ } from './candidate-table.ts';

/**
 * Writes log2 of how much likelier each candidate is to somebody for whom each theme is `lifts` times likelier than by itself: P(c | themes) / P(c) is the sum over themes
 * of P(theme | c) * lift; what no theme is known for counts as it is. 0 for all without lifts.
 */
export function writeThemeLift(
  candidates: CandidateTable,
  lifts: Float32Array | null,
  out: Float32Array,
  at: number,
  stride: number,
): void {
  const { size, themes, themeShares } = candidates;
  for (let row = 0; row < size; row++) {
    let value = 0;
    if (lifts !== null) {
      let left = 1;
      let sum = 0;
      for (let i = row * MOST_THEMES_READ; i < (row + 1) * MOST_THEMES_READ; i++) {
        const theme = themes[i]!;
        if (theme < 0 || theme >= lifts.length) continue;
        const share = themeShares[i]!;
        sum += share * lifts[theme]!;
        left -= share;
      }
      const lift = sum + left;
      if (lift !== 1) {
        value = Math.max(-LIMIT, Math.min(LIMIT, Math.log2(Math.max(LEAST, lift))));
      }
    }
    out[row * stride + at] = value;
  }
}

const LIMIT = 8;
const LEAST = 1e-3;
