import type { JournalEntry } from './erasure-journal.ts';
import { type ErasedPlace, type ErasureReceipt, WHAT_STAYS } from './erasure-receipt.ts';
import type { UserSubject } from './user-trail.ts';

/** An erasure as it goes on. */
export interface RunningErasure {
  /** As it stands in the journal. */
  entry: JournalEntry;
  /** Whether it was begun by an earlier try, or process, which may have deleted what is not found now. */
  isRetried: boolean;
  isDone: boolean;
  /** Why the last try failed; null when it did not. */
  failure: string | null;
  /** The try under way, or the last one; rejects only when the erasure could not be written down, and so was not begun. */
  tried: Promise<void>;
}

/** Whose erasure it is, by all hashes of the user: the one in force. */
export function keyOf(users: readonly string[]): string {
  return users[0] ?? '';
}

/** Who is erased. Sessions are none until they were looked for. */
export function subjectOf({ entry }: RunningErasure): UserSubject {
  return { users: entry.users, sessions: entry.sessions ?? [] };
}

/** How far an erasure is; `places` are the names of all that it goes through. */
export function receiptOf(
  { entry, isDone, failure }: RunningErasure,
  places: readonly string[],
): ErasureReceipt {
  const detail = failure ?? 'it takes longer than an answer waits, and goes on';
  const done = new Set(entry.places.map(({ place }) => place));
  const waiting = places
    .filter((place) => !done.has(place))
    .map((place): ErasedPlace => ({ place, status: 'pending', removed: 0, detail }));
  return {
    erasure: entry.erasure,
    status: isDone ? 'erased' : 'pending',
    begun: new Date(entry.begunMs).toISOString(),
    places: [...entry.places, ...(isDone ? [] : waiting)],
    stays: WHAT_STAYS,
  };
}
