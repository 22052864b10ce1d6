const FIELDS = 7;
const LOWER = 2;
const CAPITAL = 3;
const START = 4;
const PEOPLE = 5;
const LAST_PERSON = 6;

/** How a word is written in the mined text. */
export interface WordCount {
  readonly a: number;
  readonly b: number;
  /** Inside sentences, with a small letter. */
  readonly lower: number;
  /** Inside sentences, with a capital. */
  readonly capital: number;
  /** Where capitals say nothing. */
  readonly start: number;
  /** At least: how many times it came from another person than the time before. */
  readonly people: number;
}

/**
 * Counts words by their hashes, in 28 bytes a distinct word: an open hash table that doubles. No text is kept.
 */
export class WordCounts {
  #table = new Int32Array(FIELDS * 1024);
  #mask = 1023;
  #size = 0;
  #total = 0;

  /** Distinct words. */
  get size(): number {
    return this.#size;
  }

  /** All words. */
  get total(): number {
    return this.#total;
  }

  /** `writing`: 0 for a small letter inside a sentence, 1 for a capital there, 2 for where capitals say nothing. `person` is any number but 0. */
  add(a: number, b: number, writing: 0 | 1 | 2, person: number): void {
    const at = this.#locate(a, b);
    const table = this.#table;
    table[at + LOWER + writing]!++;
    if (table[at + LAST_PERSON] !== person) {
      table[at + LAST_PERSON] = person;
      table[at + PEOPLE]!++;
    }
    this.#total++;
  }

  find(a: number, b: number): WordCount | null {
    const table = this.#table;
    for (let slot = a & this.#mask; ; slot = (slot + 1) & this.#mask) {
      const at = slot * FIELDS;
      if (table[at + PEOPLE] === 0) return null;
      if (table[at] === a && table[at + 1] === b) return this.#countAt(at);
    }
  }

  *[Symbol.iterator](): Generator<WordCount> {
    for (let at = 0; at < this.#table.length; at += FIELDS) {
      if (this.#table[at + PEOPLE] !== 0) yield this.#countAt(at);
    }
  }

  #countAt(at: number): WordCount {
    const table = this.#table;
    return {
      a: table[at]!,
      b: table[at + 1]!,
      lower: table[at + LOWER]!,
      capital: table[at + CAPITAL]!,
      start: table[at + START]!,
      people: table[at + PEOPLE]!,
    };
  }

  #locate(a: number, b: number): number {
    const table = this.#table;
    for (let slot = a & this.#mask; ; slot = (slot + 1) & this.#mask) {
      const at = slot * FIELDS;
      if (table[at] === a && table[at + 1] === b && table[at + PEOPLE] !== 0) return at;
      if (table[at + PEOPLE] !== 0) continue;
      if (this.#size * 3 >= this.#mask * 2) {
        this.#grow();
        return this.#locate(a, b);
      }
      table[at] = a;
      table[at + 1] = b;
      this.#size++;
      return at;
    }
  }

  #grow(): void {
    const old = this.#table;
    this.#mask = this.#mask * 2 + 1;
    this.#table = new Int32Array(FIELDS * (this.#mask + 1));
    for (let from = 0; from < old.length; from += FIELDS) {
      if (old[from + PEOPLE] === 0) continue;
      let slot = old[from]! & this.#mask;
      while (this.#table[slot * FIELDS + PEOPLE] !== 0) slot = (slot + 1) & this.#mask;
      this.#table.set(old.subarray(from, from + FIELDS), slot * FIELDS);
    }
  }
}
