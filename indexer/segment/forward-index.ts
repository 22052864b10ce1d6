import type { Container, ContainerBuilder } from './container.ts';
import { SegmentError } from './errors.ts';
import { bitWidth, maskOf, packIntegers, readPacked } from './packed-integers.ts';

/**
 * Rows to their term ids, in order. Rows 0 … n-1 are the completions by id; rows from n on are aliases. Term ids are packed at
 * the least width that holds the largest; a row's start is a 32-bit base each 64 rows and a 16-bit rest (a row has at
 * most 128 terms, so 64 rows stay below 65,536).
 */
const ROWS_A_BASE_SHIFT = 6;
const MAX_TERMS_A_ROW = 128;

/** Adds the sections `forward.*` for rows given as `starts` (rows + 1 entries) into `terms`. */
export function writeForwardIndex(
  builder: ContainerBuilder,
  terms: Uint32Array,
  starts: Uint32Array,
  termCount: number,
): void {
  const rows = starts.length - 1;
  const bases = new Uint32Array((rows >>> ROWS_A_BASE_SHIFT) + 1);
  const rests = new Uint16Array(rows + 1);
  for (let row = 0; row <= rows; row++) {
    const base = row >>> ROWS_A_BASE_SHIFT;
    if ((row & 63) === 0) bases[base] = starts[row]!;
    if (row < rows && starts[row + 1]! - starts[row]! > MAX_TERMS_A_ROW) {
      throw new SegmentError('bad-input', `row ${row}: expected at most ${MAX_TERMS_A_ROW} terms`);
    }
    rests[row] = starts[row]! - bases[base]!;
  }
  const width = bitWidth(Math.max(0, termCount - 1));
  builder.add('forward.terms', packIntegers(terms, width));
  builder.add('forward.bases', bases);
  builder.add('forward.rests', rests);
  builder.add('forward.shape', Uint32Array.of(rows, width, terms.length));
}

/** Which terms a row has, in their order. */
export class ForwardIndex {
  readonly rows: number;
  private readonly words: Uint32Array;
  private readonly bases: Uint32Array;
  private readonly rests: Uint16Array;
  private readonly width: number;
  private readonly mask: number;
  private readonly entries: number;

  constructor(container: Container) {
    this.words = container.uint32('forward.terms');
    this.bases = container.uint32('forward.bases');
    this.rests = container.uint16('forward.rests');
    const shape = container.uint32('forward.shape');
    this.rows = shape[0] ?? 0;
    this.width = shape[1] ?? 0;
    this.entries = shape[2] ?? 0;
    this.mask = maskOf(this.width);
    const expectedWords = Math.ceil(this.entries / 32) * this.width + 1;
    if (
      shape.length !== 3 ||
      this.width < 1 ||
      this.width > 32 ||
      this.words.length !== expectedWords ||
      this.rests.length !== this.rows + 1 ||
      this.bases.length !== (this.rows >>> ROWS_A_BASE_SHIFT) + 1
    ) {
      throw new SegmentError('bad-section', "segment sections 'forward.*': their lengths disagree");
    }
  }

  /** Where the row's terms begin; `start(row + 1)` is where they end. */
  start(row: number): number {
    return this.bases[row >>> ROWS_A_BASE_SHIFT]! + this.rests[row]!;
  }

  /** The term id at a place between `start(row)` and `start(row + 1)`. */
  termAt(place: number): number {
    return readPacked(this.words, this.width, this.mask, place);
  }

  /** The row's term ids, in order. */
  rowTerms(row: number): number[] {
    const ids: number[] = [];
    const end = this.start(row + 1);
    for (let place = this.start(row); place < end; place++) ids.push(this.termAt(place));
    return ids;
  }

  /** Compares two rows by their term ids, a shorter row before those that it begins. */
  compare(rowA: number, rowB: number): number {
    let a = this.start(rowA);
    let b = this.start(rowB);
    const endA = this.start(rowA + 1);
    const endB = this.start(rowB + 1);
    for (; a < endA && b < endB; a++, b++) {
      const difference = this.termAt(a) - this.termAt(b);
      if (difference !== 0) return difference;
    }
    return endA - a - (endB - b);
  }

  /** @throws SegmentError when a row is empty or too long, or names a term that does not exist. */
  verify(termCount: number, spacedTerms: number): void {
    for (let row = 0; row < this.rows; row++) {
      const start = this.start(row);
      const end = this.start(row + 1);
      if (end <= start || end - start > MAX_TERMS_A_ROW || end > this.entries) {
        throw new SegmentError(
          'broken-order',
          `segment section 'forward.rests', row ${row}: expected 1 to ${MAX_TERMS_A_ROW} terms, got places ${start} to ${end}`,
        );
      }
      for (let place = start; place < end; place++) {
        const limit = place === start ? spacedTerms : termCount;
        const term = this.termAt(place);
        if (term >= limit) {
          throw new SegmentError(
            'broken-order',
            `segment section 'forward.terms', row ${row}: expected a term below ${limit}, got ${term}`,
          );
        }
      }
    }
  }
}
