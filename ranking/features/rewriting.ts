import { FROM_SCRIPT, FROM_SYNONYM } from './candidate-table.ts';
import type { Feature } from './feature.ts';

/** Whether it is found in another script, or by a synonym or without a stop word. */
export const REWRITING: Feature = {
  name: 'rewriting',
  unit: '0 or 1',
  state: 'request',
  default: 0,
  write(candidates, _context, out, at, stride) {
    const { size } = candidates;
    for (let row = 0; row < size; row++) {
      out[row * stride + at] =
        (candidates.sources[row]! & (FROM_SCRIPT | FROM_SYNONYM)) === 0 ? 0 : 1;
    }
  },
};
