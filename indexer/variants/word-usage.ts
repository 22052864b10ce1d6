import type { QueryTable } from './query-table.ts';

/** A word's rows are listed up to so many, the most used first. */
const MOST_LISTED = 5000;

/** Where words are used: by word its rows, the most used first, the number of them, and the sum of their scores. */
export class WordUsage {
  /** Rows that hold a word, each once; beyond those listed, too. */
  readonly counts: Uint32Array;
  readonly scores: Float64Array;
  readonly #starts: Uint32Array;
  readonly #rows: Uint32Array;

  constructor(table: QueryTable) {
    const words = table.words.size;
    this.counts = new Uint32Array(words);
    this.scores = new Float64Array(words);
    eachWord(table, (wordId, row) => {
      this.counts[wordId] = (this.counts[wordId] ?? 0) + 1;
      this.scores[wordId] = (this.scores[wordId] ?? 0) + (table.scores[row] ?? 0);
    });
    this.#starts = new Uint32Array(words + 1);
    for (let word = 0; word < words; word++) {
      this.#starts[word + 1] =
        (this.#starts[word] ?? 0) + Math.min(MOST_LISTED, this.counts[word] ?? 0);
    }
    this.#rows = new Uint32Array(this.#starts[words] ?? 0);
    const filled = this.#starts.slice();
    eachWord(table, (wordId, row) => {
      const at = filled[wordId] ?? 0;
      if (at >= (this.#starts[wordId + 1] ?? 0)) return;
      this.#rows[at] = row;
      filled[wordId] = at + 1;
    });
  }

  /** The rows of a word, the most used first; at most 5,000. */
  rowsOf(wordId: number): Uint32Array {
    return this.#rows.subarray(this.#starts[wordId], this.#starts[wordId + 1]);
  }
}

/** Calls back for each word of each row, once a row. */
function eachWord(table: QueryTable, call: (wordId: number, row: number) => void): void {
  for (let row = 0; row < table.size; row++) {
    const ids = table.wordIdsOf(row);
    for (let at = 0; at < ids.length; at++) {
      const id = ids[at] ?? 0;
      if (ids.indexOf(id) === at) call(id, row);
    }
  }
}
