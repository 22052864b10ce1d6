import { MOST_TERMS_READ } from './candidate-table.ts';
import type { Feature } from './feature.ts';

/** History by term: the share of its terms that the user searched with. */
export const TERMS_KNOWN: Feature = {
  name: 'termsKnown',
  unit: 'share',
  state: 'profile',
  default: 0,
  write(candidates, context, out, at, stride) {
    const { size, terms, termCounts } = candidates;
    const weights = context.profile?.termWeights;
    for (let row = 0; row < size; row++) {
      let known = 0;
      const count = Math.min(termCounts[row]!, MOST_TERMS_READ);
      if (weights !== undefined && weights.size > 0) {
        const first = row * MOST_TERMS_READ;
        for (let i = first; i < first + count; i++) if (weights.get(terms[i]!) > 0) known++;
      }
      out[row * stride + at] = count === 0 ? 0 : known / count;
    }
  },
};
