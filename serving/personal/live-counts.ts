import { LRUCache } from 'lru-cache';
import type { EventRecord } from '../../indexer/events/event-record.ts';
import { searchedTextOf } from '../../indexer/events/searched-event.ts';
import { findExactForm } from '../../indexer/segment/exact-form.ts';
import type { Segment } from '../../indexer/segment/segment.ts';
import type { EventListener, ReplayedLog } from '../events/event-listener.ts';
import type { PersonalStore } from '../events/personal-store.ts';
import { replayWithin } from '../events/replay-bound.ts';

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

/** How often completions are searched now, from the events, on top of what the snapshot counted: a feature of ranking, which brings no candidate. */
export class LiveCounts implements EventListener, PersonalStore {
  readonly name = 'counts';
  readonly #counts: LRUCache<string, LiveCount>;
  readonly #byCompletion = new Map<number, LiveCount>();
  /** A bit a completion, set for those with a count and perhaps for some that had one: most are ruled out by it, without a look into the map. */
  #marks = new Uint32Array(0);
  #segment: Segment | null = null;
  #revision = 0;

  constructor(most = COUNTED) {
    this.#counts = new LRUCache({ max: most, dispose: (_, form) => this.#unlink(form) });
  }

  /** Takes the snapshot whose completions are asked for from now on. */
  useSnapshot(segment: Segment): void {
    if (segment === this.#segment) return;
    this.#segment = segment;
    this.#revision++;
    this.#byCompletion.clear();
    this.#marks = new Uint32Array((segment.completions >>> 5) + 1);
    for (const [form, count] of this.#counts.entries()) this.#link(form, count);
  }

  /** Nothing of it outlives the process: what was searched within the longest half-life, as far as that is bounded. */
  replayFrom(log: ReplayedLog): number {
    return replayWithin(log, HALF_LIVES_MS[2]);
  }

  apply({ event, user, session }: EventRecord): void {
    if (event.type !== 'search') return;
    const text = searchedTextOf(event);
    if (text === null) return;
    this.#revision++;
    const who = user ?? session;
    const known = this.#counts.get(text.normalised);
    if (known === undefined) {
      const count = { atMs: event.atMs, hour: 1, day: 1, week: 1, lastUser: who };
      this.#counts.set(text.normalised, count);
      this.#link(text.normalised, count);
      return;
    }
    if (who !== null && who === known.lastUser) return;
    const passedMs = Math.max(0, event.atMs - known.atMs);
    known.hour = known.hour * 2 ** (-passedMs / HALF_LIVES_MS[0]) + 1;
    known.day = known.day * 2 ** (-passedMs / HALF_LIVES_MS[1]) + 1;
    known.week = known.week * 2 ** (-passedMs / HALF_LIVES_MS[2]) + 1;
    known.atMs = Math.max(known.atMs, event.atMs);
    known.lastUser = who;
  }

  /** Forgets who searched, and what was searched once; what others may have searched as well stays counted, as nothing tells any more by whom. */
  forgetUser(user: string): number {
    this.#revision++;
    let forgotten = 0;
    for (const [form, count] of [...this.#counts.entries()]) {
      if (count.lastUser !== user) continue;
      count.lastUser = null;
      if (count.week <= 1) this.#counts.delete(form);
      forgotten++;
    }
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

  #link(form: string, count: LiveCount): void {
    if (this.#segment === null) return;
    const id = findExactForm(this.#segment, form);
    if (id === null) return;
    this.#byCompletion.set(id, count);
    this.#marks[id >>> 5]! |= 1 << (id & 31);
  }

  #unlink(form: string): void {
    if (this.#segment === null) return;
    const id = findExactForm(this.#segment, form);
    if (id !== null) this.#byCompletion.delete(id);
  }
}
