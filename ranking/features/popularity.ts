import type { Feature } from './feature.ts';

/** Static score: how many times rarer it is searched than the most searched of the market, as halvings. Of what nobody else searched: 30. */
export const POPULARITY: Feature = {
  name: 'popularity',
  unit: 'bits',
  state: 'snapshot',
  default: -30,
  write(candidates, context, out, at, stride) {
    const top = context.topPopularity;
    const { size } = candidates;
    for (let row = 0; row < size; row++) {
      out[row * stride + at] = Math.max(LEAST, Math.min(0, candidates.popularity[row]! - top));
    }
  },
};

const LEAST = -30;
