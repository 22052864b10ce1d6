import type { Feature } from './feature.ts';

/** How long ago the user searched it last; 0 for what they did not search, which `ownQuery` tells apart. */
export const OWN_AGE: Feature = {
  name: 'ownAge',
  unit: 'log2(1 + hours)',
  state: 'profile',
  default: 0,
  evidence: 'history',
  write(candidates, context, out, at, stride) {
    const { nowMs } = context;
    const lastMs = context.profile?.lastMs;
    const { size } = candidates;
    for (let row = 0; row < size; row++) {
      const place = candidates.history[row]!;
      out[row * stride + at] =
        place < 0 || lastMs === undefined
          ? 0
          : Math.log2(1 + Math.max(0, nowMs - lastMs[place]!) / HOUR_MS);
    }
  },
};

const HOUR_MS = 3_600_000;
