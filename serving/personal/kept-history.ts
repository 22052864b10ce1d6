import { historyId } from '../../indexer/events/suggestion-id.ts';
import { findRemoval } from '../../ranking/profiles/removal.ts';
import type { HistoryEntry, UserHistory } from '../surfaces/before-typing/user-history.ts';
import type { ProfileReading } from './profile-source.ts';

/** Entries that are shown before typing come from so many of the latest. */
const MOST_ENTRIES = 32;

interface ShownHistory {
  readonly revision: number;
  readonly entries: readonly HistoryEntry[];
}

/** What users searched, as their profiles in memory tell it. Who is not in memory has no history: the request reads the profile first. */
export class KeptHistory implements UserHistory {
  readonly #inMemory: (hash: string) => ProfileReading | null;
  /** Ids are digests: they are made once for each change of a profile. */
  readonly #shown = new WeakMap<ProfileReading, ShownHistory>();

  constructor(inMemory: (hash: string) => ProfileReading | null) {
    this.#inMemory = inMemory;
  }

  recent(user: string): readonly HistoryEntry[] {
    const reading = this.#inMemory(user);
    if (reading === null || reading.profile === null) return [];
    const known = this.#shown.get(reading);
    if (known?.revision === reading.revision) return known.entries;
    const entries = reading.profile.history
      .slice(0, MOST_ENTRIES)
      .map(({ normalised, surface, lastMs, count, isBlocked }) => {
        return {
          id: historyId(user, normalised),
          normalised,
          surface,
          lastMs,
          count,
          isBlocked,
        };
      });
    this.#shown.set(reading, { revision: reading.revision, entries });
    return entries;
  }

  hasRemovals(user: string): boolean {
    return (this.#inMemory(user)?.profile?.removed.length ?? 0) > 0;
  }

  isRemoved(user: string, normalised: string): boolean {
    const profile = this.#inMemory(user)?.profile ?? null;
    return profile !== null && findRemoval(profile, user, normalised) >= 0;
  }
}
