import type { HashWeights } from './bound-profile.ts';

const LEAST_SLOTS = 16;
const EMPTY = 0;

/** Weights by 32-bit hash, added up: open addressing, at most half full, no objects per entry. */
export class HashTable implements HashWeights {
  #keys: Int32Array;
  #weights: Float32Array;
  /** 1 where a slot is taken: any key may be a hash. */
  #taken: Uint8Array;
  #size = 0;

  constructor(expected = 0) {
    let slots = LEAST_SLOTS;
    while (slots < 2 * expected) slots *= 2;
    this.#keys = new Int32Array(slots);
    this.#weights = new Float32Array(slots);
    this.#taken = new Uint8Array(slots);
  }

  get size(): number {
    return this.#size;
  }

  get(hash: number): number {
    const key = hash | 0;
    const mask = this.#keys.length - 1;
    for (let slot = start(key) & mask; ; slot = (slot + 1) & mask) {
      if (this.#taken[slot] === EMPTY) return 0;
      if (this.#keys[slot] === key) return this.#weights[slot]!;
    }
  }

  /** Adds to the weight of a hash. */
  add(hash: number, weight: number): void {
    if (2 * (this.#size + 1) > this.#keys.length) this.#grow();
    const key = hash | 0;
    const mask = this.#keys.length - 1;
    for (let slot = start(key) & mask; ; slot = (slot + 1) & mask) {
      if (this.#taken[slot] !== EMPTY && this.#keys[slot] !== key) continue;
      if (this.#taken[slot] === EMPTY) this.#size++;
      this.#taken[slot] = 1;
      this.#keys[slot] = key;
      this.#weights[slot] = this.#weights[slot]! + weight;
      return;
    }
  }

  /** Forgets all, and keeps its room: a table that is filled again takes nothing new. */
  clear(): void {
    if (this.#size === 0) return;
    this.#taken.fill(EMPTY);
    this.#weights.fill(0);
    this.#size = 0;
  }

  #grow(): void {
    const [keys, weights, taken] = [this.#keys, this.#weights, this.#taken];
    this.#keys = new Int32Array(2 * keys.length);
    this.#weights = new Float32Array(2 * keys.length);
    this.#taken = new Uint8Array(2 * keys.length);
    this.#size = 0;
    keys.forEach((key, slot) => {
      if (taken[slot] !== EMPTY) this.add(key, weights[slot]!);
    });
  }
}

function start(key: number): number {
  const mixed = Math.imul(key, 0x85ebca6b);
  return mixed ^ (mixed >>> 15);
}
