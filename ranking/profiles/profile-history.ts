import { historyId } from '../../indexer/events/suggestion-id.ts';
import type { Profile, ProfileQuery } from './profile.ts';
import { findRemoval } from './removal.ts';

/** A query of a user's history, as it is shown. */
export interface ShownQuery extends Omit<ProfileQuery, 'weight' | 'storedBytes'> {
  /** Keyed by its user: the same query has another id in another user's history. */
  readonly id: string;
}

/** What a user searched. */
export interface ProfileHistory {
  /** Newest first, without what was removed. */
  recent(): readonly ShownQuery[];
  /** Whether the user removed a query and has not searched it since. */
  isRemoved(normalised: string): boolean;
}

/** The history of a profile; `user` is the hash of whose it is. */
export function profileHistory(profile: Profile, user: string): ProfileHistory {
  return {
    recent: () => profile.history.map((query) => new OwnQuery(user, query)),
    isRemoved: (normalised) => findRemoval(profile, user, normalised) >= 0,
  };
}

/** Works its id out when asked: most are never shown, and a digest costs a microsecond. */
class OwnQuery implements ShownQuery {
  readonly normalised: string;
  readonly surface: string;
  readonly lastMs: number;
  readonly count: number;
  readonly isBlocked: boolean;
  readonly #user: string;

  constructor(user: string, { normalised, surface, lastMs, count, isBlocked }: ProfileQuery) {
    this.normalised = normalised;
    this.surface = surface;
    this.lastMs = lastMs;
    this.count = count;
    this.isBlocked = isBlocked;
    this.#user = user;
  }

  get id(): string {
    return historyId(this.#user, this.normalised);
  }
}
