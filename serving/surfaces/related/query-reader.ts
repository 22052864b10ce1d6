import { normalise } from '../../../dictionaries/normalise.ts';
import type { CompletionId } from '../../../indexer/segment/completion-id.ts';
import type { Segment } from '../../../indexer/segment/segment.ts';
import type { SuggestEngine } from '../../suggest-engine.ts';
import { exactCompletion } from '../before-typing/exact-completion.ts';
import type { AskedQuery, QueryReading } from '../generator.ts';
import type { KnownTerms } from './known-terms.ts';
import { mendsSlips } from './slip-test.ts';

const MOST_READINGS = 3;
/** Bits that any correction costs beside its place: the query may mean what it says. */
const READING_BITS = 1;
/** What a query differs in from its own completion when it was not finished. */
const UNFINISHED_LETTERS = 2;

/** Tells which completions a query stands for. */
export class QueryReader {
  private readonly segment: Segment;
  private readonly engine: SuggestEngine;
  private readonly terms: KnownTerms;

  /** @param engine corrects queries that the index does not hold; it answers for the same snapshot */
  constructor(segment: Segment, engine: SuggestEngine, terms: KnownTerms) {
    this.segment = segment;
    this.engine = engine;
    this.terms = terms;
  }

  /** Microseconds for a query that the index holds; one that must be corrected costs as much as its suggestions. */
  read(normalised: string, market: string): AskedQuery {
    const completion = exactCompletion(this.segment, normalised);
    const readings =
      completion === null ? this.correct(normalised, market) : [{ id: completion, bits: 0 }];
    return { normalised, completion, readings };
  }

  /** Tells the texts that only mend the slips of a query; a query that the index holds has none. */
  slipTest({ completion, normalised }: AskedQuery): (text: string) => boolean {
    if (completion !== null) return () => false;
    const { terms } = this.segment;
    const isUnknown = (word: string) => terms.find(word, false) < 0;
    if (!normalised.split(' ').some(isUnknown)) return () => false;
    return (text) => mendsSlips(normalised, text, isUnknown);
  }

  /**
   * What a query that the index does not hold may mean: its corrections, and what it is the unfinished beginning of; nothing when the index has most of its words, which
   * lead on by themselves: correcting a long text costs milliseconds.
   */
  private correct(normalised: string, market: string): readonly QueryReading[] {
    const known = this.terms.of(this.segment.all, normalised).filter(({ isWhole }) => isWhole);
    if (2 * known.length > normalised.split(' ').length) return [];
    const { suggestions } = this.engine.suggest(normalised, { limit: 2 * MOST_READINGS, market });
    const meant: { readonly id: CompletionId; readonly goesOn: boolean }[] = [];
    for (const { text, source } of suggestions) {
      const form = normalise(text);
      const isRest = source === 'prefix' && form.length <= normalised.length + UNFINISHED_LETTERS;
      if (source !== 'typo' && source !== 'script' && source !== 'synonym' && !isRest) continue;
      const id = exactCompletion(this.segment, form);
      if (id === null || meant.some((reading) => reading.id === id)) continue;
      meant.push({ id, goesOn: goesOn(form, normalised) });
    }
    // What says no more than the query is rather what it means.
    return [...meant.filter((each) => !each.goesOn), ...meant.filter((each) => each.goesOn)]
      .slice(0, MOST_READINGS)
      .map(({ id }, place) => ({ id, bits: READING_BITS + place }));
  }
}

/** Whether a text has more words than a query: it is no other way to write it, but leads on from it. */
export function goesOn(text: string, query: string): boolean {
  return text.split(' ').length > query.split(' ').length;
}
