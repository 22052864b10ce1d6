import { type EditorialLists, editorialOf } from '../../config/editorial-list.ts';
import type { EventIntake } from '../../events/event-intake.ts';
import type { EventListener } from '../../events/event-listener.ts';
import type { PersonalStore } from '../../events/personal-store.ts';
import { KeptHistory } from '../../personal/kept-history.ts';
import type { ProfileKeeper } from '../../personal/profile-keeper.ts';
import type { ServerClock } from '../../server-clock.ts';
import type { Suppression } from '../../suppression.ts';
import { FreshCompletions } from '../live/fresh-completions.ts';
import { TrendingStore } from '../live/trending-store.ts';
import { BeforeTyping } from './before-typing.ts';
import { NO_HISTORY } from './user-history.ts';

/** The surface, and who is to hear of the events for it. */
export interface CreatedBeforeTyping {
  readonly beforeTyping: BeforeTyping;
  /** What the same events make findable by what is typed; null without events. */
  readonly fresh: FreshCompletions | null;
  readonly listeners: readonly EventListener[];
  readonly personalStores: readonly PersonalStore[];
}

/** The surface before typing of a server; without events it knows what its snapshot knows. */
export function createBeforeTyping(
  events: Pick<EventIntake, 'hasher'> | null,
  profiles: Pick<ProfileKeeper, 'inMemory'> | null,
  clock: ServerClock,
  lists: EditorialLists = {},
  isSuppressed?: Suppression,
): CreatedBeforeTyping {
  const trending = new TrendingStore();
  const nowMs = () => clock.nowMs();
  const editorial = (market: string) => editorialOf(lists, market);
  if (events === null) {
    const same = (id: string) => id;
    const beforeTyping = new BeforeTyping({
      trending,
      history: NO_HISTORY,
      nowMs,
      editorial,
      isSuppressed,
      hashUser: same,
      hashSession: same,
    });
    return { beforeTyping, fresh: null, listeners: [], personalStores: [] };
  }
  const beforeTyping = new BeforeTyping({
    trending,
    history: profiles === null ? NO_HISTORY : new KeptHistory((hash) => profiles.inMemory(hash)),
    nowMs,
    editorial,
    isSuppressed,
    hashUser: (user) => events.hasher.hashUser(user),
    hashSession: (session) => events.hasher.hashSession(session),
  });
  const fresh = new FreshCompletions({ trending, nowMs });
  return {
    beforeTyping,
    fresh,
    listeners: [clock, trending, fresh],
    personalStores: [trending, fresh],
  };
}
