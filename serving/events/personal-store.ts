import type { Sliced } from '../sliced-work.ts';

/** What the erased events of a user told of what others hold without naming the user. */
export interface UserTraces {
  /** Ids of entries of the user's own history. */
  readonly suggestionIds: ReadonlySet<string>;
  /** Requests of the user. */
  readonly requestIds: ReadonlySet<string>;
  /** Videos whose texts, or comments, the user's events told. */
  readonly videos: ReadonlySet<string>;
  /** By creator: tags of those videos, as they came. */
  readonly tags: ReadonlyMap<string, ReadonlySet<string>>;
}

/** Something that a server holds of people in memory. Who is to be forgotten is forgotten by each of these. */
export interface PersonalStore {
  /** For the receipt that names each place, and for logs. */
  readonly name: string;
  /** Forgets a user, by the hash under which events name them, or a session of somebody who was to be forgotten; how many entries were removed. */
  forgetUser(user: string): number;
  /** The same of many hashes, where one look through all entries does for them; it leaves off now and then. */
  readonly forgetUsers?: (users: ReadonlySet<string>) => Sliced<number>;
  /** Forgets what it holds under ids that lead to a user; how many entries. */
  readonly forgetTraces?: (traces: UserTraces) => number;
  /** Where it is also on disk: what was forgotten is gone from there when it resolves. Rejects when that can't be written. */
  readonly persist?: () => Promise<void>;
  /** What it holds of a user, as JSON that its user can read; null for nothing. Absent where it can tell no more than what the events tell. */
  readonly exportUser?: (user: string) => unknown;
}
