import { baselineDecay, TREND_WINDOWS } from './trend-window.ts';

const WINDOWS = TREND_WINDOWS.length;
const LONGEST = WINDOWS - 1;
const STARTS: readonly number[] = TREND_WINDOWS.map((_, window) =>
  TREND_WINDOWS.slice(0, window).reduce((sum, { buckets }) => sum + buckets, 0),
);
const BUCKETS = STARTS[LONGEST]! + TREND_WINDOWS[LONGEST]!.buckets;

/**
 * Counts over time of many things, each in a slot: exact over an hour, a day and a week to their buckets, and with decay before. 256 bytes a slot.
 * What was counted comes in any order; what is older than a window only counts in the longer ones.
 */
export class WindowRings {
  #counts: Uint32Array;
  /** By slot and window: the latest bucket that was written, counted from the epoch. */
  #latest: Int32Array;
  /** By slot: what fell out of the longest window, as of its latest bucket. */
  #before: Float64Array;

  constructor(slots: number) {
    this.#counts = new Uint32Array(slots * BUCKETS);
    this.#latest = new Int32Array(slots * WINDOWS);
    this.#before = new Float64Array(slots);
  }

  /** Makes room for more slots; what is counted stays. */
  grow(slots: number): void {
    this.#counts = enlarged(this.#counts, new Uint32Array(slots * BUCKETS));
    this.#latest = enlarged(this.#latest, new Int32Array(slots * WINDOWS));
    this.#before = enlarged(this.#before, new Float64Array(slots));
  }

  clear(slot: number): void {
    this.#counts.fill(0, slot * BUCKETS, (slot + 1) * BUCKETS);
    this.#latest.fill(0, slot * WINDOWS, (slot + 1) * WINDOWS);
    this.#before[slot] = 0;
  }

  /** Gives an empty slot a past: what it weighs at a time, as if all of it lay before the longest window. */
  resume(slot: number, weight: number, nowMs: number): void {
    this.#latest[slot * WINDOWS + LONGEST] = Math.floor(nowMs / TREND_WINDOWS[LONGEST]!.bucketMs);
    this.#before[slot] = weight;
  }

  /** Counts one at a time; `by` -1 takes one back that was counted for the same time. */
  add(slot: number, atMs: number, by: 1 | -1): void {
    for (let window = 0; window < WINDOWS; window++) {
      const { bucketMs, buckets } = TREND_WINDOWS[window]!;
      const bucket = Math.floor(atMs / bucketMs);
      const latestAt = slot * WINDOWS + window;
      if (bucket > this.#latest[latestAt]!) this.#advance(slot, window, bucket);
      const age = this.#latest[latestAt]! - bucket;
      if (age < buckets) {
        const at = slot * BUCKETS + STARTS[window]! + modulo(bucket, buckets);
        this.#counts[at] = Math.max(0, this.#counts[at]! + by);
      } else if (window === LONGEST) {
        const decayed = by * baselineDecay((age - buckets + 1) * bucketMs);
        this.#before[slot] = Math.max(0, this.#before[slot]! + decayed);
      }
    }
  }

  /** What was counted in a window that ends at a time. */
  countIn(slot: number, window: number, nowMs: number): number {
    const { bucketMs, buckets } = TREND_WINDOWS[window]!;
    const now = Math.floor(nowMs / bucketMs);
    const latest = this.#latest[slot * WINDOWS + window]!;
    const from = slot * BUCKETS + STARTS[window]!;
    let sum = 0;
    // The ring holds the buckets up to `latest`; those later than now, or older than the window, do not count.
    const end = Math.min(latest, now);
    for (let bucket = Math.max(latest, now) - buckets + 1; bucket <= end; bucket++) {
      sum += this.#counts[from + modulo(bucket, buckets)]!;
    }
    return sum;
  }

  /** What was counted before the longest window that ends at a time, with decay. */
  before(slot: number, nowMs: number): number {
    const { bucketMs, buckets } = TREND_WINDOWS[LONGEST]!;
    const now = Math.floor(nowMs / bucketMs);
    const latest = this.#latest[slot * WINDOWS + LONGEST]!;
    const passed = Math.max(0, now - latest);
    const older = this.#before[slot]!;
    let sum = older === 0 ? 0 : older * baselineDecay(passed * bucketMs);
    const from = slot * BUCKETS + STARTS[LONGEST]!;
    for (let bucket = latest - buckets + 1; bucket <= Math.min(latest, now - buckets); bucket++) {
      const count = this.#counts[from + modulo(bucket, buckets)]!;
      // Most buckets are empty, and a power costs more than all else here.
      if (count > 0) sum += count * baselineDecay((now - buckets + 1 - bucket) * bucketMs);
    }
    return sum;
  }

  #advance(slot: number, window: number, bucket: number): void {
    const { bucketMs, buckets } = TREND_WINDOWS[window]!;
    const latestAt = slot * WINDOWS + window;
    const latest = this.#latest[latestAt]!;
    if (window === LONGEST) this.#before[slot] = this.before(slot, bucket * bucketMs);
    const from = slot * BUCKETS + STARTS[window]!;
    const first = Math.max(latest + 1, bucket - buckets + 1);
    for (let fresh = first; fresh <= bucket; fresh++) {
      this.#counts[from + modulo(fresh, buckets)] = 0;
    }
    this.#latest[latestAt] = bucket;
  }
}

function modulo(value: number, by: number): number {
  const rest = value % by;
  return rest < 0 ? rest + by : rest;
}

function enlarged<T extends Uint32Array | Int32Array | Float64Array>(from: T, to: T): T {
  to.set(from);
  return to;
}
