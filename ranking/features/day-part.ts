import type { Feature } from './feature.ts';

/** How much more than evenly the user searches at this time of the day. The same for all candidates: it counts with others, in a factorisation machine. */
export const DAY_PART: Feature = {
  name: 'dayPart',
  unit: 'bits',
  state: 'profile',
  default: 0,
  write(candidates, context, out, at, stride) {
    const value = context.profile?.dayParts[context.dayPart] ?? 0;
    const { size } = candidates;
    for (let row = 0; row < size; row++) {
      out[row * stride + at] = value;
    }
  },
};
