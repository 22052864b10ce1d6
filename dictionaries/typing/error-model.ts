import type { Keyboard } from './keyboard.ts';
import { plainLetter } from './plain-letter.ts';

/**
 * What a mistyped letter costs, in bits: -log2 of how likely the error is. An error costs `error` for being there at all and what its kind costs;
 * one at the first letter of the word costs `firstLetter` more.
 *
 * `error`: one word in ten has an error, at any of about six places: log2(10 * 6) = 5.9.
 * The kinds: 36% of the errors hit one of about five keys beside the right one (log2(5 / 0.36) = 3.8), 18% each leave a letter out, type it twice
 * or swap it with the next (2.5). These are the shares of slips of the fingers that Foretype's typing benchmark draws (40, 20, 20, 20), less a tenth for what follows.
 * The last tenth are errors of spelling, as in the Birkbeck collection: a vowel for another, a consonant for one that
 * sounds like it, one letter of a double (the commonest by far for a place where it can happen); and any letter for any other or out of nothing.
 * Writers seldom err in the first letter: a tenth of the errors, where a sixth would be its share (0.7), and fewer of the errors of spelling.
 */
export const ERROR_BITS = {
  error: 6,
  neighbour: 3.8,
  transposition: 2.5,
  omission: 2.5,
  doubling: 2.5,
  /** One letter typed where the word has it twice in a row. */
  singling: 1,
  /** An accent that was typed and that the word has not, or another one. */
  accent: 1,
  vowel: 4,
  alike: 4,
  /** A key beside the one before or after it, hit along with it. */
  extraNeighbour: 5,
  extra: 7.5,
  substitution: 8.5,
  firstLetter: 1.5,
} as const;

/** No error costs less than this. */
export const LEAST_ERROR_BITS = ERROR_BITS.error + Math.min(ERROR_BITS.singling, ERROR_BITS.accent);

/** Letters that are taken for one another: those of one group. The first groups are vowels, the others consonants. */
const VOWELS = ['aeiouy', 'αεηιουω', 'аеиоуыэюя'] as const;
const CONSONANTS = [
  ...['ckq', 'csz', 'fv', 'gj', 'dt', 'bp', 'mn', 'xs', 'vw', 'lr'],
  ...['бп', 'вф', 'гк', 'дт', 'жш', 'зс', 'шщ', 'цс'],
  ...['تط', 'سص', 'ضد', 'ذز', 'ظض', 'هح', 'قك', 'ثس'],
] as const;

const GROUPED = 0x700;
const vowelGroup = new Uint8Array(GROUPED);
const consonantGroups = new Uint32Array(GROUPED);
VOWELS.forEach((letters, group) => {
  for (const letter of letters) vowelGroup[letter.codePointAt(0)!] = group + 1;
});
CONSONANTS.forEach((letters, group) => {
  for (const letter of letters) {
    const code = letter.codePointAt(0)!;
    consonantGroups[code] = consonantGroups[code]! | (1 << group);
  }
});

/** Bits of typing one letter in the place of another; code points. */
export function substitutionBits(keyboard: Keyboard, typed: number, meant: number): number {
  const a = plainLetter(typed);
  const b = plainLetter(meant);
  if (a === b) return ERROR_BITS.error + ERROR_BITS.accent;
  if (keyboard.areNeighbours(typed, meant)) return ERROR_BITS.error + ERROR_BITS.neighbour;
  if (a < GROUPED && b < GROUPED) {
    if (vowelGroup[a] !== 0 && vowelGroup[a] === vowelGroup[b])
      return ERROR_BITS.error + ERROR_BITS.vowel;
    if ((consonantGroups[a]! & consonantGroups[b]!) !== 0)
      return ERROR_BITS.error + ERROR_BITS.alike;
  }
  return ERROR_BITS.error + ERROR_BITS.substitution;
}

/** Bits of leaving a letter out that stands after `before` (-1 at the beginning of the word). */
export function omissionBits(meant: number, before: number): number {
  return ERROR_BITS.error + (meant === before ? ERROR_BITS.singling : ERROR_BITS.omission);
}

/** Bits of typing a letter that is not meant between the typed letters `before` and `after` (-1 for none). */
export function extraBits(
  keyboard: Keyboard,
  typed: number,
  before: number,
  after: number,
): number {
  if (typed === before) return ERROR_BITS.error + ERROR_BITS.doubling;
  const isNear =
    (before >= 0 && keyboard.areNeighbours(typed, before)) ||
    (after >= 0 && keyboard.areNeighbours(typed, after));
  return ERROR_BITS.error + (isNear ? ERROR_BITS.extraNeighbour : ERROR_BITS.extra);
}

/** One misspelling in 32 is a word written as it is heard; of what its letters cost then, three tenths remain. */
const HEARD_BITS = 5;
const HEARD_SHARE = 0.3;

/** Bits of typing a word that sounds as the one that is meant, where its letters alone would cost `bits`. */
export function soundBits(bits: number): number {
  return Math.min(bits, HEARD_BITS + HEARD_SHARE * bits);
}
