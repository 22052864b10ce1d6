import type { Event } from '../../indexer/events/event.ts';
import type { EventRecord } from '../../indexer/events/event-record.ts';
import type { LoggedSearch, LoggedVideo, PersonalLog } from './personal-log.ts';

/** What is told of a log, in the order of time. */
export interface ReplayListener {
  /** An event was accepted. */
  onEvent(record: EventRecord): void;
  /**
   * A held-out search is about to be typed: nothing of it is told yet, nor what was logged while it was being typed. `atMs` is when its typing began.
   */
  onTyping(search: LoggedSearch, atMs: number): void;
  /** A committed search is over; told after its event, in either part. */
  onCommitted(search: LoggedSearch): void;
}

/**
 * Tells a log as a server would have heard it. Prefixes that were logged while a search was typed are told once that is judged, in its place: they would give
 * away what is being typed.
 */
export function replayLog(log: PersonalLog, listener: ReplayListener): void {
  const { searches, heldOutFromMs, laterVideos } = log;
  const typed = new Map<string, LoggedSearch[]>();
  let offset = 0;
  let nextVideo = 0;
  const tell = (
    event: Event,
    row: { user?: string; session?: string | null; market: string | null },
  ) => {
    const { user = null, session = null, market } = row;
    listener.onEvent({ event, arrivedMs: event.atMs, user, session, market: market ?? 'und' });
  };
  for (const search of searches) {
    for (; (laterVideos[nextVideo]?.atMs ?? Infinity) <= search.atMs; nextVideo++) {
      const video = laterVideos[nextVideo]!;
      tell(videoEvent(video, offset++), { market: video.market });
    }
    const { user } = search;
    if (search.role === 'unfinished') {
      const before = typed.get(user);
      if (before === undefined) typed.set(user, [search]);
      else before.push(search);
      continue;
    }
    const unfinished = typed.get(user) ?? [];
    typed.delete(user);
    const isCommitted = search.role === 'committed';
    if (isCommitted && search.atMs >= heldOutFromMs) {
      listener.onTyping(search, unfinished[0]?.atMs ?? search.atMs);
    }
    for (const each of [...unfinished, search]) tell(searchEvent(each, offset++), each);
    if (isCommitted) listener.onCommitted(search);
  }
}

function searchEvent({ atMs, query, video, clicked }: LoggedSearch, offset: number): Event {
  return {
    ...{ type: 'search', eventId: String(offset), atMs, query },
    ...(video === null ? {} : { video }),
    ...(clicked === null ? {} : { clicked }),
  };
}

function videoEvent(
  { atMs, video, title, description, tags, transcript, creator }: LoggedVideo,
  offset: number,
): Event {
  const eventId = String(offset);
  return { type: 'video', eventId, atMs, video, title, description, tags, transcript, creator };
}
