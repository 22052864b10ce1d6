import type { Feature } from './feature.ts';

/** How new it is: the share of its searches that fell in the last week. */
export const NOVELTY: Feature = {
  name: 'novelty',
  unit: 'share',
  state: 'counts',
  default: 0,
  write(candidates, _context, out, at, stride) {
    const { size } = candidates;
    for (let row = 0; row < size; row++) {
      out[row * stride + at] = candidates.novelty[row]!;
    }
  },
};
