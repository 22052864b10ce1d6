import type { Feature } from './feature.ts';

/** Whether it was searched in this session already. */
export const IN_SESSION: Feature = {
  name: 'inSession',
  unit: '0 or 1',
  state: 'session',
  default: 0,
  evidence: 'history',
  write(candidates, context, out, at, stride) {
    const flags = context.profile?.inSession;
    const { size } = candidates;
    for (let row = 0; row < size; row++) {
      const place = candidates.history[row]!;
      out[row * stride + at] = place < 0 || flags === undefined ? 0 : flags[place]!;
    }
  },
};
