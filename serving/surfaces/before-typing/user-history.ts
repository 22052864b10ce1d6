/** A query that a user searched, as kept. */
export interface HistoryEntry {
  /** Keyed by its user: the same query has another id in another user's history. */
  readonly id: string;
  readonly normalised: string;
  /** As the user wrote it last. */
  readonly surface: string;
  readonly lastMs: number;
  /** How often it was searched. */
  readonly count: number;
  /** Whether the blocklist names it. */
  readonly isBlocked: boolean;
}

/** What users searched, each under the hash of their id (or of their session, for those who name no user). */
export interface UserHistory {
  /** The user's searches, newest first, without what they removed; another list whenever they changed. Memory only. */
  recent(user: string): readonly HistoryEntry[];
  /** Whether the user removed a query and has not searched it since. */
  isRemoved(user: string, normalised: string): boolean;
  /** Whether there is anything that the user removed. */
  hasRemovals(user: string): boolean;
}

export const NO_HISTORY: UserHistory = {
  recent: () => [],
  isRemoved: () => false,
  hasRemovals: () => false,
};
