import { foldCharacters } from '../../folding.ts';
import { reduceToWords } from '../../reduction.ts';
import { readingsOf } from './lookalike.ts';

// Texts have a dozen forms in memory: looked up in each of them, as `text.charCodeAt` does, the method costs four times as much as what it answers.
const { charCodeAt } = String.prototype;

/** Signs that hide any letter, and signs that hide a vowel or the letter that they look like. */
const MASKS = '*•●∗×';
const GRAWLIX = '@#$%&!';
const VOWELS = 'aeiouyаеёиоуыюя';
const MASK_CODES: ReadonlySet<number> = new Set(
  [...`${MASKS}${GRAWLIX}＊`].map((sign) => sign.charCodeAt(0)),
);
const PIECES = /[^\s.,;:?()[\]{}<>"/\\_~=|-]+/gu;
const EDGES = /^[#%&!×]+|[@#%&!×]+$/gu;

const FEWEST_VISIBLE = 2;
const FEWEST_LETTERS = 3;
/** Formulas have short words: a sign other than an asterisk masks nothing in those. */
const FEWEST_IN_GRAWLIX = 4;

/** Blocked words and phrases by the length of each of their words, for words with letters masked: f*ck. */
export class MaskedIndex {
  readonly #byLength = new Map<number, Place[]>();

  add(words: readonly string[]): void {
    words.forEach((word, at) => {
      if (word.length < FEWEST_LETTERS) return;
      const list = this.#byLength.get(word.length);
      if (list === undefined) this.#byLength.set(word.length, [{ words, at }]);
      else list.push({ words, at });
    });
  }

  /** Whether a masked word of a raw text may be one of an entry; for each masked word all entries with a word of its length are looked at. */
  isIn(raw: string): boolean {
    if (!holdsMask(raw)) return false;
    const words = wordsOf(foldCharacters(raw, false));
    return words.some((word, at) => {
      if (word.mask === '') return false;
      const places = this.#byLength.get(word.mask.length);
      return places?.some((place) => fits(words, at, place)) ?? false;
    });
  }
}

interface Place {
  readonly words: readonly string[];
  readonly at: number;
}

interface Word {
  readonly plain: string;
  /** The word with its masks; empty where nothing is masked. */
  readonly mask: string;
}

function holdsMask(raw: string): boolean {
  const { length } = raw;
  for (let at = 0; at < length; at++) if (MASK_CODES.has(charCodeAt.call(raw, at))) return true;
  return false;
}

function wordsOf(folded: string): Word[] {
  return Array.from(folded.matchAll(PIECES), ([piece]) => {
    const word = piece.replace(EDGES, '');
    return isMasked(word) ? { plain: '', mask: word } : { plain: reduceToWords(word), mask: '' };
  }).filter(({ plain, mask }) => plain !== '' || mask !== '');
}

/** Whether a word has letters enough to be told, at least as many as are masked, the first one nearly always. */
function isMasked(word: string): boolean {
  let visible = 0;
  let asterisks = 0;
  for (const character of word) {
    if (MASKS.includes(character)) asterisks++;
    else if (!GRAWLIX.includes(character)) visible++;
  }
  // Digits may stand for letters beside one, but 5*01 is arithmetic.
  if (!/\p{L}/u.test(word)) return false;
  const masked = word.length - visible;
  if (masked === 0 || visible < Math.max(FEWEST_VISIBLE, masked)) return false;
  if (word.length < FEWEST_IN_GRAWLIX) {
    // Of one letter and the same again it is a formula: x*x.
    return asterisks === 1 && /^\p{L}.\p{L}$/u.test(word) && word.charAt(0) !== word.charAt(2);
  }
  return !MASKS.includes(word.charAt(0)) || visible > masked + 1;
}

function fits(words: readonly Word[], at: number, place: Place): boolean {
  return place.words.every((letters, i) => {
    const word = words[at + i - place.at];
    if (word === undefined) return false;
    return word.mask === '' ? word.plain === letters : fitsMask(word.mask, letters);
  });
}

function fitsMask(mask: string, letters: string): boolean {
  if (mask.length !== letters.length) return false;
  for (let at = 0; at < mask.length; at++) {
    const sign = mask.charAt(at);
    const letter = letters.charAt(at);
    if (sign === letter || MASKS.includes(sign) || readingsOf(sign).includes(letter)) continue;
    if (!GRAWLIX.includes(sign) || !VOWELS.includes(letter)) return false;
  }
  return true;
}
