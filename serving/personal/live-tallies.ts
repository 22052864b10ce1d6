import { findExactForm } from '../../indexer/segment/exact-form.ts';
import type { Segment } from '../../indexer/segment/segment.ts';
import { RecentlyUsed } from '../recently-used.ts';
import { RecentRing } from './recent-ring.ts';

const HOUR_MS = 3_600_000;
/** Half-lives of an hour, a day and a week. */
export const HALF_LIVES_MS = [HOUR_MS, 24 * HOUR_MS, 168 * HOUR_MS] as const;

/** Completions whose counts changed last that are told to who followed them. */
const MOST_CHANGED = 4_096;

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

/** The queries that were heard of last with their counts, and which of them are completions of a snapshot. */
export class LiveTallies {
  /** The completions whose counts changed, since the segment was taken. */
  readonly changed = new RecentRing<number>(MOST_CHANGED);
  readonly #counts: RecentlyUsed<Counted>;
  readonly #byCompletion = new Map<number, LiveCount>();
  /** A bit a completion, set for those with a count and perhaps for some that had one: most are ruled out by it, without a look into the map. */
  #marks = new Uint32Array(0);
  #segment: Segment | null = null;

  /** @param most queries that are counted at once */
  constructor(most: number, segment: Segment | null) {
    this.#counts = new RecentlyUsed({ most, onGone: (count) => this.#unlink(count) });
    if (segment !== null) this.useSegment(segment);
  }

  /** Takes the segment whose completions are asked for from now on. */
  useSegment(segment: Segment): void {
    this.#segment = segment;
    this.#byCompletion.clear();
    this.#marks = new Uint32Array((segment.completions >>> 5) + 1);
    for (const [form, count] of this.#counts.entries()) this.#link(form, count);
  }

  /** Whether no completion is counted. */
  get isEmpty(): boolean {
    return this.#byCompletion.size === 0;
  }

  /** The counts of a completion, as of their own time; undefined for none. */
  of(id: number): LiveCount | undefined {
    if ((this.#marks[id >>> 5]! & (1 << (id & 31))) === 0) return undefined;
    return this.#byCompletion.get(id);
  }

  /** Counts a search. */
  add(form: string, atMs: number, who: string | null): void {
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
    if (known.id !== null) this.changed.add(known.id);
  }

  #link(form: string, count: Counted): void {
    if (this.#segment === null) return;
    const id = findExactForm(this.#segment, form);
    count.id = id;
    if (id === null) return;
    this.#byCompletion.set(id, count);
    this.#marks[id >>> 5]! |= 1 << (id & 31);
    this.changed.add(id);
  }

  #unlink({ id }: Counted): void {
    if (id === null) return;
    this.#byCompletion.delete(id);
    this.changed.add(id);
  }
}
