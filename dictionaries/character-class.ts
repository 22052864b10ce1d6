/**
 * What each character is to the normalised form. Pages of 256 code points are worked out from Unicode properties when
 * they are first met, so that the scan over a text is one table look-up a character and start-up costs nothing.
 */

/** Becomes a space: white space, punctuation, most symbols, private use, unassigned. */
export const SPACE = 0;
/** Never part of the normalised form: controls, formats, default-ignorable code points, replacement characters. */
export const DROP = 1;
/** Stays wherever it stands: currency, pictures, emoji, joiners inside emoji. */
export const SYMBOL = 2;
/** A combining mark: stays with its base, goes where it has none. */
export const MARK = 3;
/** Goes after a word character, is a space elsewhere. */
export const APOSTROPHE = 4;
/** `+` and `#`: stay directly after a word character or one of themselves. */
export const PLUS = 5;
/** `&`: stays directly after a word character. */
export const AMPERSAND = 6;
/** `%`: stays directly after a digit. */
export const PERCENT = 7;
/** A double quote: goes after a Hebrew letter, where it marks an acronym, is a space elsewhere. */
export const QUOTE = 8;
/** Word characters are the classes from here on. */
export const WORD = 9;
export const DIGIT = 9;
export const LETTER = 10;
export const HEBREW = 11;
/** A letter of a script that has no apostrophe within words: after it one is a quotation mark, hence a space. */
export const BARE = 12;

/** Set beside the class of a character that normalises to itself whatever its neighbours are, and is a whole grapheme. */
const QUIET = 0x80;
const CLASS = 0x7f;

const WHITE_SPACE = /[\s\u0085]/;
const PICTURE = /[\p{Extended_Pictographic}\p{Regional_Indicator}\p{Emoji_Modifier}\u200d]/u;
const IGNORED = /[\p{Default_Ignorable_Code_Point}\p{Cf}\p{Cc}\p{Cs}\ufff9-\ufffd]/u;
const APOSTROPHES = /['`\u02bb-\u02bd\u055a\u05f3\u2018\u2019\u201b\u2032\uff07]/;
const NO_APOSTROPHE =
  /[\p{Script=Hangul}\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}\u30fc\u{16d63}-\u{16d6a}]/u;
/** Conjoining jamo, and Malayalam dot reph: they make one grapheme with a neighbour though they are letters. */
const CLINGING = /[\u1100-\u11ff\ua960-\ua97f\ud7b0-\ud7ff\u0d4e]/;

const pages: (Uint8Array | undefined)[] = [];

/** What `codePoint` is to the normalised form: one of the classes above. */
export function classOf(codePoint: number): number {
  return entryOf(codePoint) & CLASS;
}

/**
 * Whether a character normalises to itself wherever it stands and is one grapheme by itself: letters and digits that are
 * folded and composed already. `code` is a UTF-16 code unit; half of a surrogate pair never is.
 */
export function isQuiet(code: number): boolean {
  return (entryOf(code) & QUIET) !== 0;
}

function entryOf(codePoint: number): number {
  const page = pages[codePoint >> 8] ?? workOutPage(codePoint >> 8);
  return page[codePoint & 0xff]!;
}

function workOutPage(index: number): Uint8Array {
  const page = new Uint8Array(256);
  for (let low = 0; low < 256; low++) {
    const character = String.fromCodePoint((index << 8) | low);
    const kind = classify(character);
    page[low] = kind >= WORD && isFolded(character) ? kind | QUIET : kind;
  }
  pages[index] = page;
  return page;
}

function classify(character: string): number {
  if (PICTURE.test(character)) return SYMBOL;
  if (WHITE_SPACE.test(character)) return SPACE;
  if (IGNORED.test(character)) return DROP;
  if (APOSTROPHES.test(character)) return APOSTROPHE;
  if (character === '+' || character === '#') return PLUS;
  if (character === '&') return AMPERSAND;
  if (character === '%') return PERCENT;
  if (character === '"' || character === '\u05f4') return QUOTE;
  if (/\p{M}/u.test(character)) return MARK;
  if (/\p{N}/u.test(character)) return DIGIT;
  if (/\p{L}/u.test(character)) {
    if (NO_APOSTROPHE.test(character)) return BARE;
    return /\p{Script=Hebrew}/u.test(character) ? HEBREW : LETTER;
  }
  // The blank Braille pattern is a symbol by category and nothing to the eye.
  if (/[\p{So}\p{Sc}]/u.test(character) && character !== '\u2800') return SYMBOL;
  return SPACE;
}

function isFolded(character: string): boolean {
  return (
    character.normalize('NFKC') === character &&
    character.toLowerCase() === character &&
    !/[\u00df\u0131\u03c2\u0640\u1c80-\u1c88]/.test(character) &&
    !CLINGING.test(character)
  );
}
