import { detectLanguage } from '../../../dictionaries/reading/language.ts';
import { queryTerms } from '../../../dictionaries/terms.ts';
import type { CandidateGenerator, Proposal, SurfaceRequest, WorkBudget } from '../generator.ts';
import { Gathering } from './gathering.ts';
import { PRESUMED_LANGUAGE } from './variant-test.ts';
import type { Doubted, WordForms } from './word-forms.ts';

/** Words of a longer query that are looked at. */
const MOST_WORDS = 6;
/** Texts that are asked with, the likeliest: each costs a search for every choice of its words. */
const MOST_REWRITINGS = 16;
/** Bits that leaving all other words of the query out costs. */
const ALONE_BITS = 3;

/**
 * Proposes what other generators find for a query in which a word stands in another form (dog for dogs, sniper for snipr), and for each of its words and their forms
 * alone: the last resort of a query whose own words lead to nothing but itself. Some searches a form: it is asked where little else was found.
 */
export class OtherFormsGenerator implements CandidateGenerator {
  readonly name = 'forms';
  readonly source = 'related';
  private readonly of: readonly CandidateGenerator[];
  private readonly forms: WordForms;
  private readonly doubted: Doubted;
  private readonly gathering = new Gathering();

  /** @param of the generators that are asked with the other forms; only the text of the query counts for them */
  constructor(of: readonly CandidateGenerator[], forms: WordForms, doubted: Doubted) {
    this.of = of;
    this.forms = forms;
    this.doubted = doubted;
  }

  generate(request: SurfaceRequest, limit: number, budget: WorkBudget): readonly Proposal[] {
    if (request.query === null) return [];
    const gathering = this.gathering.clear();
    for (const [normalised, bits] of this.rewritings(request.query.normalised, request)) {
      const query = { normalised, completion: null, readings: [] };
      for (const generator of this.of) {
        if (budget.left <= 0) break;
        for (const proposal of generator.generate({ ...request, query }, limit, budget)) {
          gathering.add(proposal.id, 2 ** -(bits + proposal.bits), 'forms');
        }
      }
    }
    return gathering.proposals(limit);
  }

  /** Texts to ask with in the query's stead, and what each costs: the likeliest are asked first, while there is budget. */
  private rewritings(
    normalised: string,
    { choice: { market, views } }: SurfaceRequest,
  ): readonly (readonly [text: string, bits: number])[] {
    const language = detectLanguage(normalised, market) ?? PRESUMED_LANGUAGE;
    const words = queryTerms(`${normalised} `).slice(0, MOST_WORDS);
    const costs = new Map<string, number>();
    const add = (text: string, bits: number) => {
      if (text === normalised) return;
      costs.set(text, Math.min(bits, costs.get(text) ?? Infinity));
    };
    for (const { text: word, start, end } of words) {
      add(word, ALONE_BITS);
      for (const { text, bits } of this.forms.of(word, language, views, this.doubted)) {
        add(`${normalised.slice(0, start)}${text}${normalised.slice(end)}`, bits);
        if (words.length > 1) add(text, bits + ALONE_BITS);
      }
    }
    return [...costs]
      .sort((a, b) => a[1] - b[1] || (a[0] < b[0] ? -1 : 1))
      .slice(0, MOST_REWRITINGS);
  }
}
