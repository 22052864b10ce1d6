import { englishNumberKey, isEnglishPlural, isOwnEnglishPlural } from './english-number.ts';
import {
  isOwnRomancePlural,
  isRomancePlural,
  type RomanceLanguage,
  romanceNumberKey,
} from './romance-number.ts';

/**
 * How two words are related by number. `plural`: one is the plural of the other. `ownWord`: the same by spelling, but the form in
 * the plural is known to mean something of its own (glass, glasses). Null: not related.
 */
export type NumberRelation = 'plural' | 'ownWord' | null;

/**
 * A key that the singular and the plural of a word share, for the languages whose plurals are regular enough: en, es, pt, fr; in
 * any other language, and for a word with digits, the word itself. Only number is looked at: no cases, genders or derivations.
 * The word comes with its accents off.
 */
export function numberKey(word: string, language: string): string {
  if (language === 'en') return englishNumberKey(word);
  return isRomance(language) ? romanceNumberKey(word, language) : word;
}

/** How two different words, accents off, are related by number in a language; which of them is the plural does not matter. */
export function relateByNumber(a: string, b: string, language: string): NumberRelation {
  return relateInOrder(a, b, language) ?? relateInOrder(b, a, language);
}

function relateInOrder(singular: string, plural: string, language: string): NumberRelation {
  if (language === 'en') {
    if (!isEnglishPlural(singular, plural)) return null;
    return isOwnEnglishPlural(plural) ? 'ownWord' : 'plural';
  }
  if (!isRomance(language) || !isRomancePlural(singular, plural, language)) return null;
  return isOwnRomancePlural(plural) ? 'ownWord' : 'plural';
}

function isRomance(language: string): language is RomanceLanguage {
  return language === 'es' || language === 'pt' || language === 'fr';
}
