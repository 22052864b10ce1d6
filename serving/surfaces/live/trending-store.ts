import type { SearchedText } from '../../../dictionaries/searched-text.ts';
import { stableHash } from '../../../dictionaries/stable-hash.ts';
import type { EventRecord } from '../../../indexer/events/event-record.ts';
import { searchedTextOf } from '../../../indexer/events/searched-event.ts';
import type { TrendBaseline } from '../../../ranking/trend/trend-baseline.ts';
import { type Rise, TrendTable } from '../../../ranking/trend/trend-table.ts';
import type { EventListener, ReplayedLog } from '../../events/event-listener.ts';
import type { PersonalStore } from '../../events/personal-store.ts';
import { replayWithin } from '../../events/replay-bound.ts';
import { TermSet } from '../before-typing/term-set.ts';
import { Keystrokes } from './keystrokes.ts';
import { ShownSurfaces } from './shown-surfaces.ts';

/** All markets merged. */
const MERGED = 'und';
const DEFAULT_CAPACITY = 32_768;
/** Markets that are watched at once; events of further ones count for all markets merged. */
const MOST_MARKETS = 256;
/** What rises is looked at again after so long, or at once when a search changed it. */
const REVIEW_MS = 60_000;
/** The longest list that is given; quotas take less. */
const MOST_LISTED = 20;
/** Windows are of whole buckets: a little longer than the week that they are for. */
const LONGEST_WINDOW_MS = 8 * 86_400_000;

/** What the store needs of the snapshot that is current. */
export interface TrendingSnapshot {
  readonly minUsers: number;
  /** Whether the blocklist holds. */
  readonly safety: boolean;
  /** The market of the snapshot that a canonical tag leads to. */
  resolveMarket(market: string): string;
  /** The form under which a query is counted: that of the completion which it is a spelling of, else its own. */
  canonicalForm(normalised: string): string;
  /** What the snapshot counted for a market; null where it does not say. */
  baselineOf(market: string): TrendBaseline | null;
}

export interface TrendingStoreOptions {
  /** Queries that are watched a market; 400 bytes each. */
  readonly capacity?: number;
}

/** A query that trends now. */
export interface TrendingQuery extends Rise {
  /** The text of the live searches, for a query that is no completion; null where they never told one. */
  readonly surface: string | null;
}

/** What trends in a market. */
export interface TrendingList {
  /** Surest first; no two of one topic. */
  readonly queries: readonly TrendingQuery[];
  /** Rises whenever the queries or their order change. */
  readonly version: number;
}

interface MarketTrends {
  readonly table: TrendTable;
  list: TrendingList;
  listedAtMs: number;
  isChanged: boolean;
}

interface CountedSearch {
  readonly normalised: string;
  readonly atMs: number;
  readonly market: string;
  readonly form: string;
}

/** Until there is a snapshot, events count under their own markets and forms. */
const NO_SNAPSHOT: TrendingSnapshot = {
  minUsers: 5,
  safety: true,
  resolveMarket: (market) => market,
  canonicalForm: (normalised) => normalised,
  baselineOf: () => null,
};
const NOTHING: TrendingList = { queries: [], version: 0 };

/**
 * What trends now, per market and over all, from the searches as they come. Each search counts in its market and over all; once a day for each
 * user and query; searches without a user are part of all searches only: one person has any number of sessions. Nothing with personal data is ever held; what the blocklist names is
 * not shown, nor is anything that fewer than the snapshot's least number of users searched in the window.
 */
export class TrendingStore implements EventListener, PersonalStore {
  readonly name = 'trending';
  readonly #capacity: number;
  readonly #markets = new Map<string, MarketTrends>();
  readonly #keystrokes = new Keystrokes<CountedSearch>();
  readonly #surfaces: ShownSurfaces;
  #snapshot: TrendingSnapshot = NO_SNAPSHOT;

  constructor(options: TrendingStoreOptions = {}) {
    this.#capacity = options.capacity ?? DEFAULT_CAPACITY;
    this.#surfaces = new ShownSurfaces(2 * this.#capacity);
  }

  /** What its longest window holds, as far as that is bounded: beyond it, the snapshot's baseline tells what is usual. */
  replayFrom(log: ReplayedLog): number {
    return replayWithin(log, LONGEST_WINDOW_MS);
  }

  /** Takes the snapshot that answers from now on; what was counted live stays. */
  useSnapshot(snapshot: TrendingSnapshot): void {
    this.#snapshot = snapshot;
    for (const [market, trends] of this.#markets) {
      const { table } = trends;
      const minUsers = leastUsers(snapshot);
      // A table that cannot tell so many users apart begins anew.
      if (minUsers > table.mostUsers) this.#markets.delete(market);
      else table.setMinUsers(minUsers);
      this.#setBaseline(market, trends);
    }
  }

  apply(record: EventRecord): void {
    const { event, user, session, market } = record;
    if (event.type !== 'search') return;
    const text = searchedTextOf(event);
    if (text !== null) this.#addSearch(text, { user, session }, market, event.atMs);
  }

  /** What trends in a market of the snapshot at a time. Costs a lookup, at most once a minute or after changes what the rising queries cost to judge. */
  trendingIn(market: string, nowMs: number): TrendingList {
    const trends = this.#trendsOf(market);
    if (trends === null) return NOTHING;
    if (trends.isChanged || Math.abs(nowMs - trends.listedAtMs) >= REVIEW_MS) {
      const queries = this.#list(trends.table.rises(nowMs));
      const { list } = trends;
      const isSame =
        queries.length === list.queries.length &&
        queries.every(({ query, surface }, i) => {
          const before = list.queries[i]!;
          return query === before.query && surface === before.surface;
        });
      trends.list = isSame ? list : { queries, version: list.version + 1 };
      trends.listedAtMs = nowMs;
      trends.isChanged = false;
    }
    return trends.list;
  }

  forgetUser(user: string): number {
    let removed = this.#keystrokes.forget(user) ? 1 : 0;
    for (const trends of this.#markets.values()) {
      removed += trends.table.forgetUser(stableHash(user));
      trends.isChanged = true;
    }
    return removed;
  }

  #addSearch(
    text: SearchedText,
    { user, session }: Pick<EventRecord, 'user' | 'session'>,
    market: string,
    atMs: number,
  ): void {
    const snapshot = this.#snapshot;
    const form = snapshot.canonicalForm(text.normalised);
    const resolved = snapshot.resolveMarket(market);
    const search = { normalised: text.normalised, atMs, market: resolved, form };
    const typist = user ?? session;
    const unfinished = typist === null ? null : this.#keystrokes.note(typist, search);
    if (unfinished !== null && user !== null) this.#takeBack(unfinished, user);
    if (text.isBlocked && snapshot.safety) return;
    const number = user === null ? null : stableHash(user);
    let counted = false;
    for (const tag of resolved === MERGED ? [MERGED] : [MERGED, resolved]) {
      const trends = this.#trendsOf(tag);
      if (trends === null || !trends.table.add(form, number, atMs)) continue;
      counted = true;
      if (trends.table.review(form, atMs)) trends.isChanged = true;
    }
    if (counted) this.#surfaces.note(form, text.surface);
  }

  #takeBack({ form, market, atMs }: CountedSearch, user: string): void {
    for (const tag of market === MERGED ? [MERGED] : [MERGED, market]) {
      const trends = this.#markets.get(tag);
      trends?.table.takeBack(form, stableHash(user), atMs);
      if (trends?.table.review(form, atMs)) trends.isChanged = true;
    }
  }

  #list(rises: readonly Rise[]): TrendingQuery[] {
    const chosen: TrendingQuery[] = [];
    const terms: TermSet[] = [];
    for (const rise of rises) {
      const own = new TermSet(rise.query);
      if (terms.some((other) => other.holdsOrIsHeldBy(own))) continue;
      terms.push(own);
      chosen.push({ ...rise, surface: this.#surfaces.of(rise.query) });
      if (chosen.length === MOST_LISTED) break;
    }
    return chosen;
  }

  #trendsOf(market: string): MarketTrends | null {
    const known = this.#markets.get(market);
    if (known !== undefined) return known;
    if (this.#markets.size >= MOST_MARKETS) return null;
    const minUsers = leastUsers(this.#snapshot);
    const table = new TrendTable({ minUsers, capacity: this.#capacity });
    const trends = { table, list: NOTHING, listedAtMs: 0, isChanged: true };
    this.#setBaseline(market, trends);
    this.#markets.set(market, trends);
    return trends;
  }

  #setBaseline(market: string, trends: MarketTrends): void {
    const baseline = this.#snapshot.baselineOf(market);
    if (baseline !== null) trends.table.setBaseline(baseline);
    trends.isChanged = true;
  }
}

/** One user alone never makes a trend, whatever the snapshot's threshold. */
function leastUsers({ minUsers }: TrendingSnapshot): number {
  return Math.max(2, minUsers);
}
