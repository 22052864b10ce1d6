import type { Feature } from './feature.ts';

/** How many times more it is searched than it used to be. */
export const RISE: Feature = {
  name: 'rise',
  unit: 'bits',
  state: 'counts',
  default: 0,
  write(candidates, _context, out, at, stride) {
    const { size } = candidates;
    for (let row = 0; row < size; row++) {
      out[row * stride + at] = Math.max(-LIMIT, Math.min(LIMIT, candidates.rise[row]!));
    }
  },
};

const LIMIT = 10;
