import type { Feature } from './feature.ts';

/** For what the user searched before: how much of their searching repeats earlier searches. */
export const OWN_HABIT: Feature = {
  name: 'ownHabit',
  unit: 'share',
  state: 'profile',
  default: 0,
  evidence: 'history',
  write(candidates, context, out, at, stride) {
    const habit = context.profile?.repeatShare ?? 0;
    const { size } = candidates;
    for (let row = 0; row < size; row++) {
      out[row * stride + at] = candidates.history[row]! < 0 ? 0 : habit;
    }
  },
};
