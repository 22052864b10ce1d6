import { NONE } from '../../ranking/features/candidate-table.ts';

/** The row of each completion of a table of candidates: open addressing over slots that are used again. */
export class RowIndex {
  readonly #ids: Int32Array;
  readonly #rows: Int16Array;

  /** @param capacity rows at most */
  constructor(capacity: number) {
    let slots = 16;
    while (slots < 2 * capacity) slots *= 2;
    this.#ids = new Int32Array(slots).fill(NONE);
    this.#rows = new Int16Array(slots);
  }

  clear(): void {
    this.#ids.fill(NONE);
  }

  /** The row of a completion; NONE where it has none. */
  find(id: number): number {
    const ids = this.#ids;
    const mask = ids.length - 1;
    for (let slot = Math.imul(id, 0x9e3779b1) & mask; ; slot = (slot + 1) & mask) {
      const known = ids[slot]!;
      if (known === NONE) return NONE;
      if (known === id) return this.#rows[slot]!;
    }
  }

  /** Notes the row of a completion that has none yet. */
  put(id: number, row: number): void {
    const mask = this.#ids.length - 1;
    let slot = Math.imul(id, 0x9e3779b1) & mask;
    while (this.#ids[slot] !== NONE) slot = (slot + 1) & mask;
    this.#ids[slot] = id;
    this.#rows[slot] = row;
  }
}
