import { JOINER, queryTerms, sequenceTerms } from '../../dictionaries/terms.ts';
import type { Segment } from '../../indexer/segment/segment.ts';
import type { TermRange } from '../../indexer/segment/term-dictionary.ts';

/** Tells which completions begin with a typed text by their terms, without looking for their places. */
export class PrefixTest {
  readonly #segment: Segment;
  readonly #exact: readonly number[];
  readonly #last: TermRange;
  readonly #finished: boolean;

  /** @param typed normalised, with its trailing space, if any */
  constructor(segment: Segment, typed: string) {
    this.#segment = segment;
    this.#finished = typed.endsWith(' ');
    const pieces = sequenceTerms(typed.trimEnd());
    const open = this.#finished ? undefined : pieces.at(-1);
    const whole = this.#finished ? pieces : pieces.slice(0, -1);
    this.#exact = whole.map((piece) => idOf(segment, piece));
    this.#last = open === undefined ? { low: 0, high: 0 } : rangeOf(segment, open);
  }

  /** Whether any completion can pass. */
  get isPossible(): boolean {
    return (
      this.#exact.every((term) => term >= 0) && (this.#finished || this.#last.low < this.#last.high)
    );
  }

  /** Whether a completion with this first term can pass: what tells most apart without a look at them. */
  mayHold(firstTerm: number): boolean {
    const [first] = this.#exact;
    if (first !== undefined) return firstTerm === first;
    return this.#finished || (firstTerm >= this.#last.low && firstTerm < this.#last.high);
  }

  holds(id: number): boolean {
    const { forward, terms } = this.#segment;
    const exact = this.#exact;
    const start = forward.start(id);
    const end = forward.start(id + 1);
    const depth = exact.length;
    if (end - start < depth + (this.#finished ? 0 : 1)) return false;
    for (let i = 0; i < depth; i++) if (forward.termAt(start + i) !== exact[i]) return false;
    if (this.#finished)
      return start + depth === end || forward.termAt(start + depth) < terms.spaced;
    const term = forward.termAt(start + depth);
    return term >= this.#last.low && term < this.#last.high;
  }
}

function idOf({ terms }: Segment, piece: string): number {
  const isJoined = piece.startsWith(JOINER);
  return terms.find(isJoined ? piece.slice(JOINER.length) : piece, isJoined);
}

function rangeOf({ terms }: Segment, piece: string): TermRange {
  const isJoined = piece.startsWith(JOINER);
  return terms.prefixRange(isJoined ? piece.slice(JOINER.length) : piece, isJoined);
}

/** How a text holds what is typed. */
export type Holding = 'prefix' | 'infix' | null;

/** Tells how texts that are known as text hold a typed one, by the first two rules of retrieval. */
export class TextTest {
  readonly #typed: string;
  readonly #patterns: readonly string[];

  constructor(typed: string) {
    this.#typed = ` ${typed}`;
    this.#patterns = queryTerms(typed).map(({ text, script, last }) =>
      script === 'unspaced' ? text : last ? ` ${text}` : ` ${text} `,
    );
  }

  /** @param padded the text with a space before and behind it */
  holds(padded: string): Holding {
    if (padded.startsWith(this.#typed)) return 'prefix';
    const patterns = this.#patterns;
    for (let i = 0; i < patterns.length; i++) {
      if (!padded.includes(patterns[i]!)) return null;
    }
    return patterns.length === 0 ? null : this.#distinct(padded);
  }

  /** Whether each term has a place of its own. */
  #distinct(padded: string): Holding {
    const patterns = this.#patterns;
    if (patterns.length === 1) return 'infix';
    const taken: number[] = [];
    for (const pattern of patterns) {
      let at = padded.indexOf(pattern);
      while (at >= 0 && taken.includes(at)) at = padded.indexOf(pattern, at + 1);
      if (at < 0) return null;
      taken.push(at);
    }
    return 'infix';
  }
}
