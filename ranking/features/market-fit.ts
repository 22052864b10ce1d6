import type { Feature } from './feature.ts';

/** How much of its searches are of the asked market: 0 for all, -1 for half. */
export const MARKET_FIT: Feature = {
  name: 'marketFit',
  unit: 'bits',
  state: 'snapshot',
  default: 0,
  write(candidates, _context, out, at, stride) {
    const { size } = candidates;
    for (let row = 0; row < size; row++) {
      out[row * stride + at] = Math.max(
        LEAST,
        Math.min(0, candidates.popularity[row]! - candidates.mergedPopularity[row]!),
      );
    }
  },
};

const LEAST = -12;
