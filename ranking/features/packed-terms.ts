import { type CandidateTable, MOST_TERMS_READ } from './candidate-table.ts';
import { isMarked } from './term-evidence.ts';

/**
 * The first terms of rows, packed one after another: where each row ends, the lower halves of the ids, which tell their marks, then the upper ones. Of two hundred rows a profile's marks are
 * looked for in two kilobytes.
 */
export interface PackedTerms {
  readonly halves: Uint16Array;
  /** Where `halves` has the ends of rows, as numbers of terms; the lower halves of the terms; the upper ones. */
  readonly endsAt: number;
  readonly lowsAt: number;
  readonly highsAt: number;
}

/** Halves of a word that so many rows with so many terms take. */
export function packedTermHalves(rows: number, terms: number): number {
  return rows + 2 * terms;
}

/** Terms of all rows of a table, as far as they are looked at. */
export function countTerms({ size, termCounts }: CandidateTable): number {
  let terms = 0;
  for (let row = 0; row < size; row++) terms += Math.min(termCounts[row]!, MOST_TERMS_READ);
  return terms;
}

/** Writes the terms of all rows of a table. */
export function packTerms(
  { size, terms, termCounts }: CandidateTable,
  { halves, endsAt, lowsAt, highsAt }: PackedTerms,
): void {
  let end = 0;
  for (let row = 0; row < size; row++) {
    const first = row * MOST_TERMS_READ;
    const count = Math.min(termCounts[row]!, MOST_TERMS_READ);
    for (let i = 0; i < count; i++, end++) {
      const term = terms[first + i]!;
      halves[lowsAt + end] = term;
      halves[highsAt + end] = term >>> 16;
    }
    halves[endsAt + row] = end;
  }
}

/** Reads the terms of a row into `terms`, from `at` on; gives their number. */
export function unpackTerms(
  { halves, endsAt, lowsAt, highsAt }: PackedTerms,
  row: number,
  terms: Int32Array,
  at: number,
): number {
  const first = row === 0 ? 0 : halves[endsAt + row - 1]!;
  const count = halves[endsAt + row]! - first;
  for (let i = 0; i < count; i++) {
    terms[at + i] = halves[lowsAt + first + i]! | (halves[highsAt + first + i]! << 16);
  }
  return count;
}

/** Whether a row holds a marked term (`markTerm`); where it does not, all that its terms tell is 0. */
export function holdsMarked(
  { halves, endsAt, lowsAt }: PackedTerms,
  row: number,
  marks: Uint32Array,
): boolean {
  const end = lowsAt + halves[endsAt + row]!;
  for (let at = lowsAt + (row === 0 ? 0 : halves[endsAt + row - 1]!); at < end; at++) {
    if (isMarked(marks, halves[at]!)) return true;
  }
  return false;
}
