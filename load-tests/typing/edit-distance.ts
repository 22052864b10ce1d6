/**
 * The fewest insertions, deletions, substitutions and swaps of neighbours that turn one text into the other, no place touched twice:
 * optimal string alignment (Boytsov, ACM JEA 2011, section 2.2). Counts UTF-16 code units; time and space by the product of the lengths.
 */
export function editDistance(one: string, other: string): number {
  const width = other.length + 1;
  const rows = new Uint16Array((one.length + 1) * width);
  for (let at = 0; at < width; at++) rows[at] = at;
  for (let depth = 1; depth <= one.length; depth++) {
    const row = depth * width;
    rows[row] = depth;
    for (let at = 1; at < width; at++) {
      const isSame = one[depth - 1] === other[at - 1];
      let errors = Math.min(
        rows[row - width + at]! + 1,
        rows[row + at - 1]! + 1,
        rows[row - width + at - 1]! + (isSame ? 0 : 1),
      );
      const isSwapped =
        depth > 1 && at > 1 && one[depth - 1] === other[at - 2] && one[depth - 2] === other[at - 1];
      if (isSwapped) errors = Math.min(errors, rows[row - 2 * width + at - 2]! + 1);
      rows[row + at] = errors;
    }
  }
  return rows[rows.length - 1]!;
}
