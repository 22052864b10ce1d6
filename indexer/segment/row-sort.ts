/**
 * Orders rows by their term ids, a shorter row before those that it begins: least-significant-digit counting sorts over the
 * first three terms, then comparisons inside the few groups that share them. Linear but for those groups.
 */
const SORTED_DEPTH = 3;

/** Row numbers in lexicographic order of `terms[starts[row]] … terms[starts[row + 1] - 1]`. */
export function sortRowsByTerms(
  terms: Uint32Array,
  starts: Uint32Array,
  termCount: number,
): Uint32Array {
  const rows = starts.length - 1;
  let order = new Uint32Array(rows);
  for (let row = 0; row < rows; row++) order[row] = row;
  let spare = new Uint32Array(rows);
  const counts = new Uint32Array(termCount + 2);

  for (let depth = SORTED_DEPTH - 1; depth >= 0; depth--) {
    counts.fill(0);
    for (let row = 0; row < rows; row++) {
      const key = keyAt(terms, starts, row, depth) + 1;
      counts[key] = counts[key]! + 1;
    }
    for (let key = 1; key < counts.length; key++) counts[key] = counts[key]! + counts[key - 1]!;
    for (let i = 0; i < rows; i++) {
      const row = order[i]!;
      const key = keyAt(terms, starts, row, depth);
      const to = counts[key]!;
      counts[key] = to + 1;
      spare[to] = row;
    }
    [order, spare] = [spare, order];
  }
  sortSharedBeginnings(order, terms, starts);
  return order;
}

/** 0 where the row has no such term, else the term's id and one. */
function keyAt(terms: Uint32Array, starts: Uint32Array, row: number, depth: number): number {
  const place = starts[row]! + depth;
  return place < starts[row + 1]! ? terms[place]! + 1 : 0;
}

function sortSharedBeginnings(order: Uint32Array, terms: Uint32Array, starts: Uint32Array): void {
  const compare = (rowA: number, rowB: number): number => {
    let a = starts[rowA]! + SORTED_DEPTH;
    let b = starts[rowB]! + SORTED_DEPTH;
    const endA = starts[rowA + 1]!;
    const endB = starts[rowB + 1]!;
    for (; a < endA && b < endB; a++, b++) {
      const difference = terms[a]! - terms[b]!;
      if (difference !== 0) return difference;
    }
    return Math.max(0, endA - a) - Math.max(0, endB - b);
  };
  let from = 0;
  for (let i = 1; i <= order.length; i++) {
    if (i < order.length && shareBeginning(terms, starts, order[from]!, order[i]!)) continue;
    if (i - from > 1) order.subarray(from, i).sort(compare);
    from = i;
  }
}

/** Whether both rows go on after the same first terms (rows that end sooner are in place already). */
function shareBeginning(terms: Uint32Array, starts: Uint32Array, a: number, b: number): boolean {
  for (let depth = 0; depth < SORTED_DEPTH; depth++) {
    const key = keyAt(terms, starts, a, depth);
    if (key === 0 || key !== keyAt(terms, starts, b, depth)) return false;
  }
  return true;
}
