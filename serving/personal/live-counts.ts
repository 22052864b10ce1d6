import type { EventRecord } from '../../indexer/events/event-record.ts';
import { searchedTextOf } from '../../indexer/events/searched-event.ts';
import type { Segment } from '../../indexer/segment/segment.ts';
import type { EventListener, ReplayedLog } from '../events/event-listener.ts';
import type { PersonalStore } from '../events/personal-store.ts';
import { MOST_REPLAYED, replayWithin } from '../events/replay-bound.ts';
import { finish, type Sliced } from '../sliced-work.ts';
import { CountedSearches } from './counted-searches.ts';
import { HALF_LIVES_MS, type LiveCount, LiveTallies } from './live-tallies.ts';

export { HALF_LIVES_MS, type LiveCount } from './live-tallies.ts';

/** Queries that are counted at once; those heard of longest ago go. */
const COUNTED = 16_384;

/** Searches that are counted in one go: a few milliseconds. */
const GO = 2_048;

/**
 * How often completions are searched now, from the events that the snapshot does not count, on top of what it does: a feature of ranking, which brings no candidate. The last searches are
 * remembered, so that those which the next snapshot counts, and those of who is forgotten, count no more.
 */
export class LiveCounts implements EventListener, PersonalStore {
  readonly name = 'counts';
  readonly #most: number;
  readonly #searches = new CountedSearches(MOST_REPLAYED);
  #tallies: LiveTallies;
  #segment: Segment | null = null;
  /** The first record that the snapshot does not count. */
  #from = 0;
  #reached = 0;
  /** What the revision was when the tallies took their segment, less the changes that they knew then. */
  #begun = 0;
  /** The first revision since which changes are known. */
  #wholeFrom = 0;
  /** Another whenever what was counted so far must be counted again. */
  #cause = 0;

  constructor(most = COUNTED) {
    this.#most = most;
    this.#tallies = new LiveTallies(most, null);
  }

  /**
   * Takes the snapshot whose completions are asked for from now on. A tenth of a second at most, where it counts other events than the one before.
   *
   * @param from the first record that it does not count; as far as is known, that of the one before, when absent
   */
  useSnapshot(segment: Segment, from = this.#from): void {
    finish(this.follow(segment, from));
  }

  /** The same, leaving off now and then while events are counted again; what was counted before is told until that is done. */
  *follow(segment: Segment, from: number): Sliced<void> {
    if (segment !== this.#segment) {
      const { revision } = this;
      this.#segment = segment;
      this.#cause++;
      this.#tallies.useSegment(segment);
      this.#beginAt(revision + 1);
    }
    if (from === this.#from) return;
    this.#from = from;
    this.#cause++;
    yield* this.#countAgain();
  }

  /** Nothing of it outlives the process: what was searched within the longest half-life, as far as that is bounded, and as far as the snapshot does not count it. */
  replayFrom(log: ReplayedLog): number {
    return Math.max(replayWithin(log, HALF_LIVES_MS[2]), Math.min(this.#from, log.end));
  }

  /** @param offset the one behind the last when absent */
  apply({ event, user, session }: EventRecord, offset = this.#reached): void {
    this.#reached = offset + 1;
    if (event.type !== 'search') return;
    const text = searchedTextOf(event);
    if (text === null) return;
    const who = user ?? session;
    this.#searches.add(offset, event.atMs, text.normalised, who);
    if (offset < this.#from) return;
    this.#tallies.add(text.normalised, event.atMs, who);
  }

  forgetUser(user: string): number {
    return finish(this.forgetUsers(new Set([user])));
  }

  /** Forgets all that somebody searched; what others searched as well stays counted. */
  *forgetUsers(users: ReadonlySet<string>): Sliced<number> {
    const forgotten = this.#searches.remove(users);
    if (forgotten === 0) return 0;
    this.#cause++;
    yield* this.#countAgain();
    return forgotten;
  }

  /** Another whenever something may be counted otherwise. */
  get revision(): number {
    return this.#begun + this.#tallies.changed.count;
  }

  /** Visits the completions whose counts changed since a revision, the same more than once perhaps. @returns false, with none visited, where that is not known any more */
  visitChanged(since: number, visit: (completion: number) => void): boolean {
    if (since < this.#wholeFrom) return false;
    return this.#tallies.changed.visitFrom(since - this.#begun, visit);
  }

  /** Whether nothing is counted. */
  get isEmpty(): boolean {
    return this.#tallies.isEmpty;
  }

  /** The counts of a completion of the snapshot, as of their own time; undefined for none. */
  of(id: number): LiveCount | undefined {
    return this.#tallies.of(id);
  }

  /** Counts the searches that are left anew, beside what is told meanwhile. What is to count otherwise meanwhile begins it again. */
  *#countAgain(): Sliced<void> {
    for (let isDone = false; !isDone; ) isDone = yield* this.#tryToCount();
  }

  *#tryToCount(): Sliced<boolean> {
    const cause = this.#cause;
    const tallies = new LiveTallies(this.#most, this.#segment);
    let looked = 0;
    for (const { offset, atMs, form, who } of this.#searches) {
      if (offset >= this.#from) tallies.add(form, atMs, who);
      if (++looked % GO !== 0) continue;
      yield;
      if (cause !== this.#cause) return false;
    }
    const { revision } = this;
    this.#tallies = tallies;
    this.#beginAt(revision + 1);
    return true;
  }

  /** Whoever looked before a revision must look at everything. */
  #beginAt(revision: number): void {
    this.#begun = revision - this.#tallies.changed.count;
    this.#wholeFrom = revision;
  }
}
