import type { CompletionId } from '../../indexer/segment/completion-id.ts';
import type { CompletionView } from '../../indexer/segment/completion-view.ts';
import { type Segment, UNDETERMINED } from '../../indexer/segment/segment.ts';
import type { Profile } from '../../ranking/profiles/profile.ts';

/** The languages searched in most are told apart, the others count as one more. */
const MOST_LANGUAGES = 6;
/** Shares are told apart in steps of a fifteenth, those of many languages of a seventh: so that all of a mix are one number of 21 bits at most, the place in a table. */
const FINE_BITS = 4;
const COARSE_BITS = 3;
const MOST_FINE = 5;
/** Mixes of languages that are told apart, so that a completion's takes one byte. The first is that of completions of which nothing is known. */
const MOST_MIXES = 256;
export const NO_LANGUAGE = 0;
/** Searches, spread over the languages like all others, that a completion is taken to have had beside those that passed the threshold. */
const UNSEEN = 1;
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

  private constructor(counted: CountedSearches) {
    this.languages = counted.languages;
    this.#places = counted.places;
    this.#shares = counted.shares;
    const mixes = new Mixes(counted);
    this.mixOf = mixes.number();
    this.#mixes = mixes.mixes;
  }

  /** Null where all markets tell one language, or none. Sixty milliseconds for a million completions of two languages, the first time that a segment is asked for. */
  static of(segment: Segment): CompletionLanguages | null {
    let languages = known.get(segment);
    if (languages === undefined) {
      const counted = countSearches(segment);
      languages = counted === null ? null : new CompletionLanguages(counted);
      known.set(segment, languages);
    }
    return languages;
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

/** The language that a market's tag names: its primary subtag; null where it names none. */
function languageOfMarket(market: string): string | null {
  const language = market.split('-', 1)[0]!.toLowerCase();
  return /^[a-z]{2,3}$/.test(language) && !/^(?:und|mul|zxx|mis)$/.test(language) ? language : null;
}

interface CountedSearches {
  /** Languages, those searched in most first. */
  readonly languages: readonly string[];
  /** Place of each in a mix. */
  readonly places: ReadonlyMap<string, number>;
  /** Share of all searches of each place. */
  readonly shares: Float64Array;
  /** Searches of each completion in each language, a row of `shares.length` numbers each. */
  readonly counts: Float32Array;
}

/** Null where the markets tell less than two languages. */
function countSearches(segment: Segment): CountedSearches | null {
  const unplaced = unplacedScores(segment);
  const searches = new Map<string, number>();
  for (const [market, view] of segment.markets) {
    const language = languageOfMarket(market);
    if (language === null) continue;
    let sum = searches.get(language) ?? 0;
    visitOwn(view, unplaced, (_, score) => {
      sum += score;
    });
    if (sum > 0) searches.set(language, sum);
  }
  if (searches.size < 2) return null;
  const languages = [...searches]
    .sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
    .map(([language]) => language);
  const places = new Map(
    languages.map((language, place) => [language, Math.min(place, MOST_LANGUAGES)]),
  );
  const width = Math.min(languages.length, MOST_LANGUAGES + 1);
  const shares = new Float64Array(width);
  const total = [...searches.values()].reduce((sum, each) => sum + each, 0);
  for (const [language, each] of searches) shares[places.get(language)!]! += each / total;
  const counts = new Float32Array(segment.completions * width);
  for (const [market, view] of segment.markets) {
    const place = places.get(languageOfMarket(market) ?? '');
    if (place === undefined) continue;
    visitOwn(view, unplaced, (id, score) => {
      counts[id * width + place]! += score;
    });
  }
  return { languages, places, shares, counts };
}

/** Score of each completion in rows without a market; null where there are none. */
function unplacedScores({ markets, completions }: Segment): Float64Array | null {
  const view = markets.get(UNDETERMINED);
  if (view === undefined) return null;
  const unplaced = new Float64Array(completions);
  visitOwn(view, null, (id, score) => {
    unplaced[id] = score;
  });
  return unplaced;
}

/** Tells what a market's own rows score for its completions: its view adds to them those of rows without a market. */
function visitOwn(
  view: CompletionView,
  unplaced: Float64Array | null,
  visit: (id: number, score: number) => void,
): void {
  const { scores, size } = view;
  if (scores === null) return;
  for (let rank = 0; rank < size; rank++) {
    const id = view.idOf(rank);
    const score = unplaced === null ? scores[rank]! : scores[rank]! - unplaced[id]!;
    if (score > 0) visit(id, score);
  }
}

/** Gives mixes their numbers. */
class Mixes {
  readonly #counted: CountedSearches;
  readonly #width: number;
  /** Of the mix at hand. */
  readonly #mix: Float64Array;
  readonly #bits: number;
  /** Number of the mix by its shares in steps; 0 for one that did not come yet. */
  readonly #numbers: Uint8Array;
  /** Of the mixes so far, row by row; that of NO_LANGUAGE has nothing. */
  readonly #rows: number[];

  constructor(counted: CountedSearches) {
    this.#counted = counted;
    this.#width = counted.shares.length;
    this.#mix = new Float64Array(this.#width);
    this.#bits = this.#width <= MOST_FINE ? FINE_BITS : COARSE_BITS;
    this.#numbers = new Uint8Array(2 ** (this.#bits * this.#width));
    this.#rows = new Array<number>(this.#width).fill(0);
  }

  get mixes(): Float64Array {
    return Float64Array.from(this.#rows);
  }

  number(): Uint8Array {
    const { shares, counts } = this.#counted;
    const width = this.#width;
    const mix = this.#mix;
    const bits = this.#bits;
    const steps = 2 ** bits - 1;
    const numbers = new Uint8Array(counts.length / width);
    for (let id = 0; id < numbers.length; id++) {
      let total = 0;
      let seen = 0;
      for (let place = 0; place < width; place++) {
        const count = counts[id * width + place]!;
        seen += count;
        mix[place] = count / shares[place]! + UNSEEN;
        total += mix[place]!;
      }
      if (!(seen > 0)) continue;
      let key = 0;
      for (let place = 0; place < width; place++) {
        mix[place] = mix[place]! / total;
        key = (key << bits) | (mix[place]! * steps + 0.5);
      }
      const number = this.#numbers[key]!;
      numbers[id] = number === 0 ? this.#numberFor(key) : number;
    }
    return numbers;
  }

  /** A new number while there are any, else that of the nearest mix. */
  #numberFor(key: number): number {
    const width = this.#width;
    let number = this.#rows.length / width;
    if (number < MOST_MIXES) this.#rows.push(...this.#mix);
    else number = this.#nearest();
    this.#numbers[key] = number;
    return number;
  }

  #nearest(): number {
    const width = this.#width;
    let nearest = 1;
    let least = Number.POSITIVE_INFINITY;
    for (let number = 1; number < MOST_MIXES; number++) {
      let distance = 0;
      for (let place = 0; place < width; place++) {
        distance += Math.abs(this.#rows[number * width + place]! - this.#mix[place]!);
      }
      if (distance < least) {
        least = distance;
        nearest = number;
      }
    }
    return nearest;
  }
}
