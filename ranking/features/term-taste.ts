import { MOST_TERMS_READ } from './candidate-table.ts';
import type { Feature } from './feature.ts';

/** History by term: how much the user searches with its terms, those that few queries hold rather, per term. */
export const TERM_TASTE: Feature = {
  name: 'termTaste',
  unit: 'bits',
  state: 'profile',
  default: 0,
  write(candidates, context, out, at, stride) {
    const { size, terms, termCounts } = candidates;
    const weights = context.profile?.termWeights;
    for (let row = 0; row < size; row++) {
      let sum = 0;
      const count = Math.min(termCounts[row]!, MOST_TERMS_READ);
      if (weights !== undefined && weights.size > 0) {
        const first = row * MOST_TERMS_READ;
        for (let i = first; i < first + count; i++) sum += weights.get(terms[i]!);
      }
      out[row * stride + at] = count === 0 ? 0 : sum / count;
    }
  },
};
