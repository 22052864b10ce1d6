import type { Feature } from './feature.ts';
import { writeThemeLift } from './theme-lift.ts';

/** How much likelier it is in a session that is about the topics of its last queries. */
export const SESSION_TOPIC: Feature = {
  name: 'sessionTopic',
  unit: 'bits',
  state: 'session',
  default: 0,
  write(candidates, context, out, at, stride) {
    writeThemeLift(candidates, context.sessionLifts, out, at, stride);
  },
};
