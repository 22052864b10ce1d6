import type { Feature } from './feature.ts';

/** How often it was searched lately, by everybody, decayed with a half-life of a week. */
export const WEEK_COUNT: Feature = {
  name: 'weekCount',
  unit: 'log2(1 + searches)',
  state: 'counts',
  default: 0,
  write(candidates, _context, out, at, stride) {
    const { size } = candidates;
    for (let row = 0; row < size; row++) {
      const count = candidates.weekCounts[row]!;
      out[row * stride + at] = count > 0 ? Math.log2(1 + count) : 0;
    }
  },
};
