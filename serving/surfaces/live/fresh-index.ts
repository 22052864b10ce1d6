import { Index } from 'flexsearch';
import { LRUCache } from 'lru-cache';
import { JOINER, sequenceTerms } from '../../../dictionaries/terms.ts';
import { type FreshMatch, matchTyped } from './fresh-match.ts';
import { TermIndex } from './term-index.ts';

/** Versions are kept by what a term begins with, so that a new text outdates the answers only that it may be in. */
const BEGINNINGS = 256;

/** Something that can be found by its normalised text. */
export interface FreshText {
  readonly normalised: string;
}

/** Texts that come and go while the server runs, found by what is typed: a FlexSearch index over their terms, by each one's beginning, bounded in number. */
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
  readonly #texts: LRUCache<string, { readonly number: number; readonly text: T }>;
  readonly #byNumber = new Map<number, T>();
  readonly #versions = new Uint32Array(BEGINNINGS);
  /** Texts by beginning. */
  readonly #counts = new Uint32Array(BEGINNINGS);
  readonly #most: number;
  #next = 0;

  /** @param most texts; those touched longest ago go first */
  constructor(most: number) {
    this.#most = most;
    this.#texts = new LRUCache({
      max: most,
      dispose: ({ number, text }) => this.#drop(number, text),
    });
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
    const number = this.#next++;
    this.#byNumber.set(number, text);
    this.#index.add(number);
    for (const at of beginningsOf(text.normalised)) this.#counts[at]!++;
    this.#texts.set(key, { number, text });
    this.#outdate(text.normalised);
  }

  /** Tells that a text was searched again: it goes later, and answers with it are outdated. */
  touch(key: string): void {
    const known = this.#texts.get(key);
    if (known !== undefined) this.#outdate(known.text.normalised);
  }

  remove(key: string): void {
    this.#texts.delete(key);
  }

  /** Differs whenever other texts may be found for what is typed; 0 while none can be. */
  versionFor(typed: string): number {
    if (typed === '') return 0;
    const at = beginningOf(typed);
    return this.#counts[at] === 0 ? 0 : this.#versions[at]!;
  }

  /** All texts that a normalised typed text finds, in no order; costs microseconds and a test for each that holds the longest typed term. */
  find(typed: string): { readonly text: T; readonly match: FreshMatch }[] {
    const terms = termsOf(typed.trimEnd());
    if (terms.length === 0 || this.versionFor(typed) === 0) return [];
    // FlexSearch intersects long lists slowly; the longest term leaves few to be tested.
    const longest = terms.reduce((a, b) => (b.length > a.length ? b : a));
    const found: { readonly text: T; readonly match: FreshMatch }[] = [];
    for (const number of this.#index.search(longest, { limit: this.#most })) {
      const text = this.#byNumber.get(number);
      const match = text === undefined ? null : matchTyped(text.normalised, typed);
      if (text !== undefined && match !== null) found.push({ text, match });
    }
    return found;
  }

  #drop(number: number, text: T): void {
    this.#byNumber.delete(number);
    this.#index.remove(number);
    this.#outdate(text.normalised);
    for (const at of beginningsOf(text.normalised)) this.#counts[at]!--;
  }

  #outdate(normalised: string): void {
    for (const at of beginningsOf(normalised)) this.#versions[at]!++;
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
