import { sequenceTerms } from '../../../dictionaries/terms.ts';

/** Words of which one alone does not make two queries of one topic. */
const LEAST_TOPIC_LETTERS = 3;

/** The distinct terms of a normalised text, to tell what says nearly the same. */
export class TermSet {
  readonly terms: ReadonlySet<string>;

  constructor(normalised: string) {
    this.terms = new Set(sequenceTerms(normalised));
  }

  /** Whether one of both has all terms of the other. */
  holdsOrIsHeldBy(other: TermSet): boolean {
    const shared = this.#sharedWith(other);
    return shared > 0 && shared === Math.min(this.terms.size, other.terms.size);
  }

  /** Whether at least half of the terms of the shorter are the other's. */
  isOfTopicOf(other: TermSet): boolean {
    const shared = this.#sharedWith(other);
    return shared > 0 && 2 * shared >= Math.min(this.terms.size, other.terms.size);
  }

  #sharedWith(other: TermSet): number {
    const [few, many] =
      this.terms.size <= other.terms.size ? [this.terms, other.terms] : [other.terms, this.terms];
    let shared = 0;
    for (const term of few) if (many.has(term)) shared++;
    return shared;
  }
}

/** Whether a term is worth looking for what else is searched with it. */
export function isTelling(term: string): boolean {
  return term.length >= LEAST_TOPIC_LETTERS || /[^\p{ASCII}]/u.test(term);
}
