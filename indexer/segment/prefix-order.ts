import { JOINER } from '../../dictionaries/terms.ts';
import type { Container, ContainerBuilder } from './container.ts';
import { SegmentError } from './errors.ts';
import type { ForwardIndex } from './forward-index.ts';
import type { TermDictionary } from './term-dictionary.ts';

/**
 * The prefix trie, flattened: all rows in the order of their term sequences, so that what begins with a typed prefix is one
 * range of places.
 *
 *     place   0        1            2               3
 *     row     [new]    [new][york]  [new][yorker]   [paris]      typed "new yo" -> places 1 … 2
 *
 * The first term's range comes from a table of starts, each further term narrows it by binary search over the forward index.
 * A row shorter than the depth sorts before all that continue it. Source: Gog, Pibiri and Venturini, SIGIR 2020,
 * section 3.1, with the trie's levels replaced by the sorted sequences themselves.
 */
export interface PlaceRange {
  readonly low: number;
  /** The place after the last; `low === high` for none. */
  readonly high: number;
}

const NOTHING: PlaceRange = { low: 0, high: 0 };

/** Adds `order.rows` (place to row) and `order.starts` (first term to first place). */
export function writePrefixOrder(
  builder: ContainerBuilder,
  rows: Uint32Array,
  firstTerms: (row: number) => number,
  spacedTerms: number,
): void {
  const starts = new Uint32Array(spacedTerms + 1);
  for (const row of rows) {
    const next = firstTerms(row) + 1;
    starts[next] = starts[next]! + 1;
  }
  for (let term = 1; term <= spacedTerms; term++) starts[term] = starts[term]! + starts[term - 1]!;
  builder.add('order.rows', rows);
  builder.add('order.starts', starts);
}

/** Which rows begin with what was typed: rows in the order of their terms, in which each prefix has a range of places. */
export class PrefixOrder {
  /** Place to row. */
  readonly rows: Uint32Array;
  private readonly starts: Uint32Array;
  private readonly terms: TermDictionary;
  private readonly forward: ForwardIndex;

  constructor(container: Container, terms: TermDictionary, forward: ForwardIndex) {
    this.rows = container.uint32('order.rows');
    this.starts = container.uint32('order.starts');
    this.terms = terms;
    this.forward = forward;
    if (this.rows.length !== forward.rows || this.starts.length !== terms.spaced + 1) {
      throw new SegmentError('bad-section', "segment sections 'order.*': their lengths disagree");
    }
  }

  /**
   * The places of the rows that begin with `pieces` (`sequenceTerms` of what was typed), the last one as a prefix; with
   * `finished` the last one is whole and a space or the end follows it. No pieces: all places.
   */
  locate(pieces: readonly string[], finished: boolean): PlaceRange {
    let low = 0;
    let high = this.rows.length;
    const depthEnd = pieces.length;
    for (let depth = 0; depth < depthEnd; depth++) {
      const piece = pieces[depth]!;
      const joined = piece.startsWith(JOINER);
      const text = joined ? piece.slice(JOINER.length) : piece;
      let termLow: number;
      let termHigh: number;
      if (depth === depthEnd - 1 && !finished) {
        ({ low: termLow, high: termHigh } = this.terms.prefixRange(text, joined));
        if (termLow === termHigh) return NOTHING;
      } else {
        termLow = this.terms.find(text, joined);
        if (termLow < 0) return NOTHING;
        termHigh = termLow + 1;
      }
      if (depth === 0) {
        // The first term of a text never follows anything, so it is a spaced one.
        if (joined) return NOTHING;
        low = this.starts[termLow]!;
        high = this.starts[termHigh]!;
      } else {
        low = this.firstPlace(low, high, depth, termLow);
        high = this.firstPlace(low, high, depth, termHigh);
      }
      if (low === high) return NOTHING;
    }
    if (finished && depthEnd > 0) high = this.firstPlace(low, high, depthEnd, this.terms.spaced);
    return { low, high };
  }

  /**
   * Those rows of `range` whose term at `depth` is one of `termLow` … `termHigh - 1`, given that all of them have the same terms
   * before it. Two binary searches; a table answers at depth 0 over all places.
   */
  narrow(range: PlaceRange, depth: number, termLow: number, termHigh: number): PlaceRange {
    if (depth === 0) {
      const { spaced } = this.terms;
      if (termLow >= spaced) return NOTHING;
      return { low: this.starts[termLow]!, high: this.starts[Math.min(termHigh, spaced)]! };
    }
    const low = this.firstPlace(range.low, range.high, depth, termLow);
    return { low, high: this.firstPlace(low, range.high, depth, termHigh) };
  }

  /** Those rows of `range` that end before `depth`, or go on behind a space there. */
  finish(range: PlaceRange, depth: number): PlaceRange {
    return {
      low: range.low,
      high: this.firstPlace(range.low, range.high, depth, this.terms.spaced),
    };
  }

  /** Where a row stands; of rows with the same terms (aliases) the one of the lower number stands first. */
  placeOf(row: number): number {
    const { rows, forward } = this;
    const first = forward.termAt(forward.start(row));
    let low = this.starts[first]!;
    let high = this.starts[first + 1]!;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const other = rows[middle]!;
      const difference = forward.compare(other, row);
      if (difference < 0 || (difference === 0 && other < row)) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** First place in `low` … `high` whose row has, at `depth`, a term that is not below `term`; a missing one is below all. */
  private firstPlace(low: number, high: number, depth: number, term: number): number {
    const { rows, forward } = this;
    let from = low;
    let to = high;
    while (from < to) {
      const middle = (from + to) >>> 1;
      const row = rows[middle]!;
      const place = forward.start(row) + depth;
      if (place >= forward.start(row + 1) || forward.termAt(place) < term) from = middle + 1;
      else to = middle;
    }
    return from;
  }

  /** @throws SegmentError when the rows are not in strictly ascending order of their terms, or the starts do not fit. */
  verify(completions: number): void {
    const { rows, starts, forward } = this;
    const seen = new Uint8Array(rows.length);
    rows.forEach((row, place) => {
      if (row >= rows.length || seen[row] === 1) {
        throw new SegmentError(
          'broken-order',
          `segment section 'order.rows', place ${place}: expected each row once, got ${row} again or beyond ${rows.length}`,
        );
      }
      seen[row] = 1;
      if (place > 0 && !this.inOrder(rows[place - 1]!, row, completions)) {
        throw new SegmentError(
          'broken-order',
          `segment section 'order.rows', place ${place}: expected its row after that of place ${place - 1}`,
        );
      }
    });
    let place = 0;
    for (let term = 0; term < starts.length; term++) {
      while (place < rows.length && forward.termAt(forward.start(rows[place]!)) < term) place++;
      if (starts[term] !== place) {
        throw new SegmentError(
          'broken-order',
          `segment section 'order.starts', term ${term}: expected place ${place}, got ${starts[term]}`,
        );
      }
    }
  }

  /** Completions differ from each other; an alias may be spelt like a completion or another alias, and stands behind it. */
  private inOrder(before: number, row: number, completions: number): boolean {
    const difference = this.forward.compare(before, row);
    return difference < 0 || (difference === 0 && before < row && row >= completions);
  }
}
