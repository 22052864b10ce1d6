import { findPersonalData } from '../../dictionaries/safety/personal-data.ts';
import type { UserHasher } from '../../indexer/events/user-hasher.ts';
import { FEATURE_LIST_VERSION } from '../../ranking/features/feature-list.ts';
import type { Ranked } from '../personal/answer-memory.ts';
import type { PlainAsker } from '../personal/asker-profile.ts';
import { readSentIds, readSentQuery } from './sent-answer.ts';
import type { ServedList } from './served-list.ts';
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

/** Remembers answers for the events that follow, and logs them. About a microsecond; the rest is done when there is time. */
export function createServedRecorder(options: RecorderOptions): NoteServed {
  const { hasher, withheld, window, log, now } = options;
  return ({ requestId, asker, snapshot, market, ranked, tail }) => {
    const hashes = hashesOf(hasher, withheld, asker);
    const { user, session } = hashes;
    if (user !== null || session !== null) window.note(requestId, { user, session, tail });
    if (log === null) return;
    const head = { requestId, atMs: now(), user, session, market, snapshot };
    const ranker = ranked?.ranker ?? null;
    // By the time that there is time they are other ones.
    const features = ranked?.features() ?? NO_FEATURES;
    log.note(() => toList({ ...head, ranker, features }, tail, withheld));
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

type Head = Omit<ServedList, 'typed' | 'featureVersion' | 'ids'>;

/** What is logged; an answer that waited while its user was erased is not. */
function toList(
  head: Head,
  tail: string,
  withheld: RecorderOptions['withheld'],
): ServedList | null {
  if (withheld.has(head.user) || withheld.has(head.session)) return null;
  const normalised = readSentQuery(tail);
  return {
    ...head,
    typed: findPersonalData(normalised) === null ? normalised : null,
    featureVersion: FEATURE_LIST_VERSION,
    ids: readSentIds(tail),
  };
}

const NO_FEATURES = new Float32Array(0);
