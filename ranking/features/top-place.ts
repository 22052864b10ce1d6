import type { Feature } from './feature.ts';

/** The same, told apart at the top rather: 1 for the first, 1/2 for the second. */
export const TOP_PLACE: Feature = {
  name: 'topPlace',
  unit: '1',
  state: 'snapshot',
  default: 0,
  write(candidates, _context, out, at, stride) {
    const { size } = candidates;
    for (let row = 0; row < size; row++) {
      out[row * stride + at] = 1 / (1 + candidates.places[row]!);
    }
  },
};
