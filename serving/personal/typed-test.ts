import { JOINER, queryTerms, sequenceTerms } from '../../dictionaries/terms.ts';
import type { Segment } from '../../indexer/segment/segment.ts';
import type { TermRange } from '../../indexer/segment/term-dictionary.ts';
import { KEY_LETTERS, startKey, startMask } from './own-starts.ts';

/** Tells which completions begin with a typed text by their terms, without looking for their places. */
export class PrefixTest {
  /** Whether any completion can pass. */
  readonly isPossible: boolean;
  /** What passes begins with a term from here up to, not with, the next: that tells most apart without a look at them. */
  readonly lowTerm: number;
  readonly highTerm: number;
  /** Whether what begins with one of these terms passes: nothing else is to be looked at. */
  readonly isFirstAll: boolean;
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
    const { low, high } = this.#last;
    this.isPossible = this.#exact.every((term) => term >= 0) && (this.#finished || low < high);
    const [first] = this.#exact;
    this.isFirstAll = first === undefined && !this.#finished;
    this.lowTerm = first ?? (this.#finished ? 0 : low);
    this.highTerm = first === undefined ? (this.#finished ? segment.terms.size : high) : first + 1;
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
  /** Whether starts tell all: nothing that they let through is to be looked at. */
  readonly isTold: boolean;
  readonly #typed: string;
  readonly #patterns: readonly string[];
  /** Of the letters that a text begins with. */
  readonly #prefixKey: number;
  readonly #prefixMask: number;
  /** Of the letters that one of the terms begins with, the longest. */
  readonly #termKey: number;
  readonly #termMask: number;

  constructor(typed: string) {
    this.#typed = ` ${typed}`;
    const terms = queryTerms(typed);
    this.#patterns = terms.map(({ text, script, last }) =>
      script === 'unspaced' ? text : last ? ` ${text}` : ` ${text} `,
    );
    const letters = this.#patterns.map((pattern) => pattern.replace(/^ /, ''));
    const longest = letters.reduce((most, each) => (each.length > most.length ? each : most), '');
    this.#prefixKey = startKey(typed, 0);
    this.#prefixMask = startMask(typed.length);
    this.#termKey = startKey(longest, 0);
    this.#termMask = startMask(longest.length);
    this.isTold = letters.length === 1 && isKeyWhole(typed) && isKeyWhole(longest);
  }

  /**
   * What the starts of a text tell of it: null where it does not hold what is typed. Else, unless `isTold`, the text itself may say otherwise.
   *
   * @param starts as `startsOf` gives them, `from` the first key and `end` one beyond the last
   */
  look(starts: Int32Array, from: number, end: number): Holding {
    if (from < end && ((starts[from]! ^ this.#prefixKey) & this.#prefixMask) === 0) {
      return 'prefix';
    }
    const key = this.#termKey;
    const mask = this.#termMask;
    for (let at = from; at < end; at++) {
      if (((starts[at]! ^ key) & mask) === 0) return 'infix';
    }
    return null;
  }

  /** How a text holds what is typed. @param padded the text with a space before and behind it */
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

/** Whether a key says all letters of a text. */
function isKeyWhole(text: string): boolean {
  return text.length <= KEY_LETTERS && /^[\x20-\x7e]*$/.test(text);
}
