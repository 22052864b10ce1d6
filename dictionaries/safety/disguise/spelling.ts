import {
  ACCENTED,
  DIGIT,
  keyOf,
  kindOf,
  LATIN,
  LOOKALIKE,
  lookOf,
  OTHER,
  OTHER_ALPHABET,
  PHONETIC,
  readingsOf,
  SIGN,
  unaccent,
} from './lookalike.ts';

// Texts have a dozen forms in memory: looked up in each of them, as `text.charCodeAt` does, the method costs four times as much as what it answers.
const { charCodeAt } = String.prototype;

/** Fewest letters of an entry that is found under accents: many a short word is another one with an accent (Romanian "după", Czech "chuť"). */
const FEWEST_ACCENTED = 5;
/** Below this many letters one accent is the other word's own ("Maricá"), two are not. */
const FEWEST_WITH_ONE_ACCENT = 7;
/** Fewest letters of an entry that is found when its last letter is a digit, which is a number elsewhere ("fig4"). */
const FEWEST_BEFORE_DIGIT = 5;
/** Fewest letters standing together that are stretching, not spelling. */
const STRETCHED = 3;

/** Blocked words and phrases, found however their letters are written: an entry is the words of a phrase. */
export class SpellingIndex {
  readonly #byKey = new Map<string, (readonly string[])[]>();

  add(words: readonly string[]): void {
    const key = keyOfWord(words[0] ?? '');
    const list = this.#byKey.get(key);
    if (list === undefined) this.#byKey.set(key, [words]);
    else list.push(words);
  }

  /** Whether an entry stands in `words`, its letters written as they are or replaced, accented or stretched. One look-up a word. */
  isIn(words: readonly string[]): boolean {
    return words.some((word, at) =>
      this.#byKey
        .get(keyOfWord(word))
        ?.some((entry) => entry.every((part, i) => isSpellingOf(words[at + i] ?? '', part))),
    );
  }
}

/** Whether the kinds of a word's characters leave room for a disguise. Most words are of one kind. */
export function isOddMix(mix: number, length: number): boolean {
  const letters = mix & (LATIN | LOOKALIKE | OTHER_ALPHABET);
  if ((mix & PHONETIC) !== 0 || mix === LOOKALIKE) return true;
  // Words that run into a script without spaces are no words of the list.
  if ((mix & OTHER) !== 0) return false;
  if ((mix & (DIGIT | SIGN)) !== 0) return letters !== 0;
  if ((mix & ACCENTED) !== 0 && length >= FEWEST_ACCENTED) return true;
  return (mix & (LATIN | ACCENTED)) !== 0 && (mix & (LOOKALIKE | OTHER_ALPHABET)) !== 0;
}

/** What all spellings of a word have in common: its letters by class, stretches as one. */
function keyOfWord(word: string): string {
  let key = '';
  let before = 0;
  const { length } = word;
  for (let at = 0; at < length; at++) {
    const code = keyOf(charCodeAt.call(word, at));
    if (code !== before) key += String.fromCharCode(code);
    before = code;
  }
  return key;
}

interface Evidence {
  digits: number;
  signs: number;
  accents: number;
  lookalikes: number;
}

/**
 * Whether `word` is `entry` with letters replaced by digits, signs, lookalikes and accented ones, or stretched; or the entry itself. Left to
 * right: a character that can't be the entry's next letter repeats the one before it.
 */
export function isSpellingOf(word: string, entry: string): boolean {
  if (word === entry) return true;
  const seen: Evidence = { digits: 0, signs: 0, accents: 0, lookalikes: 0 };
  let next = 0;
  let mix = 0;
  // How many characters stand for the entry's letter, and how many of them it has no letter for.
  let together = 0;
  let extra = 0;
  for (const character of word) {
    const letter = entry.charAt(next);
    mix |= kindOf(character.charCodeAt(0));
    if (letter !== '' && standsFor(character, letter, seen)) {
      if (entry.charAt(next - 1) !== letter) {
        if (extra > 0 && together < STRETCHED) return false;
        together = 0;
        extra = 0;
      }
      next++;
    } else if (next > 0 && standsFor(character, entry.charAt(next - 1), seen)) {
      extra++;
    } else {
      return false;
    }
    together++;
  }
  if (next < entry.length || (extra > 0 && together < STRETCHED)) return false;
  // Of one letter only there is no telling stretches: xxx is not xxxx, which is kisses.
  if (extra > 0 && together === word.length) return false;
  return isBelieved(word, entry, seen, mix);
}

function standsFor(character: string, letter: string, seen: Evidence): boolean {
  if (character === letter) return true;
  if (readingsOf(character).includes(letter)) {
    if (kindOf(character.charCodeAt(0)) === DIGIT) seen.digits++;
    else seen.signs++;
    return true;
  }
  if (lookOf(character) === lookOf(letter)) {
    seen.lookalikes++;
    return true;
  }
  const plain = unaccent(character);
  if (plain === character || lookOf(plain) !== lookOf(letter)) return false;
  seen.accents++;
  return true;
}

/** Whether what was replaced is a disguise rather than a number, another language's word or another script's. */
function isBelieved(word: string, entry: string, seen: Evidence, mix: number): boolean {
  const { digits, signs, accents } = seen;
  if (digits + signs > 0) {
    if (digits > word.length - digits) return false;
    const last = charCodeAt.call(word, word.length - 1);
    if (kindOf(last) === DIGIT && entry.length < FEWEST_BEFORE_DIGIT) return false;
  }
  if (accents > 0 && entry.length < FEWEST_ACCENTED) return false;
  if (accents === 1 && entry.length < FEWEST_WITH_ONE_ACCENT) return false;
  if (seen.lookalikes > 0) {
    // A word wholly of Latin letters is a Latin word, whatever it looks like in Cyrillic.
    if ((mix & (LATIN | ACCENTED | PHONETIC)) !== 0) {
      return (mix & (LOOKALIKE | OTHER_ALPHABET | PHONETIC)) !== 0;
    }
    // Without any, all of them must look Latin in most fonts.
    return (mix & OTHER_ALPHABET) === 0;
  }
  return true;
}
