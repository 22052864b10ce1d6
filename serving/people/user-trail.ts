import { normalise } from '../../dictionaries/normalise.ts';
import { cleanSurface } from '../../dictionaries/surface.ts';
import { creatorOf, requestIdOf } from '../../indexer/events/event.ts';
import type { EventLog } from '../../indexer/events/event-log.ts';
import type { EventRecord } from '../../indexer/events/event-record.ts';
import { historyId } from '../../indexer/events/suggestion-id.ts';
import type { UserTraces } from '../events/personal-store.ts';

/** Who is meant: every hash of the user, and of sessions that are theirs alone. */
export interface UserSubject {
  readonly users: readonly string[];
  readonly sessions: readonly string[];
}

/** Whether a record is of the user: it names them, or nobody and a session of theirs. */
export function isOf({ users, sessions }: UserSubject, record: Whose): boolean {
  if (record.user !== null) return users.includes(record.user);
  return record.session !== null && sessions.includes(record.session);
}

export type Whose = Pick<EventRecord, 'user' | 'session'>;

/** The sessions in which a user, and nobody else, is named. Reads the log twice, looking only at what mentions them. */
export async function findSessions(
  log: Pick<EventLog, 'read'>,
  users: readonly string[],
): Promise<readonly string[]> {
  const sessions = new Set<string>();
  for await (const { record } of log.read(0, users)) {
    if (record.session !== null && record.user !== null && users.includes(record.user)) {
      sessions.add(record.session);
    }
  }
  if (sessions.size === 0) return [];
  for await (const { record } of log.read(0, [...sessions])) {
    if (record.session !== null && record.user !== null && !users.includes(record.user)) {
      sessions.delete(record.session);
    }
  }
  return [...sessions];
}

/** The records of a user, in order. */
export async function* recordsOf(
  log: Pick<EventLog, 'read'>,
  subject: UserSubject,
): AsyncGenerator<EventRecord> {
  for await (const { record } of log.read(0, mentionsOf(subject))) {
    if (isOf(subject, record)) yield record;
  }
}

/** What every record of the user has in its bytes. */
export function mentionsOf({ users, sessions }: UserSubject): readonly string[] {
  return [...users, ...sessions];
}

/** Under which ids what the user did may be held where they are not named. */
export async function findTraces(
  log: Pick<EventLog, 'read'>,
  subject: UserSubject,
): Promise<UserTraces> {
  const suggestionIds = new Set<string>();
  const requestIds = new Set<string>();
  const videos = new Set<string>();
  const tags = new Map<string, Set<string>>();
  for await (const { event, user, session } of recordsOf(log, subject)) {
    const requestId = requestIdOf(event);
    if (requestId !== null) requestIds.add(requestId);
    if (event.type === 'video' || event.type === 'comment') videos.add(event.video);
    if (event.type === 'video') {
      const creator = creatorOf(event);
      tags.set(creator, new Set([...(tags.get(creator) ?? []), ...(event.tags ?? [])]));
    }
    const owner = user ?? session;
    if (event.type === 'search' && owner !== null) {
      suggestionIds.add(historyId(owner, normalise(cleanSurface(event.query))));
    }
  }
  return { suggestionIds, requestIds, videos, tags };
}
