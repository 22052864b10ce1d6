const FIRST_SLOTS = 1024;
/** Fuller than this, looking for what is not there walks too far. */
const LARGEST_LOAD = 0.8;

/** A set of 64-bit hashes in one typed array: open addressing with linear probing, 8 bytes a slot, doubled as it fills. */
export class IdTable {
  /** Low and high half of each slot's hash, side by side; both 0 in an empty slot. */
  #slots = new Uint32Array(2 * FIRST_SLOTS);
  #count = 0;

  get count(): number {
    return this.#count;
  }

  get sizeBytes(): number {
    return this.#slots.byteLength;
  }

  has(low: number, high: number): boolean {
    return this.#slots[this.#locate(low, high) + 1] !== 0;
  }

  /** False when it was there. */
  add(low: number, high: number): boolean {
    let at = this.#locate(low, high);
    if (this.#slots[at + 1] !== 0) return false;
    if (this.#count >= (this.#slots.length / 2) * LARGEST_LOAD) {
      this.#grow();
      at = this.#locate(low, high);
    }
    this.#slots[at] = low;
    this.#slots[at + 1] = high || 1;
    this.#count++;
    return true;
  }

  /** The slot of a hash, or the empty one where it would stand. Terminates: a slot is always free. */
  #locate(low: number, high: number): number {
    const slots = this.#slots;
    const mask = slots.length - 1;
    // A high half of 0 would look empty; as 1 it costs one value of 2^32.
    const marked = high || 1;
    let at = (low << 1) & mask;
    while (slots[at + 1] !== 0 && !(slots[at] === low && slots[at + 1] === marked)) {
      at = (at + 2) & mask;
    }
    return at;
  }

  #grow(): void {
    const old = this.#slots;
    this.#slots = new Uint32Array(2 * old.length);
    for (let at = 0; at < old.length; at += 2) {
      const low = old[at]!;
      const high = old[at + 1]!;
      if (high === 0) continue;
      const free = this.#locate(low, high);
      this.#slots[free] = low;
      this.#slots[free + 1] = high;
    }
  }
}
