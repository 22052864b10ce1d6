import { JOINER, sequenceTerms } from '../terms.ts';

/** A typed side of rules: what it may be replaced with. */
export interface TypedSide {
  /** Normalised. */
  readonly text: string;
  readonly found: readonly string[];
}

const JOINER_CODE = JOINER.charCodeAt(0);
/** Sides with one beginning that are looked at: a bound on the time that a short beginning takes. */
const MOST_BEGUN = 64;

/**
 * Finds the typed sides of rules inside typed texts. A trie whose steps are sequence terms, so that ends of words count in spaced scripts
 * and ends of characters in the others; kept as one map of the texts from its root to each node, which is quicker made than a map a
 * node. Beside it the sides in order, for those that are only begun.
 */
export class SynonymTrie {
  readonly size: number;
  /** The beginnings of the sides up to each end of a term: the side that ends there, null where none does. */
  readonly #nodes = new Map<string, TypedSide | null>();
  readonly #sorted: readonly string[];

  /** @param found by normalised side, what each may be replaced with */
  constructor(found: ReadonlyMap<string, readonly string[]>) {
    this.size = found.size;
    this.#sorted = [...found.keys()].sort();
    for (const [text, others] of found) {
      for (const end of termEnds(text)) {
        const beginning = text.slice(0, end);
        if (!this.#nodes.has(beginning)) this.#nodes.set(beginning, null);
      }
      this.#nodes.set(text, { text, found: others });
    }
  }

  /**
   * Calls `onSide` for each side that stands in `typed` from `start` to one of `ends`, from `ends[first]` on, the shorter first. Gives
   * whether all but the last term is the beginning of a side: only then can a longer one be begun.
   */
  walk(
    typed: string,
    start: number,
    ends: readonly number[],
    first: number,
    onSide: (side: TypedSide) => void,
  ): boolean {
    for (let at = first; at < ends.length; at++) {
      const side = this.#nodes.get(typed.slice(start, ends[at]));
      if (side === undefined) return at === ends.length - 1;
      if (side !== null) onSide(side);
    }
    return true;
  }

  /** The sides that go on behind `beginning` within a word, in code unit order; of very many the first ones. */
  begunWith(beginning: string): TypedSide[] {
    const sorted = this.#sorted;
    let low = 0;
    let high = sorted.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (sorted[middle]! < beginning) low = middle + 1;
      else high = middle;
    }
    const begun: TypedSide[] = [];
    const end = Math.min(sorted.length, low + MOST_BEGUN);
    for (let at = low; at < end; at++) {
      const text = sorted[at]!;
      if (!text.startsWith(beginning)) break;
      const side = this.#nodes.get(text) ?? null;
      const isWithinWord = text.length > beginning.length && !text.includes(' ', beginning.length);
      if (side !== null && isWithinWord) begun.push(side);
    }
    return begun;
  }
}

/** Where the sequence terms of a normalised text end, in UTF-16 code units; a space at its end ends none. */
export function termEnds(normalised: string): number[] {
  const ends: number[] = [];
  let end = -1;
  for (const term of sequenceTerms(normalised)) {
    const joined = term.charCodeAt(0) === JOINER_CODE;
    end += joined ? term.length - 1 : term.length + 1;
    ends.push(end);
  }
  if (normalised.endsWith(' ')) ends.pop();
  return ends;
}
