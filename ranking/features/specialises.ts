import type { Feature } from './feature.ts';
import { SPECIALISES_AT, writeTermEvidence } from './term-evidence.ts';

/** History by prefix: how often, decayed, the user searched a beginning of it that ends with a term. */
export const SPECIALISES: Feature = {
  name: 'specialises',
  unit: 'log2(1 + searches)',
  state: 'profile',
  default: 0,
  evidence: 'terms',
  write(candidates, context, out, at, stride) {
    writeTermEvidence(candidates, context, SPECIALISES_AT, out, at, stride);
  },
};
