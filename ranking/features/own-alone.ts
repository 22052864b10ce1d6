import type { Feature } from './feature.ts';

/** Whether only the user's own searches know it: it is no completion. */
export const OWN_ALONE: Feature = {
  name: 'ownAlone',
  unit: '0 or 1',
  state: 'profile',
  default: 0,
  evidence: 'history',
  write(candidates, _context, out, at, stride) {
    const { size } = candidates;
    for (let row = 0; row < size; row++) {
      out[row * stride + at] = candidates.ids[row]! < 0 && candidates.history[row]! >= 0 ? 1 : 0;
    }
  },
};
