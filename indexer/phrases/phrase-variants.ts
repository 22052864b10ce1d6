import { numberKey, relateByNumber } from '../../dictionaries/inflection/noun-number.ts';
import { fold } from '../../dictionaries/reading/fold.ts';

/** How phrases are told apart, as queries are: see `CountingRules`. */
export type PhraseGrouping = 'none' | 'surface' | 'variants';

/** Phrases with the same key become one, as queries do; spacing is the only difference that normalising leaves between surfaces. */
export function groupKeyOf(form: string, group: PhraseGrouping): string {
  return group === 'none' ? form : form.replaceAll(' ', '');
}

interface KnownForm<T> {
  readonly form: string;
  readonly item: T;
}

/**
 * Answers of which known form another one is a variant. With `variants` these are forms that differ in spacing, in accents and
 * forms of letters, or in that nouns are in the plural (and mean nothing of their own there: glasses); with `surface` in spacing; with `none` in nothing.
 */
export class VariantFinder<T> {
  readonly #group: PhraseGrouping;
  readonly #byFold = new Map<string, T>();
  readonly #byNumber = new Map<string, KnownForm<T>[]>();

  constructor(group: PhraseGrouping) {
    this.#group = group;
  }

  add(form: string, languages: readonly string[], item: T): void {
    const key = this.#keyOf(form);
    if (!this.#byFold.has(key)) this.#byFold.set(key, item);
    if (this.#group !== 'variants') return;
    for (const language of languages) {
      const numberless = numberlessKey(fold(form), language);
      const known = this.#byNumber.get(numberless);
      if (known === undefined) this.#byNumber.set(numberless, [{ form, item }]);
      else known.push({ form, item });
    }
  }

  /** The item of the form that was added first among those that `form` is a variant of in one of `languages`. */
  find(form: string, languages: readonly string[]): T | undefined {
    const same = this.#byFold.get(this.#keyOf(form));
    if (same !== undefined || this.#group !== 'variants') return same;
    for (const language of languages) {
      const known = this.#byNumber.get(numberlessKey(fold(form), language));
      const variant = known?.find((one) => differInNumber(fold(one.form), fold(form), language));
      if (variant !== undefined) return variant.item;
    }
    return undefined;
  }

  #keyOf(form: string): string {
    const key = groupKeyOf(form, this.#group);
    return this.#group === 'variants' ? fold(key) : key;
  }
}

function numberlessKey(folded: string, language: string): string {
  const words = folded.split(' ').map((word) => numberKey(word, language));
  return `${language} ${words.join(' ')}`;
}

/** Whether two folded texts are word by word the same, or one the plural of the other. */
function differInNumber(a: string, b: string, language: string): boolean {
  const words = b.split(' ');
  const others = a.split(' ');
  if (words.length !== others.length) return false;
  return others.every((word, at) => {
    const other = words[at] ?? '';
    return word === other || relateByNumber(word, other, language) === 'plural';
  });
}
