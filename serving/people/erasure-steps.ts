import { setImmediate as nextTurn } from 'node:timers/promises';
import type { EventIntake } from '../events/event-intake.ts';
import type { PersonalStore } from '../events/personal-store.ts';
import { finishInTurns } from '../sliced-work.ts';
import type { ErasedPlace } from './erasure-receipt.ts';
import { findTraces, isOf, mentionsOf, type UserSubject, type Whose } from './user-trail.ts';

/** A log of what was shown to whom. */
export interface ErasableLists {
  erase(subject: {
    readonly mentions: readonly string[];
    matches(list: Whose): boolean;
  }): Promise<number>;
}

/** The places where a user may be kept. */
export interface PeoplePlaces {
  readonly intake: Pick<EventIntake, 'log'>;
  readonly profiles: { forgetUser(user: string): Promise<boolean> };
  /** Takes what was deleted out of the store's files; nothing when absent. */
  readonly scrub?: (() => Promise<void>) | undefined;
  /** Which store keeps profiles, for the receipt. */
  readonly storeName: string;
  /** Asked for once an erasure begins. */
  readonly stores: () => readonly PersonalStore[];
  readonly served: ErasableLists | null;
  /** Ends what is remembered of answers. */
  readonly clearCaches: () => void;
}

/** What erases a user from one place; may be done twice. */
export interface ErasureStep {
  readonly place: string;
  readonly detail: string;
  /** Answers how many entries were removed, beside those that it notes of other places. `isRetried` says that an earlier try may have deleted what is not found now. */
  readonly erase: (
    subject: UserSubject,
    isRetried: boolean,
    noteRemoved?: NoteRemoved,
  ) => Promise<number>;
}

/** To be told how many entries were removed from a store on the way. */
type NoteRemoved = (store: PersonalStore, removed: number) => void;

/** The logs, which others are made from again; so they come before all else. */
export function logSteps({ intake, stores }: PeoplePlaces): readonly ErasureStep[] {
  return [
    {
      place: 'events',
      detail: 'events in the log that named this user, or a session of theirs alone',
      async erase(subject, _isRetried, noteRemoved) {
        const traces = await findTraces(intake.log, subject);
        for (const store of stores()) {
          const removed = store.forgetTraces?.(traces) ?? 0;
          noteRemoved?.(store, removed);
        }
        // While the events are there: without them nobody knows any more what a try that was cut off had to forget.
        for (const store of stores()) await store.persist?.();
        return intake.log.erase({
          mentions: mentionsOf(subject),
          matches: (record) => isOf(subject, record),
        });
      },
    },
  ];
}

/** All else that outlives the process, or that everybody shares. */
export function otherSteps(places: PeoplePlaces): readonly ErasureStep[] {
  const { served, clearCaches, profiles, scrub, storeName } = places;
  return [
    {
      place: 'served lists',
      detail: 'logged lists of suggestions, with the features that ranked them',
      async erase(subject) {
        const mentions = mentionsOf(subject);
        return served?.erase({ mentions, matches: (list) => isOf(subject, list) }) ?? 0;
      },
    },
    {
      place: 'caches',
      detail: 'remembered answers, those to anybody among them, and the hash of the id',
      async erase() {
        clearCaches();
        return 0;
      },
    },
    {
      place: 'profiles',
      detail: `profiles in the feature store (${storeName}) and in memory`,
      async erase(subject, isRetried) {
        let removed = 0;
        for (const hash of mentionsOf(subject)) if (await profiles.forgetUser(hash)) removed++;
        if (removed > 0 || isRetried) await scrub?.();
        return removed;
      },
    },
  ];
}

/**
 * Erases a user from the stores in memory, and so again with every try. Resolves to what became of all places, given what had become of them before. Each look through a store may take milliseconds, and
 * somebody may have had hundreds of sessions: requests have their turn between.
 */
export async function forgetLive(
  stores: readonly PersonalStore[],
  subject: UserSubject,
  before: readonly ErasedPlace[],
): Promise<readonly ErasedPlace[]> {
  const forgotten: ErasedPlace[] = [];
  for (const store of stores) {
    const removed =
      (before.find(({ place }) => place === store.name)?.removed ?? 0) +
      (await forgetIn(store, mentionsOf(subject)));
    forgotten.push(forgottenIn(store, removed));
  }
  const names = new Set(forgotten.map(({ place }) => place));
  return [...before.filter(({ place }) => !names.has(place)), ...forgotten];
}

/** What a receipt says of a store. */
export function forgottenIn({ name, persist }: PersonalStore, removed: number): ErasedPlace {
  const detail =
    persist === undefined ? 'entries in memory' : 'entries in memory and in its checkpoint';
  return { place: name, status: 'erased', removed, detail };
}

async function forgetIn(store: PersonalStore, hashes: readonly string[]): Promise<number> {
  if (store.forgetUsers !== undefined) {
    await nextTurn();
    return finishInTurns(store.forgetUsers(new Set(hashes)));
  }
  let removed = 0;
  for (const hash of hashes) {
    await nextTurn();
    removed += store.forgetUser(hash);
  }
  return removed;
}
