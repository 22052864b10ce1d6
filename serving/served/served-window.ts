import { normalise } from '../../dictionaries/normalise.ts';
import type { PersonalStore } from '../events/personal-store.ts';
import { RecentMap } from '../recent-map.ts';
import { finish, type Sliced } from '../sliced-work.ts';
import { findSentText, readSentQuery } from './sent-answer.ts';

const MOST_ANSWERS = 20_000;
const MOST_CHARACTERS = 32 * 1024 * 1024;
/** What an answer takes besides its text. */
const LEAST = 256;

/** An answer whose events may come. */
export interface ShownAnswer {
  /** Hashes; null for none. */
  readonly user: string | null;
  readonly session: string | null;
  /** What was sent, as a route writes it. */
  readonly tail: string;
}

/** The answers of the last requests of somebody, in bounded memory: what a click took is what was shown then. */
export class ServedWindow implements PersonalStore {
  readonly name = 'answers under way';
  readonly #answers = new RecentMap<ShownAnswer>({
    entries: MOST_ANSWERS,
    size: MOST_CHARACTERS,
  });

  /** To be told once of a request. */
  note(requestId: string, answer: ShownAnswer): void {
    this.#answers.add(requestId, answer, LEAST + answer.tail.length);
  }

  /** The normalised form of what a request showed under an id; null where it is not known any more. Microseconds. */
  servedItem(requestId: string, id: string): string | null {
    const answer = this.#answers.get(requestId);
    if (answer === undefined) return null;
    const text = findSentText(answer.tail, id);
    return text === null ? null : normalise(text);
  }

  /** Whether a request showed something under an id; null where it is not known any more. */
  shows(requestId: string, id: string): boolean | null {
    const answer = this.#answers.get(requestId);
    return answer === undefined ? null : findSentText(answer.tail, id) !== null;
  }

  /** What was typed (normalised) for a request; null where it is not known any more. */
  typedIn(requestId: string): string | null {
    const answer = this.#answers.get(requestId);
    return answer === undefined ? null : readSentQuery(answer.tail);
  }

  forgetUser(hash: string): number {
    return finish(this.forgetUsers(new Set([hash])));
  }

  forgetUsers(hashes: ReadonlySet<string>): Sliced<number> {
    return this.#answers.deleteWhere(({ user, session }) => {
      const whose = user ?? session;
      return whose !== null && hashes.has(whose);
    });
  }
}
