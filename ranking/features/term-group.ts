import { ENTITY_TASTE } from './entity-taste.ts';
import type { FeatureGroup } from './feature.ts';
import { GENERALISES } from './generalises.ts';
import { SPECIALISES } from './specialises.ts';
import { readTermEvidence, TERM_EVIDENCE } from './term-evidence.ts';
import { TERM_TASTE } from './term-taste.ts';
import { TERMS_KNOWN } from './terms-known.ts';

/** What reads a candidate's terms, in the order of `readTermEvidence`. */
export const TERM_GROUP: FeatureGroup = {
  features: [TERM_TASTE, TERMS_KNOWN, SPECIALISES, GENERALISES, ENTITY_TASTE],
  write(candidates, { profile }, out, at, stride) {
    evidence.fill(0);
    for (let row = 0; row < candidates.size; row++) {
      if (profile !== null) readTermEvidence(candidates, row, profile, evidence);
      for (let i = 0; i < TERM_EVIDENCE; i++) out[row * stride + at[i]!] = evidence[i]!;
    }
  },
};

// Requests are hydrated one at a time.
const evidence = new Float64Array(TERM_EVIDENCE);
