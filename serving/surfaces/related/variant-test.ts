import { numberKey } from '../../../dictionaries/inflection/noun-number.ts';
import { fixesOrder } from '../../../dictionaries/inflection/order-words.ts';
import { fold } from '../../../dictionaries/reading/fold.ts';
import { detectLanguage } from '../../../dictionaries/reading/language.ts';

/** A text's language where neither its market nor its letters tell. */
export const PRESUMED_LANGUAGE = 'en';
const ASCII = /^[\0-\x7f]*$/;

/**
 * Keys of what a normalised query says, whatever its accents, script forms, spacing, number and order of words: two queries that share a key are variants
 * of one another. Words that fix the order keep it.
 */
export function variantKeys(normalised: string, language: string): readonly string[] {
  const typed = normalised.split(' ');
  const folded = ASCII.test(normalised) ? typed : typed.map((word) => fold(word) || word);
  const words = folded.map((word) => numberKey(word, language));
  if (words.length > 1 && !folded.some(fixesOrder)) words.sort();
  const joined = folded.join('');
  return [`w ${words.join(' ')}`, `j ${joined}`, `j ${numberKey(joined, language)}`];
}

/** Collects keys; answers whether a query is a variant of one that was put in. */
export class VariantSet {
  private readonly keys = new Set<string>();
  private readonly language: string;

  /** @param market whose language is spoken where the letters of `about` do not tell */
  constructor(about: string, market: string | null) {
    this.language = detectLanguage(about, market) ?? PRESUMED_LANGUAGE;
  }

  /** Whether a query is a variant of one that was put in. */
  has(normalised: string): boolean {
    return variantKeys(normalised, this.language).some((key) => this.keys.has(key));
  }

  /** Puts a query in; answers whether it is new: no variant of one before. */
  add(normalised: string): boolean {
    const keys = variantKeys(normalised, this.language);
    const isNew = !keys.some((key) => this.keys.has(key));
    for (const key of keys) this.keys.add(key);
    return isNew;
  }
}
