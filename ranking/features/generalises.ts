import type { Feature } from './feature.ts';
import { GENERALISES_AT, writeTermEvidence } from './term-evidence.ts';

/** History by prefix: how often, decayed, the user searched something that goes on after all of it. */
export const GENERALISES: Feature = {
  name: 'generalises',
  unit: 'log2(1 + searches)',
  state: 'profile',
  default: 0,
  evidence: 'terms',
  write(candidates, context, out, at, stride) {
    writeTermEvidence(candidates, context, GENERALISES_AT, out, at, stride);
  },
};
