import { extendSequence, SEQUENCE_START } from './bound-profile.ts';
import { MOST_TERMS_READ } from './candidate-table.ts';
import type { Feature } from './feature.ts';

/** History by prefix: how often, decayed, the user searched something that goes on after all of it. */
export const GENERALISES: Feature = {
  name: 'generalises',
  unit: 'log2(1 + searches)',
  state: 'profile',
  default: 0,
  write(candidates, context, out, at, stride) {
    const { size, terms, termCounts } = candidates;
    const beginnings = context.profile?.beginnings;
    for (let row = 0; row < size; row++) {
      let value = 0;
      if (beginnings !== undefined && beginnings.size > 0) {
        const first = row * MOST_TERMS_READ;
        const end = first + Math.min(termCounts[row]!, MOST_TERMS_READ);
        let hash = SEQUENCE_START;
        for (let i = first; i < end; i++) hash = extendSequence(hash, terms[i]!);
        const weight = beginnings.get(hash);
        if (weight > 0) value = Math.log2(1 + weight);
      }
      out[row * stride + at] = value;
    }
  },
};
