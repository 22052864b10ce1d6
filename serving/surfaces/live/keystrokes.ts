import { isContinued, type TimedSearch } from '../../../dictionaries/unfinished-search.ts';
import { RecentlyUsed } from '../../recently-used.ts';

/** Users whose last search is remembered. */
const REMEMBERED = 20_000;

/**
 * Tells unfinished searches: some apps log what was typed so far as a search of its own. Remembers one search a user, of the users who searched
 * last, as the index does when it cleans a log.
 */
export class Keystrokes<T extends TimedSearch> {
  readonly #last = new RecentlyUsed<T>({ most: REMEMBERED });

  /** Notes a search; gives the one before when this one shows that it was not finished, else null. */
  note(user: string, search: T): T | null {
    const before = this.#last.get(user);
    this.#last.set(user, search);
    return before !== undefined && isContinued(before, search) ? before : null;
  }

  /** Whether there was something to forget. */
  forget(user: string): boolean {
    return this.#last.delete(user);
  }
}
