import type { Feature } from './feature.ts';
import { writeThemeLift } from './theme-lift.ts';

/** Taste: how much likelier it is to somebody with the user's topics. */
export const TOPIC_TASTE: Feature = {
  name: 'topicTaste',
  unit: 'bits',
  state: 'profile',
  default: 0,
  write(candidates, context, out, at, stride) {
    writeThemeLift(candidates, context.profile?.themeLifts ?? null, out, at, stride);
  },
};
