import type { Feature } from './feature.ts';

/** Place among the user's searches, counted from the oldest that is kept: the newest is highest; 0 for what they did not search. */
export const OWN_ORDER: Feature = {
  name: 'ownOrder',
  unit: 'places',
  state: 'profile',
  default: 0,
  evidence: 'history',
  write(candidates, context, out, at, stride) {
    const entries = context.profile?.entries ?? 0;
    const { size } = candidates;
    for (let row = 0; row < size; row++) {
      out[row * stride + at] =
        candidates.history[row]! < 0 ? 0 : entries - candidates.history[row]!;
    }
  },
};
