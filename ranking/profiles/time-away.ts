import type { Profile } from './profile.ts';

const DAY_MS = 86_400_000;
/** Nothing that ranks was fitted on longer absences, and weights that halve every month would tell nothing after a few years. */
const MOST_DAYS_AWAY = 90;

/**
 * How much of the time since a user's latest event, in milliseconds, is not counted: who comes back after years, or whose log begins years ago, is known as they
 * were 90 days after that event. Whole days, so that the time of the day stays; 0 for nearly everybody.
 */
export function timeAway({ lastMs }: Profile, nowMs: number): number {
  if (lastMs === null) return 0;
  const daysAway = Math.floor((nowMs - lastMs) / DAY_MS);
  return Math.max(0, daysAway - MOST_DAYS_AWAY) * DAY_MS;
}
