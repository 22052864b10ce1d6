import { stableHash } from '../../dictionaries/stable-hash.ts';
import { JOINER, sequenceTerms } from '../../dictionaries/terms.ts';
import type { PlaceRange } from '../../indexer/segment/prefix-order.ts';
import type { Segment } from '../../indexer/segment/segment.ts';
import { LONGEST_NAME, MOST_WORDS } from '../../ranking/profiles/text-facts.ts';

const MOST_ENTITIES = 4;
const NOT_LOOKED_UP = -2;

/**
 * `stableHash` of the entities that a normalised text names, from the left the longest at each word, distinct. The runs that begin at a word are walked down the prefix order
 * together, and a term is looked up once, whatever runs it is in: microseconds.
 *
 * @param terms the text's sequence terms
 */
export function namedEntities(
  segment: Segment,
  normalised: string,
  terms: readonly string[] = sequenceTerms(normalised),
): number[] {
  if (!segment.hasEntities) return [];
  const walk = new NameWalk(segment, terms);
  const found: number[] = [];
  let covered = 0;
  let words: readonly string[] | null = null;
  for (let word = 0; word < walk.words && found.length < MOST_ENTITIES; word++) {
    if (word < covered) continue;
    const length = walk.longestFrom(word);
    if (length === 0) continue;
    covered = word + length;
    words ??= normalised.split(' ');
    found.push(stableHash(words.slice(word, covered).join(' ')));
  }
  return found.length < 2 ? found : [...new Set(found)];
}

/** The runs of words of one text. */
class NameWalk {
  /** Words that are looked at. */
  readonly words: number;
  readonly #segment: Segment;
  readonly #terms: readonly string[];
  /** Where each word's terms begin, and where the last one's end. */
  readonly #starts: number[] = [];
  readonly #numbers: number[];

  constructor(segment: Segment, terms: readonly string[]) {
    this.#segment = segment;
    this.#terms = terms;
    for (let at = 0; at < terms.length && this.#starts.length <= MOST_WORDS; at++) {
      if (!terms[at]!.startsWith(JOINER)) this.#starts.push(at);
    }
    if (this.#starts.length <= MOST_WORDS) this.#starts.push(terms.length);
    this.words = this.#starts.length - 1;
    this.#numbers = new Array<number>(terms.length).fill(NOT_LOOKED_UP);
  }

  /** Words of the longest entity that begins at a word; 0 for none. */
  longestFrom(word: number): number {
    const { order } = this.#segment;
    const end = Math.min(LONGEST_NAME, this.words - word);
    const first = this.#starts[word]!;
    let range: PlaceRange = { low: 0, high: order.rows.length };
    let longest = 0;
    let at = first;
    for (let length = 1; length <= end; length++) {
      for (const next = this.#starts[word + length]!; at < next; at++) {
        const term = this.#numberOf(at);
        if (term < 0) return longest;
        range = order.narrow(range, at - first, term, term + 1);
        if (range.low === range.high) return longest;
      }
      if (this.#endsAtEntity(range, at - first)) longest = length;
    }
    return longest;
  }

  /** What ends there sorts before what goes on. */
  #endsAtEntity({ low }: PlaceRange, terms: number): boolean {
    const { order, forward } = this.#segment;
    const row = order.rows[low]!;
    if (forward.start(row + 1) - forward.start(row) !== terms) return false;
    return this.#segment.isEntity(this.#segment.completionOfRow(row));
  }

  #numberOf(at: number): number {
    const known = this.#numbers[at]!;
    if (known !== NOT_LOOKED_UP) return known;
    const term = this.#terms[at]!;
    const isJoined = term.startsWith(JOINER);
    const number = this.#segment.terms.find(isJoined ? term.slice(JOINER.length) : term, isJoined);
    this.#numbers[at] = number;
    return number;
  }
}
