import { findPersonalData } from '../../dictionaries/safety/personal-data.ts';
import type { UserHasher } from '../../indexer/events/user-hasher.ts';
import { FEATURE_LIST_VERSION } from '../../ranking/features/feature-list.ts';
import type { Ranked } from '../personal/answer-memory.ts';
import type { PlainAsker } from '../personal/asker-profile.ts';
import { readSentIds, readSentQuery } from './sent-answer.ts';
import type { ServedStore } from './served-store.ts';
import type { ServedWindow } from './served-window.ts';

/** An answer to a request for suggestions, as the route sends it. */
export interface ToldAnswer {
  readonly requestId: string;
  /** Plain ids; none for a request that asked not to be personalised. */
  readonly asker: PlainAsker;
  readonly snapshot: string;
  readonly market: string;
  /** Null for one that is that of anybody. */
  readonly ranked: Ranked | null;
  /** What was sent behind the request id: JSON in UTF-8, a code unit a byte. */
  readonly tail: string;
}

/** What the route tells of every answer to somebody, or that was asked not to be personalised. */
export type NoteServed = (answer: ToldAnswer) => void;

export interface RecorderOptions {
  readonly hasher: Pick<UserHasher, 'hashUser' | 'hashSession'>;
  /** Who is being erased. */
  readonly withheld: { has(hash: string | null): boolean };
  readonly window: ServedWindow;
  /** Nothing is logged when null. */
  readonly log: Pick<ServedStore, 'note'> | null;
  /** The wall clock. */
  readonly now: () => number;
}

/** Remembers answers for the events that follow, and logs them: some microseconds, once the answer is on its way. An answer that waits to be logged while its user is erased is not. */
export function createServedRecorder(options: RecorderOptions): NoteServed {
  const { hasher, withheld, window, log, now } = options;
  return ({ requestId, asker, snapshot, market, ranked, tail }) => {
    const { user, session } = hashesOf(hasher, withheld, asker);
    if (user !== null || session !== null) window.note(requestId, { user, session, tail });
    if (log === null) return;
    log.note({
      list: () => {
        const normalised = readSentQuery(tail);
        return {
          requestId,
          atMs: now(),
          user,
          session,
          market,
          snapshot,
          typed: findPersonalData(normalised) === null ? normalised : null,
          ranker: ranked?.ranker ?? null,
          featureVersion: FEATURE_LIST_VERSION,
          ids: readSentIds(tail),
          rows: ranked,
        };
      },
      isWanted: () => !withheld.has(user) && !withheld.has(session),
    });
  };
}

function hashesOf(
  hasher: RecorderOptions['hasher'],
  withheld: RecorderOptions['withheld'],
  asker: PlainAsker,
) {
  const user = asker.user === null ? null : hasher.hashUser(asker.user);
  const session = asker.session === null ? null : hasher.hashSession(asker.session);
  const isHeld = withheld.has(user) || withheld.has(session);
  return isHeld ? { user: null, session: null } : { user, session };
}
