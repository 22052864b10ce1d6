import type { BoundProfile } from './bound-profile.ts';
import { type CandidateTable, MOST_TERMS_READ } from './candidate-table.ts';
import { ENTITY_TASTE } from './entity-taste.ts';
import type { FeatureGroup } from './feature.ts';
import { GENERALISES } from './generalises.ts';
import { SPECIALISES } from './specialises.ts';
import { readEvidenceOf, TERM_EVIDENCE } from './term-evidence.ts';
import { TERM_TASTE } from './term-taste.ts';
import { TERMS_KNOWN } from './terms-known.ts';

/** What reads a candidate's terms, in the order of `readTermEvidence`. */
export const TERM_GROUP: FeatureGroup = {
  features: [TERM_TASTE, TERMS_KNOWN, SPECIALISES, GENERALISES, ENTITY_TASTE],
  write(candidates, { profile }, out, at, stride) {
    writeEvidence(candidates, profile, null, out, at, stride);
  },
};

/** The same in less time: of terms that the profile did not mark nothing is looked up. */
export const MARKED_TERM_GROUP: FeatureGroup = {
  features: TERM_GROUP.features,
  write(candidates, { profile }, out, at, stride) {
    writeEvidence(candidates, profile, profile?.termMarks ?? null, out, at, stride);
  },
};

function writeEvidence(
  { size, terms, termCounts }: CandidateTable,
  profile: BoundProfile | null,
  marks: Uint32Array | null,
  out: Float32Array,
  at: readonly number[],
  stride: number,
): void {
  evidence.fill(0);
  for (let row = 0; row < size; row++) {
    if (profile !== null) {
      const count = Math.min(termCounts[row]!, MOST_TERMS_READ);
      readEvidenceOf(terms, row * MOST_TERMS_READ, count, profile, marks, evidence);
    }
    for (let i = 0; i < TERM_EVIDENCE; i++) out[row * stride + at[i]!] = evidence[i]!;
  }
}

// Requests are hydrated one at a time.
const evidence = new Float64Array(TERM_EVIDENCE);
