import {
  goesOn,
  HASHTAG_SALT,
  type RunTable,
  runValue,
  surfaceOf,
} from '../../dictionaries/mentions/run-walk.ts';
import { extendA, extendB } from '../../dictionaries/mentions/word-hash.ts';
import type { WordHash } from '../segment/linker-section-builder.ts';

const FIELDS = 3;

/** The runs of the surfaces while they are gathered: an open hash table that doubles, 12 bytes a slot. */
export class RunBook implements RunTable {
  #table = new Uint32Array(FIELDS * 1024);
  #mask = 1023;
  #size = 0;

  find(a: number, b: number): number {
    return this.#table[this.#locate(a, b) + 2]!;
  }

  /** Enters a run of words for a surface, or gives the surface that has it already. */
  enter(run: readonly WordHash[], surface: number): number {
    let a = 0;
    let b = 0;
    for (const [i, word] of run.entries()) {
      a = i === 0 ? word.a : extendA(a, word.a);
      b = i === 0 ? word.b : extendB(b, word.b);
      const at = this.#claim(a, b);
      const value = this.#table[at + 2]!;
      if (i < run.length - 1) this.#table[at + 2] = runValue(surfaceOf(value), true);
      else if (surfaceOf(value) >= 0) return surfaceOf(value);
      else this.#table[at + 2] = runValue(surface, goesOn(value));
    }
    return surface;
  }

  /** Enters a hashtag; the first surface keeps it. */
  enterHashtag({ a, b }: WordHash, surface: number): void {
    const at = this.#claim(a, b ^ HASHTAG_SALT);
    if (surfaceOf(this.#table[at + 2]!) < 0) this.#table[at + 2] = runValue(surface, false);
  }

  #claim(a: number, b: number): number {
    if (this.#size * 3 >= this.#mask * 2) this.#grow();
    const at = this.#locate(a, b);
    if (this.#table[at + 2] === 0) {
      this.#size++;
      this.#table[at] = a;
      this.#table[at + 1] = b;
    }
    return at;
  }

  #locate(a: number, b: number): number {
    const table = this.#table;
    const first = a >>> 0;
    const second = b >>> 0;
    for (let slot = a & this.#mask; ; slot = (slot + 1) & this.#mask) {
      const at = slot * FIELDS;
      if (table[at + 2] === 0 || (table[at] === first && table[at + 1] === second)) return at;
    }
  }

  #grow(): void {
    const old = this.#table;
    this.#mask = this.#mask * 2 + 1;
    this.#table = new Uint32Array(FIELDS * (this.#mask + 1));
    for (let from = 0; from < old.length; from += FIELDS) {
      if (old[from + 2] === 0) continue;
      const at = this.#locate(old[from]! | 0, old[from + 1]! | 0);
      this.#table.set(old.subarray(from, from + FIELDS), at);
    }
  }
}
