import { FROM_INFIX } from './candidate-table.ts';
import type { Feature } from './feature.ts';

/** Whether it holds the typed words in any order. */
export const INFIX_MATCH: Feature = {
  name: 'infixMatch',
  unit: '0 or 1',
  state: 'request',
  default: 0,
  write(candidates, _context, out, at, stride) {
    const { size } = candidates;
    for (let row = 0; row < size; row++) {
      out[row * stride + at] = (candidates.sources[row]! & FROM_INFIX) === 0 ? 0 : 1;
    }
  },
};
