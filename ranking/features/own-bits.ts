import type { Feature } from './feature.ts';

/** The logarithm of its share of the user's searches, decayed; 0 for what they did not search, which `ownQuery` tells apart. */
export const OWN_BITS: Feature = {
  name: 'ownBits',
  unit: 'bits',
  state: 'profile',
  default: 0,
  evidence: 'history',
  write(candidates, context, out, at, stride) {
    const counts = context.profile?.decayedCounts;
    const total = context.profile?.totalCount ?? 1;
    const { size } = candidates;
    for (let row = 0; row < size; row++) {
      const place = candidates.history[row]!;
      out[row * stride + at] =
        place < 0 || counts === undefined ? 0 : Math.log2(counts[place]! / total + SMOOTHING);
    }
  },
};

const SMOOTHING = 1e-4;
