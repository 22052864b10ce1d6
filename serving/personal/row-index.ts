import { NONE } from '../../ranking/features/candidate-table.ts';

/** The row of each completion of a table of candidates: open addressing over slots that are used again for each request. */
export class RowIndex {
  readonly #ids: Int32Array;
  readonly #rows: Int16Array;
  /** The request in which a slot was last written: forgetting all is counting on. */
  readonly #requests: Uint32Array;
  #request = 0;

  /** @param capacity rows at most */
  constructor(capacity: number) {
    let slots = 16;
    while (slots < 2 * capacity) slots *= 2;
    this.#ids = new Int32Array(slots);
    this.#rows = new Int16Array(slots);
    this.#requests = new Uint32Array(slots);
  }

  clear(): void {
    this.#request = (this.#request + 1) >>> 0;
    if (this.#request !== 0) return;
    this.#requests.fill(0);
    this.#request = 1;
  }

  /** The row of a completion; NONE where it has none. */
  find(id: number): number {
    const mask = this.#ids.length - 1;
    for (let slot = Math.imul(id, 0x9e3779b1) & mask; ; slot = (slot + 1) & mask) {
      if (this.#requests[slot] !== this.#request) return NONE;
      if (this.#ids[slot] === id) return this.#rows[slot]!;
    }
  }

  /** Notes the row of a completion that has none yet. */
  put(id: number, row: number): void {
    const mask = this.#ids.length - 1;
    let slot = Math.imul(id, 0x9e3779b1) & mask;
    while (this.#requests[slot] === this.#request) slot = (slot + 1) & mask;
    this.#requests[slot] = this.#request;
    this.#ids[slot] = id;
    this.#rows[slot] = row;
  }
}
