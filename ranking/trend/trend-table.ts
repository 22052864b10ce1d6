import { ForgottenCounts } from './forgotten-counts.ts';
import { RecentUsers } from './recent-users.ts';
import { smallest } from './smallest.ts';
import {
  carriedCount,
  NO_BASELINE,
  type QueryHistory,
  type TrendBaseline,
  weighHistory,
} from './trend-baseline.ts';
import { leastSurprise, riseRatio, surpriseBits } from './trend-test.ts';
import { DAY_MS, TREND_WINDOWS } from './trend-window.ts';
import { WindowRings } from './window-rings.ts';

const FIRST_SLOTS = 256;
/** Of a full table so much is given up at once. */
const EVICTED_SHARE = 1 / 4;
/** Queries whose past is kept for each that is watched. */
const FORGOTTEN_A_QUERY = 8;
const WEEK = TREND_WINDOWS.length - 1;
const LONGEST_MS = TREND_WINDOWS[WEEK]!.spanMs;
const DAY = WEEK - 1;
/** A week's trend that the day no longer bears out is over. */
const LASTING_RATIO = 1.5;

export interface TrendTableOptions {
  /** Distinct users that a window must have before what they searched may trend. */
  readonly minUsers: number;
  /** Queries that are watched at once. */
  readonly capacity: number;
}

/** A query that rises: by how much, where, and how sure that is. */
export interface Rise {
  readonly query: string;
  /** How surprising the rise is by chance, in bits, in the window where it is most. */
  readonly bits: number;
  readonly window: 'hour' | 'day' | 'week';
  readonly ratio: number;
  /** Searches a day, each user once, at the rate of that window. */
  readonly perDay: number;
}

/**
 * The searches of one market by query, over sliding windows in event time, and which queries rise in them. Memory is bounded: about 500 bytes and the text
 * for each of `capacity` queries. When it is full, a quarter is given up: those searched least and longest ago, never one that rises. How much they were searched is
 * remembered (`ForgottenCounts`): it is their baseline when they are searched again.
 */
export class TrendTable {
  readonly #capacity: number;
  #minUsers: number;
  readonly #slots = new Map<string, number>();
  readonly #free: number[] = [];
  readonly #rings = new WindowRings(FIRST_SLOTS);
  readonly #users: RecentUsers;
  readonly #totals = new WindowRings(1);
  readonly #rising = new Map<string, Rise>();
  /** Made when the first query is given up. */
  #forgotten: ForgottenCounts | null = null;
  #baseline: TrendBaseline = NO_BASELINE;
  #room = FIRST_SLOTS;
  #used = 0;
  #liveFromMs = Number.POSITIVE_INFINITY;
  /** Searches by slot that counted, to tell which queries have enough at all to be tested. */
  #searches = new Uint32Array(FIRST_SLOTS);
  #testable = 0;

  constructor(options: TrendTableOptions) {
    this.#capacity = options.capacity;
    this.#minUsers = options.minUsers;
    this.#users = new RecentUsers(FIRST_SLOTS, Math.max(16, options.minUsers));
  }

  /** Queries that are watched. */
  get size(): number {
    return this.#slots.size;
  }

  /** Whether anything rose when it was last looked at. */
  get hasRises(): boolean {
    return this.#rising.size > 0;
  }

  /** Distinct users that the table can tell a query has, at most. */
  get mostUsers(): number {
    return this.#users.most;
  }

  /** Changes how many users make a trend, up to `mostUsers`. */
  setMinUsers(minUsers: number): void {
    this.#minUsers = minUsers;
  }

  /** What was usual before the live counts begin. */
  setBaseline(baseline: TrendBaseline): void {
    this.#baseline = baseline;
    for (const query of baseline.recent) this.review(query, baseline.asOfMs);
  }

  /**
   * Counts a search; whether it does count: a user counts once a day for a query. `user` is a number that stands for who searched. Nobody's
   * searches (`null`) are part of all searches and of no query's: no number of them is a number of people.
   */
  add(query: string, user: number | null, atMs: number): boolean {
    // A search from before all windows was only late: it does not say that live counts begin there, and the baseline's windows hold.
    if (atMs > this.#baseline.asOfMs - LONGEST_MS) {
      this.#liveFromMs = Math.min(this.#liveFromMs, atMs);
    }
    if (user === null) {
      this.#totals.add(0, atMs, 1);
      return false;
    }
    const slot = this.#slotOf(query, atMs);
    if (!this.#users.note(slot, user, atMs)) return false;
    this.#rings.add(slot, atMs, 1);
    this.#totals.add(0, atMs, 1);
    this.#searches[slot]!++;
    if (this.#searches[slot] === this.#minUsers) this.#testable++;
    return true;
  }

  /** Forgets that a user searched anything; of how many queries. Sums of searches stay. Reads all users that are told apart. */
  forgetUser(user: number): number {
    return this.#users.forgetEverywhere(user);
  }

  /** Takes back a search that `add` counted. */
  takeBack(query: string, user: number, atMs: number): void {
    const slot = this.#slots.get(query);
    if (slot === undefined) return;
    this.#users.forget(slot, user);
    this.#rings.add(slot, atMs, -1);
    this.#totals.add(0, atMs, -1);
  }

  /** Looks at a query again, after its counts changed; whether what is known of its rise changed. */
  review(query: string, nowMs: number): boolean {
    const rise = this.judge(query, nowMs);
    if (rise === null) return this.#rising.delete(query);
    this.#rising.set(query, rise);
    return true;
  }

  /** What rises now, surest first, ties by text. Looks at everything again that rose. */
  rises(nowMs: number): readonly Rise[] {
    for (const query of [...this.#rising.keys()]) this.review(query, nowMs);
    return [...this.#rising.values()].sort(
      (a, b) => b.bits - a.bits || (a.query < b.query ? -1 : 1),
    );
  }

  /** Whether and how a query rises; null when it does not, or when its users are too few. */
  judge(query: string, nowMs: number): Rise | null {
    const slot = this.#slots.get(query) ?? -1;
    const history = this.#baseline.historyOf(query);
    // Nearly all queries have too few users in any window, and the longest has the most; of most of them that is seen without adding up.
    const searches = slot < 0 ? 0 : this.#searches[slot]!;
    if (searches + history.windows[WEEK]! < this.#minUsers) return null;
    if (this.#countIn(slot, history, WEEK, nowMs) < this.#minUsers) return null;
    const all = this.#all(slot, history, nowMs);
    const allTotal = this.#all(-2, this.#baseline.all, nowMs);
    const least = leastSurprise(this.#testable, TREND_WINDOWS.length);
    let best: Rise | null = null;
    let dayRatio = Number.POSITIVE_INFINITY;
    for (let window = 0; window < TREND_WINDOWS.length; window++) {
      const { name, leastRatio, spanMs } = TREND_WINDOWS[window]!;
      const count = this.#countIn(slot, history, window, nowMs);
      const total = this.#countIn(-2, this.#baseline.all, window, nowMs);
      const evidence = {
        count,
        total,
        baseline: Math.max(0, all - count),
        baselineTotal: Math.max(0, allTotal - total),
        spread: history.spread,
      };
      const ratio = riseRatio(evidence);
      if (window === DAY) dayRatio = ratio;
      if (ratio < leastRatio || !this.#hasUsers(slot, count, window, nowMs)) continue;
      if (window === WEEK && dayRatio < LASTING_RATIO) continue;
      const bits = surpriseBits(evidence);
      if (bits < least || bits <= (best?.bits ?? 0)) continue;
      best = { query, bits, window: name, ratio, perDay: (count * DAY_MS) / spanMs };
    }
    return best;
  }

  /** Live users are told apart by the table, those of the baseline by whoever counted it: once a day each, as here. */
  #hasUsers(slot: number, count: number, window: number, nowMs: number): boolean {
    if (count < this.#minUsers) return false;
    if (slot < 0) return true;
    const { spanMs } = TREND_WINDOWS[window]!;
    const users = this.#users.countSince(slot, nowMs - spanMs, nowMs);
    const live = this.#rings.countIn(slot, window, nowMs);
    return users >= this.#minUsers || count - live >= this.#minUsers;
  }

  /** Of a slot (-1: a query without live counts, -2: all searches) in a window, with what the baseline has of it. */
  #countIn(
    slot: number,
    history: QueryHistory | TrendBaseline['all'],
    window: number,
    nowMs: number,
  ): number {
    const { asOfMs } = this.#baseline;
    const times = { asOfMs, liveFromMs: this.#liveFromMs, nowMs };
    return this.#liveIn(slot, window, nowMs) + carriedCount(history, window, times);
  }

  #liveIn(slot: number, window: number, nowMs: number): number {
    if (slot === -2) return this.#totals.countIn(0, window, nowMs);
    return slot < 0 ? 0 : this.#rings.countIn(slot, window, nowMs);
  }

  /** Everything ever counted, as it weighs now. */
  #all(slot: number, history: QueryHistory | TrendBaseline['all'], nowMs: number): number {
    const rings = slot === -2 ? this.#totals : this.#rings;
    const before = slot === -1 ? 0 : rings.before(Math.max(0, slot), nowMs);
    return (
      this.#liveIn(slot, WEEK, nowMs) + before + weighHistory(history, this.#baseline.asOfMs, nowMs)
    );
  }

  #slotOf(query: string, nowMs: number): number {
    const known = this.#slots.get(query);
    if (known !== undefined) return known;
    if (this.#slots.size >= this.#capacity) this.#evict(nowMs);
    const slot = this.#free.pop() ?? this.#nextSlot();
    this.#rings.clear(slot);
    this.#users.clear(slot);
    this.#searches[slot] = 0;
    const past = this.#forgotten?.take(query, nowMs) ?? 0;
    if (past > 0) this.#rings.resume(slot, past, nowMs);
    this.#slots.set(query, slot);
    return slot;
  }

  #nextSlot(): number {
    if (this.#used === this.#room) {
      this.#room = Math.min(this.#room * 2, this.#capacity);
      this.#rings.grow(this.#room);
      this.#users.grow(this.#room);
      const searches = new Uint32Array(this.#room);
      searches.set(this.#searches);
      this.#searches = searches;
    }
    return this.#used++;
  }

  #evict(nowMs: number): void {
    const kept: string[] = [];
    const worths = new Float64Array(this.#slots.size);
    for (const [query, slot] of this.#slots) {
      if (this.#rising.has(query)) continue;
      worths[kept.length] = this.#worth(slot, nowMs);
      kept.push(query);
    }
    const count = Math.min(kept.length, Math.max(1, Math.floor(this.#capacity * EVICTED_SHARE)));
    const bound = kept.length === 0 ? 0 : smallest(worths.slice(0, kept.length), count);
    let below = 0;
    for (let i = 0; i < kept.length; i++) if (worths[i]! < bound) below++;
    for (let i = 0; i < kept.length; i++) {
      // The map is in the order of entry: of those at the bound the oldest go.
      const isBelow = worths[i]! < bound || (worths[i] === bound && below++ < count);
      if (!isBelow) continue;
      const query = kept[i]!;
      this.#giveUp(query, this.#slots.get(query)!, nowMs);
    }
    if (kept.length > 0) return;
    // Everything rises, which only a tiny table can make happen: the first to come is given up.
    const [first] = this.#slots;
    if (first === undefined) return;
    this.#rising.delete(first[0]);
    this.#giveUp(first[0], first[1], nowMs);
  }

  #giveUp(query: string, slot: number, nowMs: number): void {
    this.#forgotten ??= new ForgottenCounts(this.#capacity * FORGOTTEN_A_QUERY);
    const past = this.#rings.countIn(slot, WEEK, nowMs) + this.#rings.before(slot, nowMs);
    if (past > 0) this.#forgotten.put(query, past, nowMs);
    this.#slots.delete(query);
    this.#free.push(slot);
    if (this.#searches[slot]! >= this.#minUsers) this.#testable--;
  }

  #worth(slot: number, nowMs: number): number {
    const week = this.#rings.countIn(slot, WEEK, nowMs) + this.#rings.before(slot, nowMs);
    return week + 4 * this.#rings.countIn(slot, DAY, nowMs);
  }
}
