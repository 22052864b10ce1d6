import { isQuiet } from './character-class.ts';
import { foldCharacters } from './folding.ts';
import { reduceToWords } from './reduction.ts';

// Texts have a dozen forms in memory: looked up in each of them, as `text.charCodeAt` does, the method costs four times as much as what it answers.
const { charCodeAt } = String.prototype;

/** What is being typed, as it is compared. */
export interface TypedText {
  /** The normalised form; one space ends it when the last term is finished. */
  readonly normalised: string;
  /** Whether white space follows the last term. */
  readonly finished: boolean;
}

/**
 * What a text is compared by: its words, folded, separated by single spaces. Idempotent, and the same everywhere
 * (no locale, no market). Accents stay. The steps:
 *
 * 1. *Ignorable characters go*: unpaired surrogates, U+FFFD and U+FFFC, controls other than white space (NUL too),
 *    bidirectional marks, zero-width spaces and non-joiners, soft hyphens, variation selectors, tags, fillers. A zero-width
 *    joiner stays between two emoji only.
 * 2. *NFKC*: full and half width, ligatures, compatibility forms; Hangul and accents composed. The vowel am of Thai and
 *    Lao, which NFKC takes apart, is put together again. An acute accent that stands alone (´) is an apostrophe.
 * 3. *Case*: lower case, with ß and ẞ to ss, final sigma to sigma, and one i: I, İ, ı and i with a dot above all become i, so that
 *    Turkish typists and others meet.
 * 4. *Tatweel*, which only stretches Arabic words, goes.
 * 5. *Words*: apostrophes of all forms go after a letter or digit (don't, dont) and are spaces elsewhere, also after a letter of
 *    a script that has none within words (Hangul, Han, Kana, Thai, Lao, Khmer, Myanmar); a double quote goes after a Hebrew letter. `+` and `#`
 *    stay directly after a letter, digit, `+` or `#` (c++, c#), `&` after a letter or digit (at&t), `%` after a digit. Currency signs, pictures,
 *    and emoji stay; all other punctuation, symbols, private-use and unassigned characters are spaces. A combining mark without a base goes.
 *
 * Whether a character stays depends on what is left of it only. Linear in the text; a text that is normal already is
 * returned itself after one loop.
 */
export function normalise(text: string): string {
  if (isNormal(text, text.length)) return text;
  return reduceToWords(isAscii(text) ? text.toLowerCase() : foldCharacters(text, false));
}

/**
 * What a text that is still being typed is compared by: its normalised form, and one space behind it when the text ends in
 * white space behind a word. Punctuation at the end is not a typed space (`yahoo.` is `yahoo`, unfinished).
 * For any code-point prefix p of a normalised form, `normaliseTyped(p).normalised` is p.
 */
export function normaliseTyped(text: string): TypedText {
  const length = text.length;
  if (length > 0 && charCodeAt.call(text, length - 1) === 0x20) {
    if (isNormal(text, length - 1) && length > 1) return { normalised: text, finished: true };
  } else if (isNormal(text, length)) {
    return { normalised: text, finished: false };
  }
  const folded = isAscii(text) ? text.toLowerCase() : foldCharacters(text, true);
  const normalised = reduceToWords(folded);
  const finished = normalised !== '' && /[\s\u0085]$/.test(folded.slice(-1));
  return { normalised: finished ? `${normalised} ` : normalised, finished };
}

/**
 * Whether the first `length` code units of `text` are seen at one glance to be a normalised form in which every code unit is a grapheme:
 * folded letters and digits, single spaces between them. False says nothing.
 */
export function isNormal(text: string, length: number): boolean {
  let afterSpace = true;
  for (let at = 0; at < length; at++) {
    const code = charCodeAt.call(text, at);
    if (code === 0x20) {
      if (afterSpace) return false;
      afterSpace = true;
    } else if ((code >= 0x61 && code <= 0x7a) || isQuiet(code)) {
      afterSpace = false;
    } else {
      return false;
    }
  }
  return !afterSpace || length === 0;
}

function isAscii(text: string): boolean {
  const { length } = text;
  for (let at = 0; at < length; at++) if (charCodeAt.call(text, at) > 0x7f) return false;
  return true;
}
