import { leastSurprise, surpriseBits } from '../../ranking/trend/trend-test.ts';

const MERGED = 'und';

/** A burst as the oracle is told of it. */
export interface ToldBurst {
  /** Normalised. */
  readonly texts: ReadonlySet<string>;
  readonly startMs: number;
}

interface TextCount {
  before: number;
  readonly users: Set<string>;
}

interface BurstState {
  readonly burst: ToldBurst;
  /** All searches by market up to the start; null until it comes. */
  atStart: ReadonlyMap<string, number> | null;
  /** By market and text. */
  readonly counts: Map<string, TextCount>;
  readonly seenMs: Map<string, number>;
}

/**
 * How soon a burst could be told from chance at all: by a test that knows which texts to look at and when the burst began, so that its window is just the time
 * since then, its baseline everything before, and nothing is corrected for looking elsewhere. A text counts, as for a server, from so many distinct users on.
 */
export class TrendOracle {
  readonly #minUsers: number;
  readonly #states: readonly BurstState[];
  readonly #byText = new Map<string, BurstState>();
  readonly #totals = new Map<string, number>();
  /** The next burst, by start, that has not begun. */
  #next = 0;

  constructor(bursts: readonly ToldBurst[], minUsers: number) {
    this.#minUsers = minUsers;
    this.#states = [...bursts]
      .sort((a, b) => a.startMs - b.startMs)
      .map((burst) => ({ burst, atStart: null, counts: new Map(), seenMs: new Map() }));
    for (const state of this.#states) {
      for (const text of state.burst.texts) this.#byText.set(text, state);
    }
  }

  /** Takes a search; they come by time. */
  note(query: string, user: string, market: string, atMs: number): void {
    for (; atMs >= (this.#states[this.#next]?.burst.startMs ?? Infinity); this.#next++) {
      this.#states[this.#next]!.atStart = new Map(this.#totals);
    }
    const tags = [MERGED, market];
    for (const tag of tags) this.#totals.set(tag, (this.#totals.get(tag) ?? 0) + 1);
    const state = this.#byText.get(query);
    if (state !== undefined) for (const tag of tags) this.#count(state, query, user, tag, atMs);
  }

  /** Milliseconds from a burst's start until it could be told from chance in a market; null when it never could. */
  delayOf(burst: ToldBurst, market: string): number | null {
    const state = this.#states.find((each) => each.burst === burst);
    return state?.seenMs.get(market) ?? null;
  }

  #count(state: BurstState, query: string, user: string, tag: string, atMs: number): void {
    const { counts, atStart, seenMs, burst } = state;
    const key = `${tag} ${query}`;
    const own = counts.get(key) ?? { before: 0, users: new Set() };
    counts.set(key, own);
    if (atStart === null) {
      own.before++;
      return;
    }
    own.users.add(user);
    if (seenMs.has(tag) || own.users.size < this.#minUsers) return;
    const baselineTotal = atStart.get(tag) ?? 0;
    const evidence = {
      count: own.users.size,
      total: (this.#totals.get(tag) ?? 0) - baselineTotal,
      baseline: own.before,
      baselineTotal,
      spread: 1,
    };
    if (surpriseBits(evidence) >= leastSurprise(1, 1)) seenMs.set(tag, atMs - burst.startMs);
  }
}
