/**
 * Puts the at most `most` rows of `0 … rows - 1` with the highest scores into `best`, highest first, ties to the lower place; returns their number. Time: rows times the
 * few that are wanted.
 */
export function bestRows(
  scores: Float32Array,
  places: Uint16Array,
  rows: number,
  most: number,
  best: Uint16Array,
): number {
  let count = 0;
  // Most rows are told by this alone.
  let least = Number.NEGATIVE_INFINITY;
  for (let row = 0; row < rows; row++) {
    if (scores[row]! < least) continue;
    if (count === most && !isBefore(scores, places, row, best[count - 1]!)) continue;
    let at = count < most ? count++ : count - 1;
    while (at > 0 && isBefore(scores, places, row, best[at - 1]!)) {
      best[at] = best[at - 1]!;
      at--;
    }
    best[at] = row;
    if (count === most) least = scores[best[count - 1]!]!;
  }
  return count;
}

function isBefore(scores: Float32Array, places: Uint16Array, a: number, b: number): boolean {
  const score = scores[a]!;
  const other = scores[b]!;
  if (score !== other) return score > other;
  return places[a]! !== places[b]! ? places[a]! < places[b]! : a < b;
}
