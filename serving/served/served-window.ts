import { LRUCache } from 'lru-cache';
import { normalise } from '../../dictionaries/normalise.ts';
import type { PersonalStore } from '../events/personal-store.ts';

const MOST_ANSWERS = 20_000;
const MOST_CHARACTERS = 32 * 1024 * 1024;
/** What an answer takes besides its text. */
const LEAST = 256;

/** A suggestion as it was shown. */
export interface ShownItem {
  readonly id: string;
  readonly text: string;
}

/** An answer whose events may come. */
export interface ShownAnswer {
  /** Hashes; null for none. */
  readonly user: string | null;
  readonly session: string | null;
  /** Characters that are held, about. */
  readonly size: number;
  readonly items: () => readonly ShownItem[];
}

/** The answers of the last requests of somebody, in bounded memory: what a click took is what was shown then. */
export class ServedWindow implements PersonalStore {
  readonly name = 'answers under way';
  readonly #answers = new LRUCache<string, ShownAnswer>({
    max: MOST_ANSWERS,
    maxSize: MOST_CHARACTERS,
    sizeCalculation: ({ size }) => LEAST + size,
  });

  note(requestId: string, answer: ShownAnswer): void {
    this.#answers.set(requestId, answer);
  }

  /** The normalised form of what a request showed under an id; null where it is not known any more. Microseconds; tens for an answer that was not asked about before. */
  servedItem(requestId: string, id: string): string | null {
    const item = this.#answers
      .peek(requestId)
      ?.items()
      .find((each) => each.id === id);
    return item === undefined ? null : normalise(item.text);
  }

  forgetUser(hash: string): number {
    let removed = 0;
    for (const [requestId, { user, session }] of [...this.#answers.entries()]) {
      if (user !== hash && (user !== null || session !== hash)) continue;
      this.#answers.delete(requestId);
      removed++;
    }
    return removed;
  }
}
