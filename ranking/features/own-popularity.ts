import { LEAST_LOG } from './candidate-table.ts';
import type { Feature } from './feature.ts';

/** For what the user searched before: how popular it is with others, who say little of it then. */
export const OWN_POPULARITY: Feature = {
  name: 'ownPopularity',
  unit: 'bits',
  state: 'profile',
  default: 0,
  evidence: 'history',
  write(candidates, context, out, at, stride) {
    const { size, history, popularity } = candidates;
    for (let row = 0; row < size; row++) {
      const isKnown = history[row]! >= 0 && popularity[row]! > LEAST_LOG;
      out[row * stride + at] = isKnown
        ? Math.max(LEAST, Math.min(0, popularity[row]! - context.topPopularity))
        : 0;
    }
  },
};

const LEAST = -30;
