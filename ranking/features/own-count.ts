import type { Feature } from './feature.ts';

/** How often the user searched it, decayed. */
export const OWN_COUNT: Feature = {
  name: 'ownCount',
  unit: 'log2(1 + searches)',
  state: 'profile',
  default: 0,
  evidence: 'history',
  write(candidates, context, out, at, stride) {
    const counts = context.profile?.decayedCounts;
    const { size } = candidates;
    for (let row = 0; row < size; row++) {
      const place = candidates.history[row]!;
      out[row * stride + at] =
        place < 0 || counts === undefined ? 0 : Math.log2(1 + counts[place]!);
    }
  },
};
