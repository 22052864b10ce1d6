import { extendSequence, SEQUENCE_START } from './bound-profile.ts';
import { MOST_TERMS_READ } from './candidate-table.ts';
import type { Feature } from './feature.ts';

/** History by entity: the share of the user's tastes that the entities in it have, the most liked one counting. */
export const ENTITY_TASTE: Feature = {
  name: 'entityTaste',
  unit: 'share',
  state: 'profile',
  default: 0,
  write(candidates, context, out, at, stride) {
    const { size, terms, termCounts } = candidates;
    const entities = context.profile?.entities;
    const longest = context.profile?.longestEntity ?? 0;
    for (let row = 0; row < size; row++) {
      let most = 0;
      if (entities !== undefined && longest > 0) {
        const first = row * MOST_TERMS_READ;
        const end = first + Math.min(termCounts[row]!, MOST_TERMS_READ);
        for (let from = first; from < end; from++) {
          let hash = SEQUENCE_START;
          const to = Math.min(end, from + longest);
          for (let i = from; i < to; i++) {
            hash = extendSequence(hash, terms[i]!);
            const share = entities.get(hash);
            if (share > most) most = share;
          }
        }
      }
      out[row * stride + at] = most;
    }
  },
};
