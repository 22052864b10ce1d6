import type { Feature } from './feature.ts';

/** How far down it stands in the order that somebody of whom nothing is known sees, as a number that is not positive. */
export const PLACE: Feature = {
  name: 'place',
  unit: 'places',
  state: 'snapshot',
  default: 0,
  write(candidates, _context, out, at, stride) {
    const { size } = candidates;
    for (let row = 0; row < size; row++) {
      out[row * stride + at] = -candidates.places[row]!;
    }
  },
};
