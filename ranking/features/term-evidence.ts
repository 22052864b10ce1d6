import { type BoundProfile, extendSequence, SEQUENCE_START } from './bound-profile.ts';
import { type CandidateTable, MOST_TERMS_READ } from './candidate-table.ts';
import type { FeatureContext } from './feature.ts';

/** What a candidate shares with a profile by its terms: places in what `readTermEvidence` fills. */
export const TERM_TASTE_AT = 0;
export const TERMS_KNOWN_AT = 1;
export const SPECIALISES_AT = 2;
export const GENERALISES_AT = 3;
export const ENTITY_TASTE_AT = 4;
/** Numbers of a candidate. */
export const TERM_EVIDENCE = 5;

/** Fills `out` with what the terms of a candidate tell of it to a profile: all of it in one pass over them. */
export function readTermEvidence(
  { terms, termCounts }: CandidateTable,
  row: number,
  profile: BoundProfile,
  out: Float32Array | Float64Array,
): void {
  const count = Math.min(termCounts[row]!, MOST_TERMS_READ);
  readEvidenceOf(terms, row * MOST_TERMS_READ, count, profile, null, out);
}

/**
 * The same of `count` terms from a place on.
 *
 * @param marks of the profile, so that of terms without a mark nothing is looked up; the same without, for twice the time
 */
export function readEvidenceOf(
  terms: Int32Array,
  first: number,
  count: number,
  profile: BoundProfile,
  marks: Uint32Array | null,
  out: Float32Array | Float64Array,
): void {
  const { termWeights, sequences, beginnings, entities, longestEntity } = profile;
  const end = first + count;
  let taste = 0;
  let known = 0;
  let entity = 0;
  let before = 0;
  let after = 0;
  let hash = SEQUENCE_START;
  // What no entry goes on from begins none that is longer.
  let isBeginning =
    beginnings.size + sequences.size > 0 &&
    (marks === null || count === 0 || isMarked(marks, terms[first]!));
  for (let i = first; i < end; i++) {
    const mayCount = marks === null || isMarked(marks, terms[i]!);
    if (mayCount) {
      const weight = termWeights.get(terms[i]!);
      taste += weight;
      if (weight > 0) known++;
    }
    if (isBeginning) {
      hash = extendSequence(hash, terms[i]!);
      const goneOn = beginnings.get(hash);
      if (i + 1 < end) before += sequences.get(hash);
      else after = goneOn;
      isBeginning = goneOn > 0;
    }
    if (!mayCount) continue;
    let part = SEQUENCE_START;
    for (let to = i; to < end && to < i + longestEntity; to++) {
      part = extendSequence(part, terms[to]!);
      const share = entities.get(part);
      if (share > entity) entity = share;
    }
  }
  out[TERM_TASTE_AT] = count === 0 ? 0 : taste / count;
  out[TERMS_KNOWN_AT] = count === 0 ? 0 : known / count;
  out[SPECIALISES_AT] = before > 0 ? Math.log2(1 + before) : 0;
  out[GENERALISES_AT] = after > 0 ? Math.log2(1 + after) : 0;
  out[ENTITY_TASTE_AT] = entity;
}

/** Whether a candidate holds a marked term; where it does not, all that its terms tell is 0. */
export function mayShareTerms(
  { terms, termCounts }: CandidateTable,
  row: number,
  marks: Uint32Array,
): boolean {
  const first = row * MOST_TERMS_READ;
  const end = first + Math.min(termCounts[row]!, MOST_TERMS_READ);
  for (let i = first; i < end; i++) if (isMarked(marks, terms[i]!)) return true;
  return false;
}

/** Whether a term is marked, or shares its mark with one that is; the lower 16 bits of its number are enough. */
export function isMarked(marks: Uint32Array, term: number): boolean {
  const mark = term & (TERM_MARKS - 1);
  return (marks[mark >>> 5]! & (1 << (mark & 31))) !== 0;
}

/** Bits of the marks of a profile's terms: a term sets that of its number, modulo this. */
export const TERM_MARKS = 4_096;

/** Notes a term among the marks of a profile. */
export function markTerm(marks: Uint32Array, term: number): void {
  const mark = term & (TERM_MARKS - 1);
  marks[mark >>> 5]! |= 1 << (mark & 31);
}

/** Writes one of the numbers for each candidate, 0 without a profile. */
export function writeTermEvidence(
  candidates: CandidateTable,
  { profile }: FeatureContext,
  which: number,
  out: Float32Array,
  at: number,
  stride: number,
): void {
  for (let row = 0; row < candidates.size; row++) {
    if (profile !== null) readTermEvidence(candidates, row, profile, evidence);
    out[row * stride + at] = profile === null ? 0 : evidence[which]!;
  }
}

// Requests are hydrated one at a time.
const evidence = new Float64Array(TERM_EVIDENCE);
