import { LRUCache } from 'lru-cache';
import { keyboardOf } from '../../dictionaries/typing/keyboard.ts';
import type { Segment } from '../../indexer/segment/segment.ts';
import { allowedEdits, FuzzyTerms } from '../retrieval/fuzzy/fuzzy-terms.ts';
import type { MarketChoice } from '../retrieval/market-choice.ts';
import { type OwnForm, ownFormOf } from './own-form.ts';

/** A search is put right within so long, or it was meant as it was. */
export const SLIP_MS = 2 * 60_000;
/** Texts that a search may have been meant as. */
const MOST_TEXTS = 3;
/** Words of a search that are looked at, and unknown ones that a slip makes: of a space moved by a letter, two. */
const MOST_WORDS = 10;
const MOST_UNKNOWN = 2;
const WORK = 6_000;
/** Searches whose corrections are remembered, for the keystrokes that follow them. */
const REMEMBERED = 1_024;

const NOTHING: readonly OwnForm[] = [];

/**
 * What a search with a slip was meant as, whether the index has that text or not: its unknown words replaced by known ones that one slip turns into them. For who made the slip
 * alone. About a hundred microseconds for a search with unknown words, once.
 */
export class SlipCorrections {
  readonly #segment: Segment;
  readonly #fuzzy: FuzzyTerms | null;
  readonly #known = new LRUCache<string, readonly OwnForm[]>({ max: REMEMBERED });

  constructor(segment: Segment) {
    this.#segment = segment;
    this.#fuzzy = segment.trie === null ? null : new FuzzyTerms(segment);
  }

  /** Texts, likeliest first; none where all words are known, or too many are not. */
  correct(normalised: string, choice: MarketChoice): readonly OwnForm[] {
    const key = `${choice.market} ${normalised}`;
    let found = this.#known.get(key);
    if (found === undefined) {
      found = this.#find(normalised, choice);
      this.#known.set(key, found);
    }
    return found;
  }

  #find(normalised: string, choice: MarketChoice): readonly OwnForm[] {
    const words = normalised.split(' ');
    if (words.length > MOST_WORDS) return NOTHING;
    const unknown = words.flatMap((word, at) => (this.#isKnown(word) ? [] : [at]));
    const [first, second] = unknown;
    if (first === undefined || unknown.length > MOST_UNKNOWN) return NOTHING;
    const texts: string[] = [];
    const offer = (from: number, to: number, replacement: string) => {
      const text = [...words.slice(0, from), replacement, ...words.slice(to)].join(' ');
      if (!texts.includes(text)) texts.push(text);
    };
    if (second === undefined) {
      for (const term of this.#termsNear(words[first]!, choice)) offer(first, first + 1, term);
      for (const pair of this.#partsOf(words[first]!)) offer(first, first + 1, pair);
    } else if (second === first + 1) {
      for (const pair of this.#moveSpace(words[first]!, words[second]!)) {
        offer(first, second + 1, pair);
      }
    }
    return texts.slice(0, MOST_TEXTS).map((text) => ownFormOf(this.#segment, text));
  }

  #isKnown(word: string): boolean {
    const { terms } = this.#segment;
    // What the index does not take for a spaced word can't be told from a slip.
    return allowedEdits(word) === 0 || terms.find(word, false) >= 0;
  }

  #termsNear(word: string, { views }: MarketChoice): string[] {
    if (this.#fuzzy === null) return [];
    const found = this.#fuzzy.whole(word, {
      maxEdits: 1,
      keyboard: keyboardOf(word, null),
      budget: { left: WORK },
      limit: MOST_TEXTS,
      sound: false,
      views,
    });
    return found.map(({ low }) => this.#segment.terms.termText(low));
  }

  /** The two known words that a word is without the space between them. */
  #partsOf(word: string): string[] {
    const { terms } = this.#segment;
    const pairs: string[] = [];
    for (let cut = 2; cut + 2 <= word.length; cut++) {
      const left = word.slice(0, cut);
      const right = word.slice(cut);
      if (terms.find(left, false) >= 0 && terms.find(right, false) >= 0) {
        pairs.push(`${left} ${right}`);
      }
    }
    return pairs;
  }

  /** The two known words that two are with the space between them a letter to the left or right. */
  #moveSpace(left: string, right: string): string[] {
    const { terms } = this.#segment;
    const joined = left + right;
    return [left.length - 1, left.length + 1].flatMap((cut) => {
      const pair = [joined.slice(0, cut), joined.slice(cut)];
      return pair.every((word) => word !== '' && terms.find(word, false) >= 0)
        ? [pair.join(' ')]
        : [];
    });
  }
}
