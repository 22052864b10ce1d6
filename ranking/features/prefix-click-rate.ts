import type { Feature } from './feature.ts';

/** The same, after this very typed text. */
export const PREFIX_CLICK_RATE: Feature = {
  name: 'prefixClickRate',
  unit: 'bits',
  state: 'clicks',
  default: 0,
  write(candidates, _context, out, at, stride) {
    const { size } = candidates;
    for (let row = 0; row < size; row++) {
      out[row * stride + at] = Math.max(-LIMIT, Math.min(LIMIT, candidates.prefixClickRates[row]!));
    }
  },
};

const LIMIT = 8;
