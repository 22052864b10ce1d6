import { type CandidateTable, MOST_THEMES_READ, NONE } from '../features/candidate-table.ts';
import type { PackedTerms } from '../features/packed-terms.ts';

/**
 * What ranking reads of rows of which nothing in particular is known to who asks, a record a row, one after another from the beginning of a memory. In words of 32 bits:
 *
 * ```
 *  0       score for nobody, a float
 *  1       `fixedShare` of its chance, a float
 *  2       its themes, 16 bits each; NO_THEME for none
 *  3       their shares in 255ths, its script, its mix of languages: a byte each
 *  4 …     slopes: what the score rises by with each of what may be known of who asks that counts with others, floats; see `DividedRanker`
 * ```
 */
export interface PreparedRows extends PackedTerms {
  /** Views of the same memory. */
  readonly floats: Float32Array;
  readonly halves: Uint16Array;
  readonly bytes: Uint8Array;
}

export const GENERAL_AT = 0;
export const FIXED_AT = 1;
/** In halves of a word. */
export const THEMES_AT = 4;
/** In bytes. */
export const SHARES_AT = 12;
export const SCRIPT_AT = 14;
export const LANGUAGE_AT = 15;
export const SLOPES_AT = 4;

export const NO_THEME = 0xffff;
export const SHARE_STEPS = 255;

/** Words of a record with so many slopes. */
export function preparedWords(slopes: number): number {
  return SLOPES_AT + slopes;
}

/** Writes what a row of a table is about, and what it is written in, into the record that begins at the word `at`. */
export function prepareFacts(
  { themes, themeShares, scripts, languages }: CandidateTable,
  row: number,
  { halves, bytes }: Pick<PreparedRows, 'halves' | 'bytes'>,
  at: number,
): void {
  for (let i = 0; i < MOST_THEMES_READ; i++) {
    const theme = themes[row * MOST_THEMES_READ + i]!;
    halves[2 * at + THEMES_AT + i] = theme === NONE ? NO_THEME : theme;
    const share = themeShares[row * MOST_THEMES_READ + i]!;
    bytes[4 * at + SHARES_AT + i] = Math.round(share * SHARE_STEPS);
  }
  bytes[4 * at + SCRIPT_AT] = scripts[row]!;
  bytes[4 * at + LANGUAGE_AT] = languages[row]!;
}

/** Writes the same back into a row of a table. */
export function copyPreparedFacts(
  { halves, bytes }: Pick<PreparedRows, 'halves' | 'bytes'>,
  at: number,
  { themes, themeShares, scripts, languages }: CandidateTable,
  row: number,
): void {
  for (let i = 0; i < MOST_THEMES_READ; i++) {
    const theme = halves[2 * at + THEMES_AT + i]!;
    themes[row * MOST_THEMES_READ + i] = theme === NO_THEME ? NONE : theme;
    themeShares[row * MOST_THEMES_READ + i] = bytes[4 * at + SHARES_AT + i]! / SHARE_STEPS;
  }
  scripts[row] = bytes[4 * at + SCRIPT_AT]!;
  languages[row] = bytes[4 * at + LANGUAGE_AT]!;
}
