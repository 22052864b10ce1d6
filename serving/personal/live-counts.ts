import type { EventRecord } from '../../indexer/events/event-record.ts';
import { searchedTextOf } from '../../indexer/events/searched-event.ts';
import { findExactForm } from '../../indexer/segment/exact-form.ts';
import type { Segment } from '../../indexer/segment/segment.ts';
import type { EventListener, ReplayedLog } from '../events/event-listener.ts';
import type { PersonalStore } from '../events/personal-store.ts';
import { MOST_REPLAYED, replayWithin } from '../events/replay-bound.ts';
import { RecentlyUsed } from '../recently-used.ts';
import { CountedSearches } from './counted-searches.ts';

const HOUR_MS = 3_600_000;
/** Half-lives of an hour, a day and a week. */
export const HALF_LIVES_MS = [HOUR_MS, 24 * HOUR_MS, 168 * HOUR_MS] as const;
/** Queries that are counted at once; those heard of longest ago go. */
const COUNTED = 16_384;

/** Decayed counts of a query at the time of its last search. */
export interface LiveCount {
  atMs: number;
  hour: number;
  day: number;
  week: number;
  /** Who searched it last: once is enough, however often they repeat it. */
  lastUser: string | null;
}

interface Counted extends LiveCount {
  /** The completion that it is of; null for none of the snapshot's. */
  id: number | null;
}

/**
 * How often completions are searched now, from the events that the snapshot does not count, on top of what it does: a feature of ranking, which brings no candidate. The last searches are
 * remembered, so that those which the next snapshot counts, and those of who is forgotten, count no more.
 */
export class LiveCounts implements EventListener, PersonalStore {
  readonly name = 'counts';
  readonly #counts: RecentlyUsed<Counted>;
  readonly #searches = new CountedSearches(MOST_REPLAYED);
  readonly #byCompletion = new Map<number, LiveCount>();
  /** A bit a completion, set for those with a count and perhaps for some that had one: most are ruled out by it, without a look into the map. */
  #marks = new Uint32Array(0);
  #segment: Segment | null = null;
  /** The first record that the snapshot does not count. */
  #from = 0;
  #reached = 0;
  #revision = 0;

  constructor(most = COUNTED) {
    this.#counts = new RecentlyUsed({ most, onGone: (count) => this.#unlink(count) });
  }

  /**
   * Takes the snapshot whose completions are asked for from now on. A tenth of a second at most, where it counts other events than the one before.
   *
   * @param from the first record that it does not count; as far as is known, that of the one before, when absent
   */
  useSnapshot(segment: Segment, from = this.#from): void {
    if (segment === this.#segment && from === this.#from) return;
    this.#segment = segment;
    this.#revision++;
    this.#byCompletion.clear();
    this.#marks = new Uint32Array((segment.completions >>> 5) + 1);
    if (from === this.#from)
      for (const [form, count] of this.#counts.entries()) this.#link(form, count);
    else {
      this.#from = from;
      this.#countAgain();
    }
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
    if (offset >= this.#from) this.#count(text.normalised, event.atMs, who);
  }

  /** Forgets all that somebody searched; what others searched as well stays counted. */
  forgetUser(user: string): number {
    const forgotten = this.#searches.remove(user);
    if (forgotten > 0) this.#countAgain();
    return forgotten;
  }

  /** Another whenever something may be counted otherwise. */
  get revision(): number {
    return this.#revision;
  }

  /** Whether nothing is counted. */
  get isEmpty(): boolean {
    return this.#byCompletion.size === 0;
  }

  /** The counts of a completion of the snapshot, as of their own time; undefined for none. */
  of(id: number): LiveCount | undefined {
    if ((this.#marks[id >>> 5]! & (1 << (id & 31))) === 0) return undefined;
    return this.#byCompletion.get(id);
  }

  #countAgain(): void {
    this.#revision++;
    this.#counts.clear();
    for (const { offset, atMs, form, who } of this.#searches) {
      if (offset >= this.#from) this.#count(form, atMs, who);
    }
  }

  #count(form: string, atMs: number, who: string | null): void {
    this.#revision++;
    const known = this.#counts.get(form);
    if (known === undefined) {
      const count = { atMs, hour: 1, day: 1, week: 1, lastUser: who, id: null };
      this.#counts.set(form, count);
      this.#link(form, count);
      return;
    }
    if (who !== null && who === known.lastUser) return;
    const passedMs = Math.max(0, atMs - known.atMs);
    known.hour = known.hour * 2 ** (-passedMs / HALF_LIVES_MS[0]) + 1;
    known.day = known.day * 2 ** (-passedMs / HALF_LIVES_MS[1]) + 1;
    known.week = known.week * 2 ** (-passedMs / HALF_LIVES_MS[2]) + 1;
    known.atMs = Math.max(known.atMs, atMs);
    known.lastUser = who;
  }

  #link(form: string, count: Counted): void {
    if (this.#segment === null) return;
    const id = findExactForm(this.#segment, form);
    count.id = id;
    if (id === null) return;
    this.#byCompletion.set(id, count);
    this.#marks[id >>> 5]! |= 1 << (id & 31);
  }

  #unlink({ id }: Counted): void {
    if (id !== null) this.#byCompletion.delete(id);
  }
}
