/** Rows by a hash, for joins: 8 to 16 bytes a row. Different keys may share a hash, so that a caller compares what it finds. */
export class HashChains {
  readonly #heads: Int32Array;
  readonly #next: Int32Array;
  readonly #hashes: Uint32Array;
  readonly #mask: number;

  /** For rows 0 … size - 1, each added at most once. */
  constructor(size: number) {
    let slots = 16;
    while (slots < size) slots *= 2;
    this.#heads = new Int32Array(slots).fill(-1);
    this.#next = new Int32Array(size).fill(-1);
    this.#hashes = new Uint32Array(size);
    this.#mask = slots - 1;
  }

  add(hash: number, row: number): void {
    const slot = hash & this.#mask;
    this.#hashes[row] = hash;
    this.#next[row] = this.#heads[slot] ?? -1;
    this.#heads[slot] = row;
  }

  /** The rows of a hash, the last added first. */
  *rows(hash: number): Generator<number> {
    for (let row = this.#heads[hash & this.#mask] ?? -1; row >= 0; row = this.#next[row] ?? -1) {
      if (this.#hashes[row] === hash >>> 0) yield row;
    }
  }
}

/** A 32-bit hash of numbers in their order (FNV-1a over 32-bit steps, mixed by MurmurHash3's finaliser). */
export function hashIds(ids: ArrayLike<number>): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < ids.length; at++)
    hash = Math.imul(hash ^ (ids[at] ?? 0), 0x01000193) ^ (hash >>> 15);
  return mix(hash);
}

/** A 32-bit hash of a text's UTF-16 units, one of them left out (none with -1). */
export function hashText(text: string, without = -1, alsoWithout = -1): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) {
    if (at !== without && at !== alsoWithout)
      hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  }
  return mix(hash);
}

function mix(hash: number): number {
  let mixed = hash ^ (hash >>> 16);
  mixed = Math.imul(mixed, 0x85ebca6b);
  mixed ^= mixed >>> 13;
  mixed = Math.imul(mixed, 0xc2b2ae35);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}
