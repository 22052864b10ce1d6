import type { Feature } from './feature.ts';
import { TERMS_KNOWN_AT, writeTermEvidence } from './term-evidence.ts';

/** History by term: the share of its terms that the user searched with. */
export const TERMS_KNOWN: Feature = {
  name: 'termsKnown',
  unit: 'share',
  state: 'profile',
  default: 0,
  evidence: 'terms',
  write(candidates, context, out, at, stride) {
    writeTermEvidence(candidates, context, TERMS_KNOWN_AT, out, at, stride);
  },
};
