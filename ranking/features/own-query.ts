import type { Feature } from './feature.ts';

/** Whether the user searched it before. */
export const OWN_QUERY: Feature = {
  name: 'ownQuery',
  unit: '0 or 1',
  state: 'profile',
  default: 0,
  evidence: 'history',
  write(candidates, _context, out, at, stride) {
    const { size } = candidates;
    for (let row = 0; row < size; row++) {
      out[row * stride + at] = candidates.history[row]! < 0 ? 0 : 1;
    }
  },
};
