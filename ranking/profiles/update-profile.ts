import type { WatchEvent } from '../../indexer/events/event.ts';
import type { EventRecord } from '../../indexer/events/event-record.ts';
import { clampMs } from './decayed-weight.ts';

import { foldRemove } from './fold-remove.ts';
import { foldSearch } from './fold-search.ts';
import { settleLatest } from './latest-search.ts';
import { learnText } from './learning.ts';
import { dataOf } from './plain-data.ts';
import { MOST_VIDEOS, type Profile, SESSION_GAP_MS } from './profile.ts';
import { boundProfile, dropLastVideo } from './profile-bound.ts';
import { packedBytes } from './text-packing.ts';

/** Watching so long counts as much as a search for the same. */
const FULL_WATCH_SECONDS = 120;
/** The least that a watch counts: it was chosen. */
const LEAST_WATCH = 0.1;
/** A suggestion that was taken is mostly followed by its search. */
const CLICK_WEIGHT = 0.25;

/** Whether an event can tell anything of its user. */
export function isTelling({ event, user, session }: EventRecord): boolean {
  if (user === null && session === null) return false;
  const { type } = event;
  return type === 'search' || type === 'watch' || type === 'click' || type === 'remove';
}

/**
 * The profile with one more event of its owner (the record's user; its session where no user is named) folded in: the given one, changed. Reads the record
 * and the profile alone, so that folding a log again gives the same profile. Microseconds; hundreds for the first text of a script.
 */
export function updateProfile(profile: Profile, record: EventRecord): Profile {
  const { event } = record;
  const owner = record.user ?? record.session;
  if (owner === null || !isTelling(record)) return profile;
  const atMs = clampMs(event.atMs);
  noteTime(profile, atMs);
  if (event.type === 'remove') {
    foldRemove(profile, event, owner, atMs);
  } else {
    const data = dataOf(record);
    if (event.type === 'search') {
      if (event.video !== undefined) noteVideo(profile, event.video, atMs);
      if (data.kind === 'search') foldSearch(profile, { data, query: event.query, owner, atMs });
    } else {
      if (event.type === 'watch') noteVideo(profile, event.video, atMs);
      settleLatest(profile);
      learnText(profile, data, event.type === 'watch' ? watchWeight(event) : CLICK_WEIGHT, atMs);
    }
  }
  boundProfile(profile);
  return profile;
}

/** Moves the session on; an event that comes late, soon before it, belongs to it. */
function noteTime(profile: Profile, atMs: number): void {
  const { lastMs, sessionMs } = profile;
  if (lastMs === null || atMs >= lastMs) {
    if (lastMs === null || atMs - lastMs >= SESSION_GAP_MS) profile.sessionMs = atMs;
    profile.lastMs = atMs;
  } else if (atMs < sessionMs && sessionMs - atMs < SESSION_GAP_MS) {
    profile.sessionMs = atMs;
  }
}

function noteVideo(profile: Profile, video: string, atMs: number): void {
  const { videos } = profile;
  const place = videos.findIndex((each) => each.video === video);
  const known = videos[place];
  if (known !== undefined) {
    if (known.atMs >= atMs) return;
    videos.splice(place, 1);
  } else profile.videoBytes += packedBytes(video);
  const later = videos.findIndex((each) => each.atMs <= atMs);
  videos.splice(later < 0 ? videos.length : later, 0, { video, atMs });
  if (videos.length > MOST_VIDEOS) dropLastVideo(profile);
}

/** A number from LEAST_WATCH to 1, whatever the client says. */
function watchWeight({ seconds }: WatchEvent): number {
  const share = seconds / FULL_WATCH_SECONDS;
  return share > LEAST_WATCH ? Math.min(share, 1) : LEAST_WATCH;
}
