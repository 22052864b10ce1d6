/** A row of keys: of texts or objects, which are compared by identity, or of numbers. */
export interface KeyRow<Key> {
  readonly length: number;
  readonly [place: number]: Key;
  indexOf(key: Key): number;
}

/**
 * Finds where each key of a row stood in the row before it, of which it is a little changed version: one that stands where it stood, or behind one that came or went, at once; one that
 * moved, by a walk over the row. What is behind the keys is not looked at: it lies anywhere in memory, and to fetch it takes longer than all else.
 */
export class RowMatch {
  /** By place of the row: the place in the row before; -1 for a new key. */
  from = new Int32Array(64);

  /** Whether the first `size` keys of a row are those of the row before, at their places. */
  isSame<Key>(before: KeyRow<Key>, row: KeyRow<Key>, size: number): boolean {
    if (size > this.from.length) this.from = new Int32Array(2 * size);
    const { from } = this;
    let isSame = before.length === size;
    let expected = 0;
    for (let place = 0; place < size; place++) {
      const key = row[place]!;
      let known = expected;
      if (known >= before.length || before[known] !== key) {
        known = before.indexOf(key);
        isSame = false;
      }
      from[place] = known;
      if (known === expected || known === expected + 1) expected = known + 1;
    }
    return isSame;
  }
}
