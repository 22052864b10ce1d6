import type { CompletionId } from '../../indexer/segment/completion-id.ts';
import type { Segment } from '../../indexer/segment/segment.ts';
import type { Profile } from '../../ranking/profiles/profile.ts';
import { finish, finishInTurns, type Sliced } from '../sliced-work.ts';
import {
  type CountedSearches,
  countSearches,
  languageOfMarket,
  MOST_LANGUAGES,
} from './language-counting.ts';
import { LanguageMixes } from './language-mixes.ts';

export const NO_LANGUAGE = 0;
/** A completion is in a language that it is so likely to be in, were all languages searched in alike. */
const CLEAR_SHARE = 0.75;
/** The share of a market's searches that is taken to be in any language, as over all markets. */
const FOREIGN_SHARE = 0.1;
/** Searches that the languages of the market count as, beside the user's own. */
const PRIOR_SEARCHES = 4;
/** Bits of a fit at most, either way. */
const MOST_BITS = 6;

/**
 * The languages that completions are searched in, as the markets whose views hold them tell: en-US and en-GB say English, es-MX Spanish, `und` nothing. A completion's are kept as
 * a mix: how its searches would be spread, were each language searched in equally often. Completions of nearly the same mix share its number, the most searched ones first: one byte a completion.
 */
export class CompletionLanguages {
  /** Primary subtags, those searched in most first; those behind MOST_LANGUAGES share the last place of a mix. */
  readonly languages: readonly string[];
  /** Number of the mix of each completion; NO_LANGUAGE where its markets tell none. */
  readonly mixOf: Uint8Array;
  /** Share of all searches of the place of a mix. */
  readonly #shares: Float64Array;
  /** The mixes, a row each of `#shares.length` numbers that sum to 1. */
  readonly #mixes: Float64Array;
  readonly #places: ReadonlyMap<string, number>;

  private constructor(counted: CountedSearches, mixOf: Uint8Array, mixes: Float64Array) {
    this.languages = counted.languages;
    this.#places = counted.places;
    this.#shares = counted.shares;
    this.mixOf = mixOf;
    this.#mixes = mixes;
  }

  /**
   * Null where all markets tell one language, or none. Two hundred milliseconds for a million completions of eight languages, the first time that a segment is asked for, unless it was
   * prepared.
   */
  static of(segment: Segment): CompletionLanguages | null {
    const prepared = known.get(segment);
    if (prepared !== undefined) return prepared;
    const languages = finish(CompletionLanguages.#read(segment));
    known.set(segment, languages);
    return languages;
  }

  /** Works out what `of` answers, leaving the event loop to others every few milliseconds. */
  static async prepare(segment: Segment): Promise<void> {
    if (known.has(segment)) return;
    const languages = await finishInTurns(CompletionLanguages.#read(segment));
    // Somebody may have asked meanwhile.
    if (!known.has(segment)) known.set(segment, languages);
  }

  static *#read(segment: Segment): Sliced<CompletionLanguages | null> {
    const counted = yield* countSearches(segment);
    if (counted === null) return null;
    const mixes = new LanguageMixes(counted);
    const mixOf = yield* mixes.number();
    return new CompletionLanguages(counted, mixOf, mixes.mixes);
  }

  /** The language that a completion is clearly in; null where there is none, and for the rare ones that are not told apart. */
  languageOf(id: CompletionId): string | null {
    const width = this.#shares.length;
    const mix = this.mixOf[id]!;
    if (mix === NO_LANGUAGE) return null;
    for (let place = 0; place < Math.min(width, MOST_LANGUAGES); place++) {
      if (this.#mixes[mix * width + place]! >= CLEAR_SHARE) return this.languages[place]!;
    }
    return null;
  }

  /**
   * By the number of a mix: how much likelier the user is to search for a completion of it than people of the market are, in bits, as far as languages tell. Null for a user
   * of whose languages nothing is known. Microseconds.
   */
  fits(profile: Profile, market: string, nowMs: number): Float32Array | null {
    const people = this.#peopleOf(market);
    const user = new Float64Array(people.length);
    let searches = 0;
    for (const language of profile.languages.keys()) {
      const place = this.#places.get(language);
      if (place === undefined) continue;
      const weight = profile.languages.weightAt(language, nowMs);
      user[place]! += weight;
      searches += weight;
    }
    if (!(searches > 0)) return null;
    user.forEach((weight, place) => {
      user[place] = (weight + PRIOR_SEARCHES * people[place]!) / (searches + PRIOR_SEARCHES);
    });
    const width = people.length;
    const fits = new Float32Array(this.#mixes.length / width);
    for (let mix = 1; mix < fits.length; mix++) {
      let byUser = 0;
      let byPeople = 0;
      for (let place = 0; place < width; place++) {
        const share = this.#mixes[mix * width + place]!;
        byUser += share * user[place]!;
        byPeople += share * people[place]!;
      }
      fits[mix] = Math.max(-MOST_BITS, Math.min(MOST_BITS, Math.log2(byUser / byPeople)));
    }
    return fits;
  }

  /** Share of each language in the searches of a market. */
  #peopleOf(market: string): Float64Array {
    const own = this.#places.get(languageOfMarket(market) ?? '');
    if (own === undefined) return this.#shares;
    const people = this.#shares.map((share) => FOREIGN_SHARE * share);
    people[own]! += 1 - FOREIGN_SHARE;
    return people;
  }
}

const known = new WeakMap<Segment, CompletionLanguages | null>();
