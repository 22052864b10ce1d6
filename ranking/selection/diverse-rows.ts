import { type CandidateTable, MOST_TERMS_READ } from '../features/candidate-table.ts';

export interface DiversityOptions {
  readonly diversity: number;
  readonly limit: number;
  /** From which term on what is said is compared. */
  readonly firstTerm: number;
  /** Puts the terms of a row into the table, once, before they are looked at; they are there when absent. Most rows are worth too little to be looked at. */
  readonly read?: (row: number) => void;
}

/**
 * Orders the first `count` rows of `ranked`, which come best first, so that what says the same as one above it stands lower: each is worth its score less `diversity` times the largest share of
 * terms that it has in common with one chosen before it (maximal marginal relevance, Carbonell and Goldstein, SIGIR 1998). Puts at most `limit` into `chosen`; returns their number. The
 * first row stays the first; with a diversity of 0 all do.
 */
export function diverseRows(
  candidates: CandidateTable,
  scores: Float32Array,
  ranked: Uint16Array,
  count: number,
  options: DiversityOptions,
  chosen: Uint16Array,
): number {
  const { diversity, limit } = options;
  const wanted = Math.min(limit, count);
  if (diversity === 0) {
    chosen.set(ranked.subarray(0, wanted));
    return wanted;
  }
  likeness.fill(0, 0, count);
  compared.fill(UNREAD, 0, count);
  for (let slot = 0; slot < wanted; slot++) {
    let best = -1;
    let worth = Number.NEGATIVE_INFINITY;
    for (let i = 0; i < count; i++) {
      const score = scores[ranked[i]!]!;
      // Those that follow are worth no more than their scores.
      if (best >= 0 && score <= worth) break;
      // What it has in common with those chosen so far only grows: what is too low already needs no comparison.
      if (compared[i] === TAKEN || score - diversity * likeness[i]! <= worth) continue;
      if (compared[i] === UNREAD) readRow(candidates, ranked[i]!, i, options);
      compareWith(candidates, ranked[i]!, i, options.firstTerm, chosen, slot);
      const own = score - diversity * likeness[i]!;
      if (own > worth) {
        worth = own;
        best = i;
      }
    }
    if (best < 0) return slot;
    compared[best] = TAKEN;
    chosen[slot] = ranked[best]!;
    chosenMarks[slot] = marks[best]!;
  }
  return wanted;
}

/** Reads the row at place `i` of the ranking, which is compared with none yet. */
function readRow(
  candidates: CandidateTable,
  row: number,
  i: number,
  { firstTerm, read }: DiversityOptions,
): void {
  read?.(row);
  compared[i] = 0;
  const { terms, termCounts } = candidates;
  const end = Math.min(termCounts[row]!, MOST_TERMS_READ);
  let mark = 0;
  for (let term = firstTerm; term < end; term++) {
    mark |= 1 << (terms[row * MOST_TERMS_READ + term]! & 31);
  }
  marks[i] = mark;
}

/** Brings the likeness of the row at place `i` of the ranking up to the first `slots` chosen rows. */
function compareWith(
  candidates: CandidateTable,
  row: number,
  i: number,
  firstTerm: number,
  chosen: Uint16Array,
  slots: number,
): void {
  for (let slot = compared[i]!; slot < slots; slot++) {
    if ((chosenMarks[slot]! & marks[i]!) === 0) continue;
    const alike = commonShare(candidates, chosen[slot]!, row, firstTerm);
    if (alike > likeness[i]!) likeness[i] = alike;
  }
  compared[i] = slots;
}

/** Rows that can be chosen from. */
export const MOST_RANKED = 64;
// One selection runs at a time in a thread.
const likeness = new Float32Array(MOST_RANKED);
/** How many of the chosen rows each was compared with, or TAKEN or UNREAD. */
const compared = new Uint8Array(MOST_RANKED);
const TAKEN = 255;
const UNREAD = 254;
/** A bit for each term, which others may have too: rows without a bit in common have no term in common. By place in the ranking, and in the order of choice. */
const marks = new Int32Array(MOST_RANKED);
const chosenMarks = new Int32Array(MOST_RANKED);

/** Share of all terms of both, from a place on, that both have; 0 where one has none there. */
function commonShare(
  { terms, termCounts }: CandidateTable,
  a: number,
  b: number,
  firstTerm: number,
): number {
  const endA = Math.min(termCounts[a]!, MOST_TERMS_READ);
  const endB = Math.min(termCounts[b]!, MOST_TERMS_READ);
  const sizeA = endA - firstTerm;
  const sizeB = endB - firstTerm;
  if (sizeA <= 0 || sizeB <= 0) return 0;
  let common = 0;
  for (let i = firstTerm; i < endA; i++) {
    const term = terms[a * MOST_TERMS_READ + i]!;
    for (let j = firstTerm; j < endB; j++) {
      if (terms[b * MOST_TERMS_READ + j] === term) {
        common++;
        break;
      }
    }
  }
  return common / (sizeA + sizeB - common);
}
