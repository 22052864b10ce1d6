import type { ForwardIndex } from '../../indexer/segment/forward-index.ts';
import type { TermRange } from '../../indexer/segment/term-dictionary.ts';
import type { TermMatcher } from './query-plan.ts';

/**
 * Whether a row holds every term of a query, distinct terms at distinct places; `places` then says where each one stands.
 *
 * Words are placed greedily: any occurrence of a word serves as well as another. Runs of scripts without spaces may
 * overlap one another, so they are placed with backtracking, at most MAX_STEPS steps a row; a row that needs more counts
 * as no match (only rows and queries that repeat the same few characters do).
 */
const MAX_TERMS = 128;
const MAX_STEPS = 4096;

export class RowMatcher {
  /** After a match: the place, within the row, of each matcher's first piece. */
  readonly places = new Uint32Array(MAX_TERMS);
  private readonly forward: ForwardIndex;
  private readonly ids = new Uint32Array(MAX_TERMS);
  private readonly used = new Uint8Array(MAX_TERMS);
  private length = 0;
  private steps = 0;

  constructor(forward: ForwardIndex) {
    this.forward = forward;
  }

  /**
   * Whether the row has, for each matcher but `matchers[known]`, some piece that fits its first: all there is to ask of
   * matchers that are apart (`areApart`), and a quick no for others.
   */
  holdsEach(row: number, matchers: readonly TermMatcher[], known: number): boolean {
    const { forward } = this;
    const start = forward.start(row);
    const end = forward.start(row + 1);
    for (let index = 0; index < matchers.length; index++) {
      if (index === known) continue;
      const { spaced, joined } = matchers[index]!;
      let place = start;
      for (; place < end; place++) {
        const id = forward.termAt(place);
        if ((id >= spaced.low && id < spaced.high) || (id >= joined.low && id < joined.high)) break;
      }
      if (place === end) return false;
    }
    return true;
  }

  matches(row: number, matchers: readonly TermMatcher[]): boolean {
    const { forward, ids } = this;
    const start = forward.start(row);
    this.length = forward.start(row + 1) - start;
    for (let i = 0; i < this.length; i++) {
      ids[i] = forward.termAt(start + i);
      this.used[i] = 0;
    }
    this.steps = 0;
    return this.placeFrom(0, matchers);
  }

  private placeFrom(index: number, matchers: readonly TermMatcher[]): boolean {
    const matcher = matchers[index];
    if (matcher === undefined) return true;
    const pieces = 1 + matcher.rest.length;
    const last = this.length - pieces;
    // A matcher like the one before it goes after it: their order makes no difference.
    const previous = matchers[index - 1];
    const from =
      previous !== undefined && isAlike(previous, matcher) ? this.places[index - 1]! + 1 : 0;
    for (let place = from; place <= last; place++) {
      if (!this.fits(matcher, place)) continue;
      this.places[index] = place;
      this.used.fill(1, place, place + pieces);
      if (this.placeFrom(index + 1, matchers)) return true;
      // Another place of the same word would leave the others the same choice.
      if (matcher.kind !== 'run' || ++this.steps > MAX_STEPS) return false;
      this.used.fill(0, place, place + pieces);
    }
    return false;
  }

  private fits({ spaced, joined, rest }: TermMatcher, place: number): boolean {
    const first = this.ids[place]!;
    if (this.used[place] === 1) return false;
    if (!holds(spaced, first) && !holds(joined, first)) return false;
    for (let i = 0; i < rest.length; i++) {
      const next = place + 1 + i;
      if (this.used[next] === 1 || !holds(rest[i]!, this.ids[next]!)) return false;
    }
    return true;
  }
}

function holds(range: TermRange, id: number): boolean {
  return id >= range.low && id < range.high;
}

/** Whether no piece can fit two of the matchers and each matcher is one piece: then any places that fit are distinct. */
export function areApart(matchers: readonly TermMatcher[]): boolean {
  return matchers.every(
    ({ spaced, joined, rest }, index) =>
      rest.length === 0 &&
      matchers
        .slice(index + 1)
        .every((other) => !overlap(spaced, other.spaced) && !overlap(joined, other.joined)),
  );
}

function overlap(a: TermRange, b: TermRange): boolean {
  return a.low < b.high && b.low < a.high;
}

function isAlike(a: TermMatcher, b: TermMatcher): boolean {
  return (
    a.kind === b.kind &&
    isSame(a.spaced, b.spaced) &&
    isSame(a.joined, b.joined) &&
    a.rest.length === b.rest.length &&
    a.rest.every((range, i) => isSame(range, b.rest[i]!))
  );
}

function isSame(a: TermRange, b: TermRange): boolean {
  return a.low === b.low && a.high === b.high;
}
