import { detectLanguage } from '../../dictionaries/reading/language.ts';
import {
  ARABIC,
  ASCII_LETTER,
  CYRILLIC,
  DEVANAGARI,
  GREEK,
  HAN,
  HANGUL,
  HEBREW,
  KANA,
  LATIN,
  lettersOf,
  THAI,
} from '../../dictionaries/reading/letters.ts';
import { JOINER, queryTermTexts } from '../../dictionaries/terms.ts';
import type { TextData } from './enrichment-data.ts';

/** Terms of a text that are looked at. */
const MOST_TERMS = 12;
/** Longer ones, in UTF-16 code units, are no words. */
export const LONGEST_TERM = 24;

/** By the flags of a text's letters; kana and Hangul before the Han characters beside them, other letters before the Latin ones of names. */
const SCRIPT_CODES: readonly (readonly [number, string])[] = [
  [KANA, 'Jpan'],
  [HANGUL, 'Kore'],
  [HAN, 'Hani'],
  [THAI, 'Thai'],
  [ARABIC, 'Arab'],
  [DEVANAGARI, 'Deva'],
  [CYRILLIC, 'Cyrl'],
  [GREEK, 'Grek'],
  [HEBREW, 'Hebr'],
  [LATIN | ASCII_LETTER, 'Latn'],
];

/**
 * The distinct terms of a normalised text that affinities are kept for.
 *
 * @param sequence the text's sequence terms, where they are known: where each follows a space, they are its query terms
 */
export function affinityTerms(normalised: string, sequence?: readonly string[]): string[] {
  const terms: string[] = [];
  const isSpaced = sequence?.every((term) => !term.startsWith(JOINER)) ?? false;
  for (const text of isSpaced ? (sequence ?? []) : queryTermTexts(normalised)) {
    if (terms.length === MOST_TERMS) break;
    if (text.length <= LONGEST_TERM && !terms.includes(text)) terms.push(text);
  }
  return terms;
}

/** What can be told of a normalised text by itself: its terms, language and script, as far as there are any. Its sequence terms are cut unless they are known. */
export function textFacts(
  normalised: string,
  market: string | null,
  sequence?: readonly string[],
): Pick<TextData, 'terms' | 'language' | 'script'> {
  const terms = affinityTerms(normalised, sequence);
  return {
    terms: terms.length === 0 ? undefined : terms,
    language: detectLanguage(normalised, market) ?? undefined,
    script: scriptCodeOf(normalised),
  };
}

function scriptCodeOf(normalised: string): string | undefined {
  const mask = lettersOf(normalised);
  for (const [flags, code] of SCRIPT_CODES) if ((mask & flags) !== 0) return code;
  return undefined;
}

/** Words of the longest name that is looked for, and of a text's beginning that are looked at. */
export const LONGEST_NAME = 4;
export const MOST_WORDS = 10;

/** The runs of one to four words that may name something; from the left, at each word the longest first. */
export function wordRuns(normalised: string): string[] {
  const words = normalised.split(' ').slice(0, MOST_WORDS);
  const runs: string[] = [];
  for (let at = 0; at < words.length; at++) {
    for (let length = Math.min(LONGEST_NAME, words.length - at); length > 0; length--) {
      runs.push(words.slice(at, at + length).join(' '));
    }
  }
  return runs;
}
