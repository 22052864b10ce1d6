import type { PackedMemory } from './packed-facts.ts';

/** Memory is given out in multiples of this. */
const PIECE_BYTES = 2_048;

/** Memory of a block. */
export interface BlockMemory extends PackedMemory {
  readonly sizeBytes: number;
}

/** Gives out memory for blocks of all sizes, of which many are alike, and takes it back to give it out again: within a bound, what is given back included. */
export class BlockMemories {
  readonly #mostBytes: number;
  /** What was given back, by size. */
  readonly #free = new Map<number, BlockMemory[]>();
  #heldBytes = 0;

  /** @param mostBytes held at once, at least as many as the largest block takes */
  constructor(mostBytes: number) {
    this.#mostBytes = mostBytes;
  }

  /** Bytes that are given out or kept to be. */
  get heldBytes(): number {
    return this.#heldBytes;
  }

  /** Memory of so many bytes at least, with what stood in it before; null where some is to be given back first. */
  take(leastBytes: number): BlockMemory | null {
    const sizeBytes = Math.ceil(leastBytes / PIECE_BYTES) * PIECE_BYTES;
    const known = this.#free.get(sizeBytes)?.pop();
    if (known !== undefined) return known;
    if (this.#heldBytes + sizeBytes > this.#mostBytes) this.#letGo(sizeBytes);
    if (this.#heldBytes + sizeBytes > this.#mostBytes) return null;
    this.#heldBytes += sizeBytes;
    const buffer = new ArrayBuffer(sizeBytes);
    return {
      sizeBytes,
      words: new Int32Array(buffer),
      floats: new Float32Array(buffer),
      halves: new Uint16Array(buffer),
      bytes: new Uint8Array(buffer),
    };
  }

  giveBack(memory: BlockMemory): void {
    const alike = this.#free.get(memory.sizeBytes);
    if (alike === undefined) this.#free.set(memory.sizeBytes, [memory]);
    else alike.push(memory);
  }

  /** Lets memory of other sizes go, until as many bytes are left as are asked for, or none is kept. */
  #letGo(wantedBytes: number): void {
    for (const [sizeBytes, kept] of this.#free) {
      while (kept.length > 0) {
        if (this.#heldBytes + wantedBytes <= this.#mostBytes) return;
        kept.pop();
        this.#heldBytes -= sizeBytes;
      }
    }
  }
}
