import type { Feature } from './feature.ts';

/** How much more often than usual at its positions it was taken when it was shown. */
export const CLICK_RATE: Feature = {
  name: 'clickRate',
  unit: 'bits',
  state: 'clicks',
  default: 0,
  write(candidates, _context, out, at, stride) {
    const { size } = candidates;
    for (let row = 0; row < size; row++) {
      out[row * stride + at] = Math.max(-LIMIT, Math.min(LIMIT, candidates.clickRates[row]!));
    }
  },
};

const LIMIT = 8;
