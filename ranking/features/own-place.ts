import type { Feature } from './feature.ts';

/** How many other queries the user searched since; 0 for what they did not search, which `ownQuery` tells apart. */
export const OWN_PLACE: Feature = {
  name: 'ownPlace',
  unit: 'log2(1 + places)',
  state: 'profile',
  default: 0,
  evidence: 'history',
  write(candidates, _context, out, at, stride) {
    const { size } = candidates;
    for (let row = 0; row < size; row++) {
      out[row * stride + at] = Math.log2(1 + Math.max(0, candidates.history[row]!));
    }
  },
};
