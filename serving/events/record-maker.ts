import { type Event, type ReceivedEvent, requestIdOf } from '../../indexer/events/event.ts';
import type { Enrichment, EventRecord } from '../../indexer/events/event-record.ts';
import type { UserHasher } from '../../indexer/events/user-hasher.ts';
import type { Withheld } from './withheld.ts';

export interface RecordMakerOptions {
  readonly hasher: UserHasher;
  readonly withheld: Withheld;
  /** Whether the request of this id asked not to be personalised: events that name it are stored without their user. Never, when absent. */
  readonly isAnonymousRequest?: ((requestId: string) => boolean) | undefined;
  /** What is stored beside an event of what is known when it is accepted; nothing when absent. */
  readonly enrich?: ((record: EventRecord) => Enrichment | null) | undefined;
}

/** Makes of events as they came what may be stored: whom they name as hashes, or not at all, and beside them what is known now. */
export class RecordMaker {
  readonly #options: RecordMakerOptions;

  constructor(options: RecordMakerOptions) {
    this.#options = options;
  }

  make({ event, user, session, market }: ReceivedEvent, arrivedMs: number): EventRecord {
    const { hasher, enrich } = this.#options;
    // The session goes with the user: other events of the session may name who it is.
    const isAnonymous = this.#isAnonymous(event);
    const record = this.withoutWithheld({
      event,
      arrivedMs,
      user: user === null || isAnonymous ? null : hasher.hashUser(user),
      session: session === null || isAnonymous ? null : hasher.hashSession(session),
      market,
    });
    const enriched = enrich?.(record) ?? null;
    if (enriched === null) return record;
    // Field by field: a spread costs several times as much, for each event.
    return {
      event,
      arrivedMs,
      user: record.user,
      session: record.session,
      market,
      enriched,
    };
  }

  /** A record without whom it names, where that is somebody who is being erased. */
  withoutWithheld(record: EventRecord): EventRecord {
    const { user, session } = record;
    const { withheld } = this.#options;
    const isHeld = withheld.has(user) || withheld.has(session);
    return isHeld ? { ...record, user: null, session: null } : record;
  }

  #isAnonymous(event: Event): boolean {
    const requestId = requestIdOf(event);
    return requestId !== null && (this.#options.isAnonymousRequest?.(requestId) ?? false);
  }
}
