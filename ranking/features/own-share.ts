import type { Feature } from './feature.ts';

/** Its share of the user's searches, decayed. */
export const OWN_SHARE: Feature = {
  name: 'ownShare',
  unit: 'share',
  state: 'profile',
  default: 0,
  evidence: 'history',
  write(candidates, context, out, at, stride) {
    const counts = context.profile?.decayedCounts;
    const total = context.profile?.totalCount ?? 1;
    const { size } = candidates;
    for (let row = 0; row < size; row++) {
      const place = candidates.history[row]!;
      out[row * stride + at] = place < 0 || counts === undefined ? 0 : counts[place]! / total;
    }
  },
};
