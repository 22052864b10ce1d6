import { LRUCache } from 'lru-cache';
import { normalise } from '../../../dictionaries/normalise.ts';
import type { EventRecord } from '../../../indexer/events/event-record.ts';
import type { EventListener } from '../../events/event-listener.ts';
import type { SessionContext, SessionStore } from '../generator.ts';

/** Sessions that are remembered, and what of each. */
const MOST_SESSIONS = 100_000;
const MOST_QUERIES = 64;
const MOST_VIDEOS = 16;
/** A session that nothing was heard of for so long is over, by the times of events. */
const SESSION_MS = 24 * 3_600_000;

/** What sessions searched and watched, from the events, in bounded memory: the sessions that were heard of last. */
export class SessionMemory implements SessionStore, EventListener {
  readonly name = 'sessions';
  private readonly sessions = new LRUCache<string, Remembered>({ max: MOST_SESSIONS });
  private readonly hashSession: (session: string) => string;

  /** @param hashSession what records name a session by */
  constructor(hashSession: (session: string) => string) {
    this.hashSession = hashSession;
  }

  sessionOf(sessionId: string): SessionContext | null {
    return this.sessions.get(this.hashSession(sessionId)) ?? null;
  }

  apply({ session, event }: EventRecord): void {
    if (session === null || (event.type !== 'search' && event.type !== 'watch')) return;
    const known = this.sessions.get(session);
    const isOver = known === undefined || event.atMs - known.latestMs > SESSION_MS;
    const { queries, videos } = isOver ? NOTHING : known;
    this.sessions.set(session, {
      latestMs: Math.max(isOver ? 0 : known.latestMs, event.atMs),
      queries:
        event.type === 'search' ? inFront(normalise(event.query), queries, MOST_QUERIES) : queries,
      videos: event.type === 'watch' ? inFront(event.video, videos, MOST_VIDEOS) : videos,
    });
  }
}

interface Remembered extends SessionContext {
  readonly latestMs: number;
}

const NOTHING: SessionContext = { queries: [], videos: [] };

function inFront(newest: string, others: readonly string[], most: number): readonly string[] {
  if (newest === '') return others;
  return [newest, ...others.filter((other) => other !== newest)].slice(0, most);
}
