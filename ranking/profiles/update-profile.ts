import type { EventRecord } from '../../indexer/events/event-record.ts';
import type { Profile } from './profile.ts';

/** Whether an event can tell anything of its user. */
export function isTelling({ event, user, session }: EventRecord): boolean {
  if (user === null && session === null) return false;
  const { type } = event;
  return type === 'search' || type === 'watch' || type === 'click' || type === 'remove';
}

/**
 * The profile with one more event of its owner (the record's user; its session where no user is named) folded in: the given one, changed. Reads the record
 * and the profile alone, so that folding a log again gives the same profile.
 */
export function updateProfile(profile: Profile, record: EventRecord): Profile {
  if (!isTelling(record)) return profile;
  return profile;
}
