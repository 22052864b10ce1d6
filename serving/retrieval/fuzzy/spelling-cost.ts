import {
  ERROR_BITS,
  extraBits,
  omissionBits,
  substitutionBits,
} from '../../../dictionaries/typing/error-model.ts';
import type { Keyboard } from '../../../dictionaries/typing/keyboard.ts';
import { admitsLetter } from '../../../dictionaries/typing/plain-letter.ts';

/** Longest word that is corrected, in code points: its letters and one bit more fit the automaton's 32. */
export const LONGEST_WORD = 30;
/** Text beyond this many letters is no match of any such word. */
export const LONGEST_TEXT = LONGEST_WORD + 8;
const WIDTH = LONGEST_TEXT + 1;
const { firstLetter } = ERROR_BITS;

/**
 * The least cost in bits of typing a word where a text was meant: optimal string alignment (no letter takes part in two errors) with the costs of the error model.
 * Source: Kernighan, Church and Gale, "A spelling correction program based on a noisy channel model", COLING 1990.
 *
 * `costTo(n)` fills the table column by column of the text's letters, so that the cost of each beginning of the text is known as well.
 * Time: the word's letters times the text's, within a band of `band` letters beside the diagonal.
 */
export class SpellingCost {
  /** The text's letters; written by the caller. */
  readonly text = new Uint32Array(LONGEST_TEXT);
  private readonly word = new Uint32Array(LONGEST_WORD);
  private readonly extra = new Float64Array(LONGEST_WORD);
  private readonly table = new Float64Array((LONGEST_WORD + 1) * WIDTH);
  private length = 0;
  private band = 0;
  private keyboard: Keyboard | null = null;

  /** Takes the word that was typed, 1 to LONGEST_WORD code points. */
  begin(word: Uint32Array, length: number, keyboard: Keyboard, band: number): void {
    this.keyboard = keyboard;
    this.length = length;
    this.band = band;
    for (let i = 0; i < length; i++) {
      this.word[i] = word[i]!;
      const before = i > 0 ? word[i - 1]! : -1;
      const after = i + 1 < length ? word[i + 1]! : -1;
      this.extra[i] = extraBits(keyboard, word[i]!, before, after) + (i === 0 ? firstLetter : 0);
    }
  }

  /** Works out the costs of the text's first `n` letters and of each of its beginnings; returns that of all of them. */
  costTo(n: number): number {
    const { table, length, band, extra } = this;
    table[0] = 0;
    for (let i = 1; i <= length; i++) {
      table[i * WIDTH] = i <= band ? table[(i - 1) * WIDTH]! + extra[i - 1]! : Infinity;
    }
    for (let j = 1; j <= n; j++) this.fillColumn(j);
    return this.costAt(n);
  }

  /** After `costTo`: the cost of the word where the text's first `j` letters were meant. */
  costAt(j: number): number {
    return Math.abs(this.length - j) > this.band ? Infinity : this.table[this.length * WIDTH + j]!;
  }

  private fillColumn(j: number): void {
    const { table, length, band, word, text, extra } = this;
    const meant = text[j - 1]!;
    const first = j === 1 ? firstLetter : 0;
    const omitted = omissionBits(meant, j > 1 ? text[j - 2]! : -1) + first;
    const from = Math.max(1, j - band);
    const to = Math.min(length, j + band);
    table[j] = j <= band ? table[j - 1]! + omitted : Infinity;
    if (from > 1) table[(from - 1) * WIDTH + j] = Infinity;
    for (let i = from; i <= to; i++) {
      const at = i * WIDTH + j;
      const diagonal = table[at - WIDTH - 1]!;
      const typed = word[i - 1]!;
      if (admitsLetter(typed, meant)) {
        table[at] = Math.min(diagonal, this.besides(i, j, at, omitted, extra[i - 1]!));
        continue;
      }
      let least = this.besides(i, j, at, omitted, extra[i - 1]!);
      if (diagonal < least) {
        const bits = substitutionBits(this.keyboard!, typed, meant);
        const edge = i === 1 || j === 1 ? firstLetter : 0;
        least = Math.min(least, diagonal + bits + edge);
      }
      table[at] = least;
    }
    // The next column reads one cell below the band.
    if (to < length) table[(to + 1) * WIDTH + j] = Infinity;
  }

  /** The least cost that does not put the two letters in each other's place. */
  private besides(i: number, j: number, at: number, omitted: number, extra: number): number {
    const { table, word, text } = this;
    let least = Math.min(table[at - 1]! + omitted, table[at - WIDTH]! + extra);
    if (
      i > 1 &&
      j > 1 &&
      admitsLetter(word[i - 1]!, text[j - 2]!) &&
      admitsLetter(word[i - 2]!, text[j - 1]!)
    ) {
      const edge = i === 2 || j === 2 ? firstLetter : 0;
      const swapped =
        table[at - 2 * WIDTH - 2]! + ERROR_BITS.error + ERROR_BITS.transposition + edge;
      if (swapped < least) least = swapped;
    }
    return least;
  }
}
