import { extendSequence, SEQUENCE_START } from './bound-profile.ts';
import { MOST_TERMS_READ } from './candidate-table.ts';
import type { Feature } from './feature.ts';

/** History by prefix: how often, decayed, the user searched a beginning of it that ends with a term. */
export const SPECIALISES: Feature = {
  name: 'specialises',
  unit: 'log2(1 + searches)',
  state: 'profile',
  default: 0,
  write(candidates, context, out, at, stride) {
    const { size, terms, termCounts } = candidates;
    const sequences = context.profile?.sequences;
    for (let row = 0; row < size; row++) {
      let sum = 0;
      if (sequences !== undefined && sequences.size > 0) {
        const first = row * MOST_TERMS_READ;
        const end = first + Math.min(termCounts[row]!, MOST_TERMS_READ) - 1;
        let hash = SEQUENCE_START;
        for (let i = first; i < end; i++) {
          hash = extendSequence(hash, terms[i]!);
          sum += sequences.get(hash);
        }
      }
      out[row * stride + at] = sum > 0 ? Math.log2(1 + sum) : 0;
    }
  },
};
