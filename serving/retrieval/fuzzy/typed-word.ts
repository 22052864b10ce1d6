import type { Keyboard } from '../../../dictionaries/typing/keyboard.ts';
import { accentedForms } from '../../../dictionaries/typing/plain-letter.ts';
import { letterBit, slotOf } from '../../../indexer/segment/term-trie-nodes.ts';
import { LONGEST_WORD } from './spelling-cost.ts';

const BMP = 0x10000;

/**
 * A typed word's letters, and of every letter of the alphabet the places in the word that it may stand at: bit i + 1 for the word's letter i. (The
 * masks of the Shift-And automaton; bit 0 is the beginning of the word.)
 */
export class TypedWord {
  readonly letters = new Uint32Array(LONGEST_WORD);
  /** By UTF-16 code unit; letters beyond are looked up by `maskOf`. */
  readonly masks = new Uint32Array(BMP);
  /** By place, the set of the letters from there on, see `letterBit`; none at the end. */
  readonly rests = new Uint32Array(LONGEST_WORD + 1);
  /** By place, the slot of the letter there. */
  readonly slots = new Uint8Array(LONGEST_WORD);
  length = 0;

  /** Takes a word of 1 to LONGEST_WORD code points; false for one that is not. The word before must have been taken back by `clear`. */
  set(word: string): boolean {
    this.length = 0;
    for (let at = 0; at < word.length; ) {
      if (this.length === LONGEST_WORD) return false;
      const letter = word.codePointAt(at)!;
      this.letters[this.length++] = letter;
      at += letter < BMP ? 1 : 2;
    }
    this.rests[this.length] = 0;
    for (let i = this.length - 1; i >= 0; i--) {
      this.mark(this.letters[i]!, 1 << (i + 1));
      this.slots[i] = slotOf(this.letters[i]!);
      this.rests[i] = this.rests[i + 1]! | letterBit(this.letters[i]!);
    }
    return this.length > 0;
  }

  clear(): void {
    for (let i = 0; i < this.length; i++) {
      const letter = this.letters[i]!;
      if (letter < BMP) this.masks[letter] = 0;
      for (const form of accentedForms(letter)) this.masks[form] = 0;
    }
    this.length = 0;
  }

  maskOf(letter: number): number {
    if (letter < BMP) return this.masks[letter]!;
    let mask = 0;
    for (let i = 0; i < this.length; i++) if (this.letters[i] === letter) mask |= 1 << (i + 1);
    return mask;
  }

  /**
   * At least so many errors lie between this word and a text's first `n` letters, told at a glance: an error makes up for one letter that only one of them has on
   * each side, and for one of length. Accents make no difference.
   */
  leastErrorsTo(text: Uint32Array, n: number): number {
    let letters = 0;
    for (let j = 0; j < n; j++) letters |= letterBit(text[j]!);
    const typed = this.rests[0]!;
    const missing = Math.max(countBits(typed & ~letters), countBits(letters & ~typed));
    return Math.max(missing, Math.abs(this.length - n));
  }

  /** Least number of errors of typing this word where a text's first `n` letters were meant; 3 for more than two. */
  errorsTo(text: Uint32Array, n: number): number {
    const full = 2 ** (this.length + 1) - 1;
    let row0 = 1;
    let row1 = 3;
    let row2 = 7;
    let before0 = 0;
    let before1 = 0;
    let last = 0;
    for (let j = 0; j < n; j++) {
      const mask = this.maskOf(text[j]!);
      const next0 = (row0 << 1) & mask;
      const swap0 = (before0 << 2) & last & (mask << 1);
      const next1 = (((row1 << 1) & mask) | row0 | (row0 << 1) | (next0 << 1) | swap0) & full;
      const swap1 = (before1 << 2) & last & (mask << 1);
      const next2 = (((row2 << 1) & mask) | row1 | (row1 << 1) | (next1 << 1) | swap1) & full;
      before0 = row0;
      before1 = row1;
      row0 = next0;
      row1 = next1;
      row2 = next2;
      last = mask;
    }
    const goal = 1 << this.length;
    return (row0 & goal) !== 0 ? 0 : (row1 & goal) !== 0 ? 1 : (row2 & goal) !== 0 ? 2 : 3;
  }

  /**
   * Whether a set of letters may hold what is left of the word in some state of the automaton: each letter that it lacks takes an error of its own. The state that
   * is furthest in the word, of those with as many errors, needs least.
   */
  mayFit(letters: number, row0: number, row1: number, row2: number): boolean {
    const { rests } = this;
    if ((rests[31 - Math.clz32(row2)]! & ~letters) === 0) return true;
    if (row1 === 0) return false;
    let missing = rests[31 - Math.clz32(row1)]! & ~letters;
    missing &= missing - 1;
    if (missing === 0) return true;
    if (row0 === 0) return false;
    missing = rests[31 - Math.clz32(row0)]! & ~letters;
    missing &= missing - 1;
    return (missing & (missing - 1)) === 0;
  }

  /**
   * Whether a word with this first letter may have two errors: one that was typed first or second, or lies beside the first on the keyboard. Few writers err in the first
   * letter and once more, and two thirds of the work would go there.
   */
  maySlipTwice(letter: number, mask: number, keyboard: Keyboard): boolean {
    return (mask & 6) !== 0 || keyboard.areNeighbours(this.letters[0]!, letter);
  }

  private mark(letter: number, bit: number): void {
    const { masks } = this;
    if (letter < BMP) masks[letter] = masks[letter]! | bit;
    // No letter beyond the Basic Multilingual Plane is an accented form.
    for (const form of accentedForms(letter)) masks[form] = masks[form]! | bit;
  }
}

/** Of 32 bits: Warren, Hacker's Delight, 5-1. */
function countBits(bits: number): number {
  let count = bits - ((bits >>> 1) & 0x55555555);
  count = (count & 0x33333333) + ((count >>> 2) & 0x33333333);
  return Math.imul((count + (count >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}
