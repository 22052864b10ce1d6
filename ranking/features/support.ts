import type { Feature } from './feature.ts';

/** How many searches of others its popularity rests on: a few are no sure sign. */
export const SUPPORT: Feature = {
  name: 'support',
  unit: 'log2(1 + searches)',
  state: 'snapshot',
  default: 0,
  write(candidates, _context, out, at, stride) {
    const { size, popularity } = candidates;
    for (let row = 0; row < size; row++) {
      out[row * stride + at] =
        popularity[row]! > LEAST ? Math.log2(1 + Math.exp(Math.LN2 * popularity[row]!)) : 0;
    }
  },
};

const LEAST = -20;
