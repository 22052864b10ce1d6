import { FROM_PREFIX } from './candidate-table.ts';
import type { Feature } from './feature.ts';

/** Whether it begins with what is typed. */
export const PREFIX_MATCH: Feature = {
  name: 'prefixMatch',
  unit: '0 or 1',
  state: 'request',
  default: 0,
  write(candidates, _context, out, at, stride) {
    const { size } = candidates;
    for (let row = 0; row < size; row++) {
      out[row * stride + at] = (candidates.sources[row]! & FROM_PREFIX) === 0 ? 0 : 1;
    }
  },
};
