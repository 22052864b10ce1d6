import { irregularForms } from './english-number.ts';
import { relateByNumber } from './noun-number.ts';

/** Endings of the plural and of the singular, as the rules of `relateByNumber` have them; which of them hold for a word, those decide. */
const ENDINGS: Readonly<Record<string, readonly (readonly [plural: string, singular: string])[]>> =
  {
    en: [
      ['s', ''],
      ['es', ''],
      ['ies', 'y'],
    ],
    es: [
      ['s', ''],
      ['es', ''],
      ['ces', 'z'],
    ],
    pt: [
      ['s', ''],
      ['es', ''],
      ['oes', 'ao'],
      ['aes', 'ao'],
      ['is', 'l'],
      ['eis', 'il'],
      ['s', 'l'],
      ['ns', 'm'],
    ],
    fr: [
      ['s', ''],
      ['eaux', 'eau'],
      ['aux', 'al'],
      ['eux', 'eu'],
    ],
  };

/**
 * The plurals and singulars that a word, accents off, may have by the rules of its language: dog for dogs, dogs for dog; sorted, without the word itself
 * and without forms that mean something of their own. Not all need be words. Empty in a language without rules.
 */
export function numberForms(word: string, language: string): readonly string[] {
  const forms = new Set<string>(language === 'en' ? irregularForms(word) : []);
  for (const [plural, singular] of ENDINGS[language] ?? []) {
    if (word.endsWith(singular)) forms.add(withoutEnding(word, singular) + plural);
    if (word.endsWith(plural)) forms.add(withoutEnding(word, plural) + singular);
  }
  return [...forms].filter((form) => relateByNumber(word, form, language) === 'plural').sort();
}

function withoutEnding(word: string, ending: string): string {
  return word.slice(0, word.length - ending.length);
}
