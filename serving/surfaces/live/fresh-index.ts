import { Index } from 'flexsearch';
import { LRUCache } from 'lru-cache';
import { JOINER, sequenceTerms } from '../../../dictionaries/terms.ts';
import { type FreshMatch, typedMatcher } from './fresh-match.ts';
import { HeaviestTexts } from './heaviest-texts.ts';
import { TermIndex } from './term-index.ts';
import { TextOrder } from './text-order.ts';

/** Versions are kept by what a term begins with, so that a new text outdates the answers only that it may be in. */
const BEGINNINGS = 256;

/** Typed terms that are looked up to find one that few texts hold. */
const TERMS_TRIED = 4;
/** Texts that hold a term and are tested: all of them while there are no more; of more, the heaviest, and the heaviest that begin with what is typed. */
const MOST_TESTED = 256;

/** Something that can be found by its normalised text. */
export interface FreshText {
  readonly normalised: string;
}

/** A text that can be found. */
interface Entry<T> {
  readonly number: number;
  readonly text: T;
  readonly normalised: string;
  /** Whether it can be found no longer. */
  isGone: boolean;
}

export interface FreshIndexOptions<T> {
  /** Texts; those touched longest ago go first. */
  readonly most: number;
  /** What texts are ordered by where not all can be looked at; it may change when a text is touched, and for all of them with `reorder`. */
  readonly levelOf: (text: T) => number;
}

/**
 * Texts that come and go while the server runs, found by what is typed: a FlexSearch index over their terms, by each one's beginning, bounded in number. What a lookup costs is bounded
 * however many texts there are: where hundreds hold the typed terms, the heaviest are found.
 */
export class FreshIndex<T extends FreshText> {
  readonly #index = new TermIndex({
    create: () =>
      new Index({
        encode: (terms: string) => terms.split(' '),
        tokenize: 'forward',
        resolution: 1,
        fastupdate: true,
      }),
    termsOf: (number) => termsOf(this.#byNumber.get(number)?.normalised ?? '').join(' '),
  });
  readonly #texts: LRUCache<string, Entry<T>>;
  readonly #byNumber = new Map<number, Entry<T>>();
  readonly #order = new TextOrder<Entry<T>>();
  readonly #heaviest: HeaviestTexts<Entry<T>>;
  readonly #versions = new Uint32Array(BEGINNINGS);
  /** Texts by beginning. */
  readonly #counts = new Uint32Array(BEGINNINGS);
  readonly #most: number;
  #next = 0;

  constructor({ most, levelOf }: FreshIndexOptions<T>) {
    this.#most = most;
    this.#heaviest = new HeaviestTexts(MOST_TESTED, ({ text }) => levelOf(text));
    this.#texts = new LRUCache({ max: most, dispose: (entry) => this.#drop(entry) });
  }

  get size(): number {
    return this.#texts.size;
  }

  get(key: string): T | undefined {
    return this.#texts.peek(key)?.text;
  }

  /** Every text; not in any order. */
  *values(): Generator<readonly [string, T]> {
    for (const [key, { text }] of this.#texts.entries()) yield [key, text];
  }

  put(key: string, text: T): void {
    const { normalised } = text;
    const entry = { number: this.#next++, text, normalised, isGone: false };
    this.#byNumber.set(entry.number, entry);
    this.#index.add(entry.number);
    this.#order.add(entry);
    for (const at of beginningsOf(normalised)) this.#counts[at]!++;
    this.#texts.set(key, entry);
    this.#change(entry);
  }

  /** Tells that a text was searched again: it goes later, and answers with it are outdated. */
  touch(key: string): void {
    const known = this.#texts.get(key);
    if (known !== undefined) this.#change(known);
  }

  remove(key: string): void {
    this.#texts.delete(key);
  }

  /** Tells that the levels of all texts changed. */
  reorder(): void {
    this.#heaviest.clear();
  }

  /** Differs whenever other texts may be found for what is typed; 0 while none can be. */
  versionFor(typed: string): number {
    if (typed === '') return 0;
    const at = beginningOf(typed);
    return this.#counts[at] === 0 ? 0 : this.#versions[at]!;
  }

  /**
   * The texts that a normalised typed text finds, in no order: all, unless hundreds hold each of its terms; then the heaviest ones. Costs microseconds and a test for each of at
   * most a few hundred texts.
   */
  find(typed: string): { readonly text: T; readonly match: FreshMatch }[] {
    if (this.versionFor(typed) === 0) return [];
    const matchOf = typedMatcher(typed);
    const found: { readonly text: T; readonly match: FreshMatch }[] = [];
    for (const { text, isGone } of this.#tested(typed)) {
      const match = isGone ? null : matchOf(text.normalised);
      if (match !== null) found.push({ text, match });
    }
    return found;
  }

  /** Texts that hold some term of the typed text: all, or those of most weight. */
  #tested(typed: string): Iterable<Entry<T>> {
    // The longest term leaves few.
    const terms = new Set(termsOf(typed.trimEnd()).sort((a, b) => b.length - a.length));
    const tried = [...terms].slice(0, TERMS_TRIED);
    for (const term of tried) {
      const holders = this.#holdersOf(term, MOST_TESTED + 1);
      if (holders.length <= MOST_TESTED) return holders;
    }
    const [longest] = tried;
    if (longest === undefined) return [];
    return new Set([
      ...this.#heaviest.of(`begins ${typed}`, () => this.#order.beginningWith(typed)),
      ...this.#heaviest.of(`holds ${longest}`, () => this.#holdersOf(longest, this.#most)),
    ]);
  }

  #holdersOf(term: string, limit: number): Entry<T>[] {
    const holders: Entry<T>[] = [];
    for (const number of this.#index.search(term, { limit })) {
      const entry = this.#byNumber.get(number);
      if (entry !== undefined) holders.push(entry);
    }
    return holders;
  }

  #drop(entry: Entry<T>): void {
    entry.isGone = true;
    this.#byNumber.delete(entry.number);
    this.#index.remove(entry.number);
    this.#order.remove(entry);
    this.#change(entry);
    for (const at of beginningsOf(entry.normalised)) this.#counts[at]!--;
  }

  #change(entry: Entry<T>): void {
    this.#heaviest.noteChange(entry);
    for (const at of beginningsOf(entry.normalised)) this.#versions[at]!++;
  }
}

/** Words of spaced scripts, characters of the others. */
function termsOf(normalised: string): string[] {
  return sequenceTerms(normalised).map((term) =>
    term.startsWith(JOINER) ? term.slice(JOINER.length) : term,
  );
}

function beginningOf(term: string): number {
  return term.charCodeAt(0) % BEGINNINGS;
}

function beginningsOf(normalised: string): ReadonlySet<number> {
  return new Set(termsOf(normalised).map(beginningOf));
}
