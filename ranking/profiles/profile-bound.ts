import { STEPS } from './decayed-weight.ts';
import { MOST_PROFILE_BYTES, type Profile, type ProfileQuery } from './profile.ts';
import { profileBytes } from './profile-size.ts';
import { packedBytes } from './text-packing.ts';

/** The latest searches give way last: they lead to the next one. */
const SPARED = 8;
/** Removals that give way to nothing but what can't be spared; with less than 1 KiB left for them they would not be kept. */
const SPARED_REMOVALS = 80;

/**
 * Takes out what matters least until a profile fits into its bytes: of the history, what has the least decayed count, a query that was searched several times
 * counting for more; then the oldest removals, and the videos.
 */
export function boundProfile(profile: Profile): void {
  const { history, removed } = profile;
  while (profileBytes(profile) > MOST_PROFILE_BYTES) {
    if (removed.length > SPARED_REMOVALS) removed.shift();
    else if (history.length > SPARED) dropLeast(profile);
    else if (history.length > 1) profile.searches.remove(history.length - 1);
    else if (removed.length > 0) removed.shift();
    else if (profile.videos.length > 0) dropLastVideo(profile);
    else throw new RangeError('expected tables that leave room for one query');
  }
}

/** Of equal ones, the oldest. */
function dropLeast({ searches }: Profile): void {
  const history = searches.queries;
  let least = history.length - 1;
  let leastWorth = Number.POSITIVE_INFINITY;
  for (let at = history.length - 1; at >= SPARED; at--) {
    const query = history[at];
    if (query === undefined) continue;
    const worth = worthOf(query);
    if (worth >= leastWorth) continue;
    least = at;
    leastWorth = worth;
  }
  searches.remove(least);
}

/** How likely a query is to be searched again, in steps of a half-life: what was come back to is come back to again. */
function worthOf({ weight, count }: ProfileQuery): number {
  return weight + STEPS * (31 - Math.clz32(Math.min(count, 16)));
}

/** Forgets the video that was watched longest ago. */
export function dropLastVideo(profile: Profile): void {
  const last = profile.videos.pop();
  if (last !== undefined) profile.videoBytes -= packedBytes(last.video);
}
