import type { Feature } from './feature.ts';
import { TERM_TASTE_AT, writeTermEvidence } from './term-evidence.ts';

/** History by term: how much the user searches with its terms, those that few queries hold rather, per term. */
export const TERM_TASTE: Feature = {
  name: 'termTaste',
  unit: 'bits',
  state: 'profile',
  default: 0,
  evidence: 'terms',
  write(candidates, context, out, at, stride) {
    writeTermEvidence(candidates, context, TERM_TASTE_AT, out, at, stride);
  },
};
