import { normalise } from '../../dictionaries/normalise.ts';
import {
  type TrendingSnapshot,
  TrendingStore,
} from '../../serving/surfaces/live/trending-store.ts';
import type { LogRow } from '../simulate/day-log.ts';
import { LANGUAGES, MARKETS } from '../simulate/vocabulary/languages.ts';
import { createWorld, liveDays, type World } from '../simulate/world.ts';
import { TrendOracle } from './trending-oracle.ts';
import { type UnplantedTrend, UnplantedTrends } from './trending-unplanted.ts';

const HOUR_MS = 3_600_000;
const LOOK_MS = 10 * 60_000;
const TOP = 10;
const MERGED = 'und';

export interface ReplayOptions {
  readonly seed: number;
  readonly users: number;
  readonly days: number;
  /** Bursts and lists before this day are not judged: there is no baseline yet. */
  readonly warmUpDays: number;
  readonly minUsers: number;
}

/** What became of a planted burst in one list. */
export interface BurstOutcome {
  readonly market: string;
  readonly expectedSearches: number;
  /** Distinct users who searched any of its texts in the market, within its first day. */
  readonly users: number;
  /** From its start until the list held it; null when it never did. */
  readonly delayMinutes: number | null;
  /** The same of a test that knows what to look at and since when (`TrendOracle`). */
  readonly oracleMinutes: number | null;
}

export interface ReplayOutcome {
  readonly searches: number;
  readonly seconds: number;
  readonly bursts: readonly BurstOutcome[];
  /** Looks at a market's list, one a market and hour. */
  readonly marketHours: number;
  /** Entries of them that are a text of a burst which had begun. */
  readonly trueEntries: number;
  /** The other entries, by market and text. */
  readonly unplanted: readonly UnplantedTrend[];
}

/** Lives a simulated world through a store in event time, as `--clock events` would, and looks at its lists every ten minutes. */
export function replayWorld(options: ReplayOptions): ReplayOutcome {
  const world = createWorld({ ...options, taste: 'medium' });
  const store = new TrendingStore();
  store.useSnapshot(replaySnapshot(options.minUsers));
  const watch = new BurstWatch(world, options);
  let searches = 0;
  let spentMs = 0;
  let nextLookMs = world.split.startMs + LOOK_MS;
  for (const { rows } of liveDays(world)) {
    watch.beginDay(rows);
    for (const row of rows) {
      while (row.atMs >= nextLookMs) {
        const nowMs = nextLookMs;
        watch.look(store, nowMs);
        nextLookMs += LOOK_MS;
      }
      watch.note(row);
      const started = performance.now();
      store.apply({
        event: { type: 'search', eventId: String(searches), query: row.query, atMs: row.atMs },
        arrivedMs: row.atMs,
        user: row.user,
        session: row.session,
        market: row.market,
      });
      spentMs += performance.now() - started;
      searches++;
    }
  }
  return { searches, seconds: spentMs / 1000, ...watch.finish() };
}

/** A snapshot that knows nothing: what is usual is told from the replay alone. */
export function replaySnapshot(minUsers: number): TrendingSnapshot {
  return {
    minUsers,
    safety: true,
    resolveMarket: (market) => market,
    canonicalForm: (form) => form,
    baselineOf: () => null,
  };
}

interface WatchedBurst {
  readonly texts: ReadonlySet<string>;
  readonly startMs: number;
  readonly expectedSearches: number;
  readonly markets: readonly string[];
  readonly users: Map<string, Set<string>>;
  readonly found: Map<string, number>;
}

class BurstWatch {
  readonly #bursts: readonly WatchedBurst[];
  readonly #byText = new Map<string, WatchedBurst>();
  readonly #markets = [MERGED, ...MARKETS.map(({ tag }) => tag)];
  readonly #judgedFromMs: number;
  readonly #oracle: TrendOracle;
  #marketHours = 0;
  readonly #unplanted: UnplantedTrends;
  #trueEntries = 0;

  constructor(world: World, { warmUpDays, minUsers }: ReplayOptions) {
    this.#unplanted = new UnplantedTrends(world);
    this.#judgedFromMs = world.split.startMs + warmUpDays * 24 * HOUR_MS;
    this.#bursts = world.bursts.map((burst) => ({
      texts: new Set(burst.texts.map(normalise)),
      startMs: burst.startMs,
      expectedSearches: burst.expectedSearches,
      markets: [
        MERGED,
        ...MARKETS.filter(({ language }) => language === LANGUAGES[burst.language]).map(
          ({ tag }) => tag,
        ),
      ],
      users: new Map(),
      found: new Map(),
    }));
    this.#oracle = new TrendOracle(this.#bursts, minUsers);
    for (const burst of this.#bursts) {
      for (const text of burst.texts) this.#byText.set(text, burst);
    }
  }

  beginDay(rows: readonly LogRow[]): void {
    this.#unplanted.beginDay(rows);
  }

  note({ query, user, market, atMs }: LogRow): void {
    const normalised = normalise(query);
    this.#oracle.note(normalised, user, market, atMs);
    const burst = this.#byText.get(normalised);
    if (burst === undefined || atMs < burst.startMs || atMs > burst.startMs + 24 * HOUR_MS) return;
    for (const tag of [MERGED, market]) {
      const users = burst.users.get(tag) ?? new Set();
      burst.users.set(tag, users.add(user));
    }
  }

  look(store: TrendingStore, nowMs: number): void {
    for (const market of this.#markets) {
      const listed = store.trendingIn(market, nowMs).queries.slice(0, TOP);
      const isJudged = nowMs >= this.#judgedFromMs && nowMs % HOUR_MS === 0;
      if (isJudged) this.#marketHours++;
      for (const entry of listed) {
        const { query } = entry;
        const burst = this.#byText.get(query);
        const isTrue = burst !== undefined && nowMs >= burst.startMs;
        if (isTrue && !burst.found.has(market)) burst.found.set(market, nowMs - burst.startMs);
        if (!isJudged) continue;
        if (isTrue) this.#trueEntries++;
        else this.#unplanted.note(market, entry, nowMs);
      }
    }
  }

  finish(): Omit<ReplayOutcome, 'searches' | 'seconds'> {
    const bursts = this.#bursts
      .filter(({ startMs }) => startMs >= this.#judgedFromMs)
      .flatMap((burst) =>
        burst.markets.map((market) => ({
          market,
          expectedSearches: burst.expectedSearches,
          users: burst.users.get(market)?.size ?? 0,
          delayMinutes: toMinutes(burst.found.get(market)),
          oracleMinutes: toMinutes(this.#oracle.delayOf(burst, market)),
        })),
      );
    return {
      bursts,
      marketHours: this.#marketHours,
      unplanted: this.#unplanted.list(),
      trueEntries: this.#trueEntries,
    };
  }
}

function toMinutes(ms: number | null | undefined): number | null {
  return ms === null || ms === undefined ? null : Math.round(ms / 60_000);
}
