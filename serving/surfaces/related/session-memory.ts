import { normalise } from '../../../dictionaries/normalise.ts';
import type { EventRecord } from '../../../indexer/events/event-record.ts';
import type { EventListener, ReplayedLog } from '../../events/event-listener.ts';
import type { PersonalStore } from '../../events/personal-store.ts';
import { replayWithin } from '../../events/replay-bound.ts';
import { RecentMap } from '../../recent-map.ts';
import { finish, type Sliced } from '../../sliced-work.ts';
import type { SessionContext, SessionStore } from '../generator.ts';

/** Sessions that are remembered, the latest half of them at least, and what of each. */
const MOST_SESSIONS = 100_000;
const MOST_QUERIES = 64;
const MOST_VIDEOS = 16;
/** A session that nothing was heard of for so long is over, by the times of events. */
const SESSION_MS = 24 * 3_600_000;

/** What sessions searched and watched, from the events, in bounded memory: the sessions that were heard of last. */
export class SessionMemory implements SessionStore, EventListener, PersonalStore {
  readonly name = 'sessions';
  private readonly sessions = new RecentMap<Remembered>({ entries: MOST_SESSIONS });
  private readonly hashSession: (session: string) => string;
  /** The time of the latest event, in epoch milliseconds. */
  private nowMs = Number.NEGATIVE_INFINITY;

  /** @param hashSession what records name a session by */
  constructor(hashSession: (session: string) => string) {
    this.hashSession = hashSession;
  }

  /** A session goes on when the server was started again between. */
  replayFrom(log: ReplayedLog): number {
    return replayWithin(log, SESSION_MS);
  }

  sessionOf(sessionId: string): SessionContext | null {
    const session = this.sessions.get(this.hashSession(sessionId));
    return session === undefined || this.nowMs - session.latestMs > SESSION_MS ? null : session;
  }

  forgetUser(user: string): number {
    return finish(this.forgetUsers(new Set([user])));
  }

  forgetUsers(users: ReadonlySet<string>): Sliced<number> {
    return this.sessions.deleteWhere(
      ({ user }, session) => (user !== null && users.has(user)) || users.has(session),
    );
  }

  exportUser(user: string): unknown {
    const sessions = [...this.sessions.entries()]
      .filter(([session, { user: owner }]) => owner === user || session === user)
      .map(([, { queries, videos }]) => ({ queries, videos }));
    return sessions.length === 0 ? null : sessions;
  }

  apply({ user, session, event }: EventRecord): void {
    this.nowMs = Math.max(this.nowMs, event.atMs);
    if (session === null || (event.type !== 'search' && event.type !== 'watch')) return;
    const known = this.sessions.get(session);
    const isOver = known === undefined || event.atMs - known.latestMs > SESSION_MS;
    const { queries, videos } = isOver ? NOTHING : known;
    this.sessions.set(session, {
      user: user ?? (isOver ? null : known.user),
      latestMs: Math.max(isOver ? 0 : known.latestMs, event.atMs),
      queries:
        event.type === 'search' ? inFront(normalise(event.query), queries, MOST_QUERIES) : queries,
      videos: event.type === 'watch' ? inFront(event.video, videos, MOST_VIDEOS) : videos,
    });
  }
}

interface Remembered extends SessionContext {
  /** Hash of whose it is, when an event said. */
  readonly user: string | null;
  readonly latestMs: number;
}

const NOTHING: SessionContext = { queries: [], videos: [] };

function inFront(newest: string, others: readonly string[], most: number): readonly string[] {
  if (newest === '') return others;
  return [newest, ...others.filter((other) => other !== newest)].slice(0, most);
}
