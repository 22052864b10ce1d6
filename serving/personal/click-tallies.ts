import { RecentlyUsed } from '../recently-used.ts';
import { RecentRing } from './recent-ring.ts';

/** Counts fade with this half-life of event time. */
export const CLICK_HALF_LIFE_MS = 14 * 86_400_000;

/** Looks and clicks of one suggestion, as of their last event. */
export interface Tally {
  looks: number;
  clicks: number;
  atMs: number;
  /** Not counted any more: another may have taken its place. */
  isGone: boolean;
}

/** What was shown after one typed text, by id; `revision` is another whenever an id comes or goes. */
export interface TalliesAfter {
  revision: number;
  readonly tallies: Map<string, Tally>;
}

/** New tallies that are told to who follows them. */
const MOST_NEW = 4_096;

/** Tallies of suggestions, by id; those heard of longest ago go. */
export class ClickTallies {
  /** The keys of tallies, as they came to be. */
  readonly added = new RecentRing<string>(MOST_NEW);
  readonly #tallies: RecentlyUsed<Tally>;

  constructor(capacity: number, onGone: (key: string) => void = () => {}) {
    this.#tallies = new RecentlyUsed({
      most: capacity,
      onGone: (tally, key) => {
        tally.isGone = true;
        onGone(key);
      },
    });
  }

  get size(): number {
    return this.#tallies.size;
  }

  get(key: string): Tally | undefined {
    return this.#tallies.peek(key);
  }

  delete(key: string): boolean {
    return this.#tallies.delete(key);
  }

  keys(): readonly string[] {
    return Array.from(this.#tallies.entries(), ([key]) => key);
  }

  /** From the one heard of longest ago on; put back in this order, the same go first again. */
  entries(): Iterable<readonly [string, Tally]> {
    return this.#tallies.entries();
  }

  put(key: string, looks: number, clicks: number, atMs: number): Tally {
    const tally = { looks, clicks, atMs, isGone: false };
    this.#tallies.set(key, tally);
    this.added.add(key);
    return tally;
  }

  add(key: string, looks: number, clicks: number, atMs: number): Tally {
    const known = this.#tallies.get(key);
    if (known === undefined) return this.put(key, looks, clicks, atMs);
    const left = 2 ** (-Math.max(0, atMs - known.atMs) / CLICK_HALF_LIFE_MS);
    known.looks = known.looks * left + looks;
    known.clicks = known.clicks * left + clicks;
    known.atMs = Math.max(known.atMs, atMs);
    return known;
  }
}
