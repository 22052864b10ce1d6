import type { Feature } from './feature.ts';
import { ENTITY_TASTE_AT, writeTermEvidence } from './term-evidence.ts';

/** History by entity: the share of the user's tastes that the entities in it have, the most liked one counting. */
export const ENTITY_TASTE: Feature = {
  name: 'entityTaste',
  unit: 'share',
  state: 'profile',
  default: 0,
  evidence: 'terms',
  write(candidates, context, out, at, stride) {
    writeTermEvidence(candidates, context, ENTITY_TASTE_AT, out, at, stride);
  },
};
