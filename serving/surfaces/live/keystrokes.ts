import { LRUCache } from 'lru-cache';

/** A search that the same user's next one, within so long, merely continues was still being typed. */
const PAUSE_MS = 10_000;
/** Users whose last search is remembered. */
const REMEMBERED = 20_000;

/** The last search of a user. */
export interface LastSearch {
  readonly normalised: string;
  readonly atMs: number;
}

/**
 * Tells unfinished searches: some apps log what was typed so far as a search of its own. Remembers one search a user, of the users who searched
 * last, as the index does when it cleans a log.
 */
export class Keystrokes<T extends LastSearch> {
  // Not a Map in the order of use: finding its oldest entry walks over all that were moved.
  readonly #last = new LRUCache<string, T>({ max: REMEMBERED });

  /** Notes a search; gives the one before when this one shows that it was not finished, else null. */
  note(user: string, search: T): T | null {
    const before = this.#last.get(user);
    this.#last.set(user, search);
    return before !== undefined && isContinued(before, search) ? before : null;
  }

  forget(user: string): void {
    this.#last.delete(user);
  }
}

/** Whether a search was a beginning of a later one. */
export function isContinued(earlier: LastSearch, later: LastSearch): boolean {
  const pauseMs = later.atMs - earlier.atMs;
  return (
    pauseMs >= 0 &&
    pauseMs <= PAUSE_MS &&
    earlier.normalised !== later.normalised &&
    later.normalised.startsWith(earlier.normalised)
  );
}
