import { FROM_TYPO } from './candidate-table.ts';
import type { Feature } from './feature.ts';

/** Whether a typing error must be mended to find it. */
export const CORRECTION: Feature = {
  name: 'correction',
  unit: '0 or 1',
  state: 'request',
  default: 0,
  write(candidates, _context, out, at, stride) {
    const { size } = candidates;
    for (let row = 0; row < size; row++) {
      out[row * stride + at] = (candidates.sources[row]! & FROM_TYPO) === 0 ? 0 : 1;
    }
  },
};
