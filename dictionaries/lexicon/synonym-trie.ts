import { JOINER, sequenceTerms } from '../terms.ts';

/** A typed side of rules: what it may be replaced with. */
export interface TypedTerm {
  /** Normalised. */
  readonly text: string;
  readonly found: readonly string[];
}

interface Node {
  children: Map<string, Node> | null;
  term: TypedTerm | null;
}

const JOINER_CODE = JOINER.charCodeAt(0);
/** Terms with one beginning that are looked at: a bound on the time that a short beginning takes. */
const MOST_BEGUN = 64;

/**
 * Finds terms of several words inside typed texts: a trie whose steps are sequence terms, so that ends of words count in spaced
 * scripts and ends of characters in the others. Beside it the terms in order, for those that are only begun.
 */
export class SynonymTrie {
  readonly size: number;
  readonly #root: Node = { children: null, term: null };
  readonly #sorted: readonly TypedTerm[];

  /** @param found by normalised term, what each may be replaced with */
  constructor(found: ReadonlyMap<string, readonly string[]>) {
    this.size = found.size;
    this.#sorted = [...found]
      .map(([text, others]) => ({ text, found: others }))
      .sort((a, b) => (a.text < b.text ? -1 : 1));
    for (const term of this.#sorted) this.#add(term);
  }

  #add(term: TypedTerm): void {
    let node = this.#root;
    for (const step of sequenceTerms(term.text)) {
      node.children ??= new Map();
      let child = node.children.get(step);
      if (child === undefined) {
        child = { children: null, term: null };
        node.children.set(step, child);
      }
      node = child;
    }
    node.term = term;
  }

  /**
   * Calls `onTerm` for each term whose sequence terms stand in `typed` from `first` on, the shorter first, with its length in UTF-16 code
   * units. Gives whether all of `typed` but the last is the beginning of a term: only then can a longer one be begun.
   */
  walk(
    typed: readonly string[],
    first: number,
    onTerm: (term: TypedTerm, length: number) => void,
  ): boolean {
    let node = this.#root;
    for (let at = first; at < typed.length; at++) {
      if (node.children === null) return false;
      const step = typed[at]!;
      const isJoined = at === first && step.charCodeAt(0) === JOINER_CODE;
      const child = node.children.get(isJoined ? step.slice(1) : step);
      if (child === undefined) return at === typed.length - 1;
      if (child.term !== null) onTerm(child.term, child.term.text.length);
      node = child;
    }
    return true;
  }

  /** The terms that go on behind `beginning` within a word, in code unit order; of very many the first ones. */
  begunWith(beginning: string): TypedTerm[] {
    const sorted = this.#sorted;
    let low = 0;
    let high = sorted.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (sorted[middle]!.text < beginning) low = middle + 1;
      else high = middle;
    }
    const begun: TypedTerm[] = [];
    const end = Math.min(sorted.length, low + MOST_BEGUN);
    for (let at = low; at < end; at++) {
      const term = sorted[at]!;
      if (!term.text.startsWith(beginning)) break;
      const rest = term.text.slice(beginning.length);
      if (rest !== '' && !rest.includes(' ')) begun.push(term);
    }
    return begun;
  }
}
