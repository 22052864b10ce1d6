import { numberKey } from '../../../dictionaries/inflection/noun-number.ts';
import { fixesOrder } from '../../../dictionaries/inflection/order-words.ts';
import { fold } from '../../../dictionaries/reading/fold.ts';
import { detectLanguage } from '../../../dictionaries/reading/language.ts';

/** A text's language where neither its market nor its letters tell. */
const PRESUMED_LANGUAGE = 'en';

/**
 * Keys of what a normalised query says, whatever its accents, script forms, spacing, number and order of words: two queries that share a key are variants
 * of one another. Words that fix the order keep it.
 */
export function variantKeys(normalised: string, market: string | null): readonly string[] {
  const language = detectLanguage(normalised, market) ?? PRESUMED_LANGUAGE;
  const folded = normalised.split(' ').map((word) => fold(word) || word);
  const words = folded.map((word) => numberKey(word, language));
  if (!folded.some(fixesOrder)) words.sort();
  const joined = folded.join('');
  return [`w ${words.join(' ')}`, `j ${joined}`, `j ${numberKey(joined, language)}`];
}

/** Collects keys; answers whether a query is a variant of one that was put in. */
export class VariantSet {
  private readonly keys = new Set<string>();
  private readonly market: string | null;

  /** @param market whose language is spoken where letters do not tell */
  constructor(market: string | null) {
    this.market = market;
  }

  add(normalised: string): void {
    for (const key of variantKeys(normalised, this.market)) this.keys.add(key);
  }

  has(normalised: string): boolean {
    return variantKeys(normalised, this.market).some((key) => this.keys.has(key));
  }
}
