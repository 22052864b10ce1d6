import { NONE } from '../../ranking/features/candidate-table.ts';

const MARKS_A_SLOT = 4;

/** The row of each completion of a table of candidates: open addressing over slots that are used again. */
export class RowIndex {
  readonly #ids: Int32Array;
  readonly #rows: Int16Array;
  /** Some bits that all ids here have set, and few others do: a few cache lines, where a look into the slots is one each. */
  readonly #marks: Uint32Array;
  readonly #shift: number;

  /** @param capacity rows at most */
  constructor(capacity: number) {
    let slots = 16;
    while (slots < 2 * capacity) slots *= 2;
    this.#ids = new Int32Array(slots).fill(NONE);
    this.#rows = new Int16Array(slots);
    const marks = slots * MARKS_A_SLOT;
    this.#marks = new Uint32Array(marks / 32);
    this.#shift = Math.clz32(marks - 1);
  }

  clear(): void {
    this.#ids.fill(NONE);
    this.#marks.fill(0);
  }

  /** Whether a completion may have a row: of those that have none, one in ten may seem to. */
  mayHave(id: number): boolean {
    const mark = Math.imul(id, 0x9e3779b1) >>> this.#shift;
    return (this.#marks[mark >>> 5]! & (1 << (mark & 31))) !== 0;
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
    const mark = Math.imul(id, 0x9e3779b1) >>> this.#shift;
    this.#marks[mark >>> 5]! |= 1 << (mark & 31);
    const mask = this.#ids.length - 1;
    let slot = Math.imul(id, 0x9e3779b1) & mask;
    while (this.#ids[slot] !== NONE) slot = (slot + 1) & mask;
    this.#ids[slot] = id;
    this.#rows[slot] = row;
  }
}
