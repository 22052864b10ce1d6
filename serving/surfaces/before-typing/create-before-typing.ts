import type { EventIntake } from '../../events/event-intake.ts';
import type { EventListener } from '../../events/event-listener.ts';
import type { ServerClock } from '../../server-clock.ts';
import { TrendingStore } from '../live/trending-store.ts';
import { BeforeTyping } from './before-typing.ts';
import { MemoryUserHistory } from './memory-user-history.ts';
import { NO_HISTORY } from './user-history.ts';

/** The surface, and who is to hear of the events for it. */
export interface CreatedBeforeTyping {
  readonly beforeTyping: BeforeTyping;
  readonly listeners: readonly EventListener[];
}

/** The surface before typing of a server; without events it knows what its snapshot knows. */
export function createBeforeTyping(
  events: Pick<EventIntake, 'hasher'> | null,
  clock: ServerClock,
): CreatedBeforeTyping {
  const trending = new TrendingStore();
  const nowMs = () => clock.nowMs();
  if (events === null) {
    const same = (id: string) => id;
    const beforeTyping = new BeforeTyping({
      trending,
      history: NO_HISTORY,
      nowMs,
      hashUser: same,
      hashSession: same,
    });
    return { beforeTyping, listeners: [] };
  }
  const history = new MemoryUserHistory();
  const beforeTyping = new BeforeTyping({
    trending,
    history,
    nowMs,
    hashUser: (user) => events.hasher.hashUser(user),
    hashSession: (session) => events.hasher.hashSession(session),
  });
  return { beforeTyping, listeners: [clock, trending, history] };
}
