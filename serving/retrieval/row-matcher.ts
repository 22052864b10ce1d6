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

  /** Whether the row passes `test`; `matchers[known]` is known to have a place in it (-1: none is). */
  accepts(row: number, matchers: readonly TermMatcher[], test: RowTest, known: number): boolean {
    const start = this.forward.start(row);
    const end = this.forward.start(row + 1);
    if (test === 'apart') return this.holdsEach(start, end, matchers, known);
    if (test === 'words' && end - start <= 32) return this.holdsWords(start, end, matchers);
    return this.holdsEach(start, end, matchers, known) && this.matches(row, matchers);
  }

  /** Whether, for each matcher but the known one, some piece of the row fits its first. */
  private holdsEach(
    start: number,
    end: number,
    matchers: readonly TermMatcher[],
    known: number,
  ): boolean {
    const { forward } = this;
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

  /** Whether all matchers, each of one piece, have places of their own. Places taken are bits: a row of at most 32 terms. */
  private holdsWords(start: number, end: number, matchers: readonly TermMatcher[]): boolean {
    const { forward } = this;
    let taken = 0;
    for (let index = 0; index < matchers.length; index++) {
      const { spaced, joined } = matchers[index]!;
      let place = start;
      for (; place < end; place++) {
        if ((taken & (1 << (place - start))) !== 0) continue;
        const id = forward.termAt(place);
        if ((id >= spaced.low && id < spaced.high) || (id >= joined.low && id < joined.high)) break;
      }
      if (place === end) return false;
      taken |= 1 << (place - start);
    }
    return true;
  }

  /** Whether the row holds every matcher at places of its own, which `places` then names. */
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

/** How a row is tested against the matchers of one query; `chooseTest` says which. */
export type RowTest = 'apart' | 'words' | 'runs';

/**
 * The cheapest test that is exact. `apart`: no piece fits two matchers, so places that fit are distinct by themselves. `words`:
 * every matcher is one piece. `runs`: some matcher is several pieces, which may overlap another's.
 */
export function chooseTest(matchers: readonly TermMatcher[]): RowTest {
  if (matchers.some(({ kind }) => kind === 'run')) return 'runs';
  const apart = matchers.every(({ spaced, joined }, index) =>
    matchers
      .slice(index + 1)
      .every((other) => !overlap(spaced, other.spaced) && !overlap(joined, other.joined)),
  );
  return apart ? 'apart' : 'words';
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
