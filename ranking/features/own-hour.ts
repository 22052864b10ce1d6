import type { Feature } from './feature.ts';

/** Time of day: for what the user searched before, 1 when that was at this time of the day, -1 when it was twelve hours off. */
export const OWN_HOUR: Feature = {
  name: 'ownHour',
  unit: 'cosine',
  state: 'profile',
  default: 0,
  evidence: 'history',
  write(candidates, context, out, at, stride) {
    const { nowMs } = context;
    const lastMs = context.profile?.lastMs;
    const { size } = candidates;
    for (let row = 0; row < size; row++) {
      const place = candidates.history[row]!;
      out[row * stride + at] =
        place < 0 || lastMs === undefined ? 0 : Math.cos((nowMs - lastMs[place]!) * TURN);
    }
  },
};

const TURN = (2 * Math.PI) / 86_400_000;
