import type { Feature } from './feature.ts';

/** How likely it is searched after the session's last queries, by the query graph: bits above one in a million. */
export const FOLLOW_UP: Feature = {
  name: 'followUp',
  unit: 'bits',
  state: 'session',
  default: 0,
  evidence: 'follow-up',
  write(candidates, _context, out, at, stride) {
    const { size } = candidates;
    for (let row = 0; row < size; row++) {
      out[row * stride + at] = Math.max(0, candidates.followUp[row]! + MILLION);
    }
  },
};

const MILLION = 20;
