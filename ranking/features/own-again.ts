import { HISTORY_HALF_LIFE_MS } from '../profiles/profile-query.ts';
import type { Feature } from './feature.ts';

/** How many searches of it, decayed, there are for one at the time of the last: more than 0 bits for what was come back to, less for a slip that was put right. */
export const OWN_AGAIN: Feature = {
  name: 'ownAgain',
  unit: 'bits',
  state: 'profile',
  default: 0,
  evidence: 'history',
  write(candidates, context, out, at, stride) {
    const { nowMs, profile } = context;
    const { size } = candidates;
    for (let row = 0; row < size; row++) {
      const place = candidates.history[row]!;
      out[row * stride + at] =
        place < 0 || profile === null
          ? 0
          : Math.log2(profile.decayedCounts[place]! + LEAST) +
            Math.max(0, nowMs - profile.lastMs[place]!) / HISTORY_HALF_LIFE_MS;
    }
  },
};

/** Of what was searched years ago nothing can be told. */
const LEAST = 1e-6;
