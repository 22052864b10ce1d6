import { RecentMap } from '../../recent-map.ts';
import type { MarketChoice } from '../../retrieval/market-choice.ts';
import type { FreshCandidate } from './fresh-candidate.ts';
import type { FreshIndex } from './fresh-index.ts';
import type { FreshMatch } from './fresh-match.ts';
import type { FreshSnapshot } from './fresh-snapshot.ts';
import type { FreshTally } from './fresh-tally.ts';
import type { TrendingList, TrendingStore } from './trending-store.ts';

const MERGED = 'und';
const DAY_MS = 86_400_000;
/** Typed texts whose fresh ones are remembered, some 5 KB each. */
const MOST_FOUND = 1_024;
/** For so long at most: weights fade. */
const FADING_MS = 60_000;
const NOTHING: readonly FreshCandidate[] = [];

export interface FreshLookupOptions {
  readonly trending: Pick<TrendingStore, 'trendingIn'>;
  /** The server's time. */
  readonly nowMs: () => number;
}

/** What was found for a typed text, and what by. */
interface Found {
  readonly version: number;
  readonly trending: TrendingList;
  readonly atMs: number;
  readonly candidates: readonly FreshCandidate[];
}

/** A text with what all say of it who searched it, whatever their markets, and those who tagged videos with it. */
interface WeighedText {
  readonly text: FreshTally;
  readonly match: FreshMatch;
  /** Searches a day, where it trends. */
  readonly perDay: number | undefined;
  kind: 'query' | 'entity';
  weight: number;
  logScore: number;
}

/** Makes candidates of the fresh texts that a typed text finds, and remembers them while nothing changed that they may be made from. */
export class FreshLookup {
  readonly #shown: FreshIndex<FreshTally>;
  readonly #options: FreshLookupOptions;
  readonly #found = new RecentMap<Found>({ entries: MOST_FOUND });
  /** By text and market that is not its own: whether the snapshot has it there. */
  #isHeld = new WeakMap<FreshTally, Map<string, boolean>>();
  #snapshot: FreshSnapshot | null = null;

  /** @param shown none that the snapshot has in the text's own market */
  constructor(shown: FreshIndex<FreshTally>, options: FreshLookupOptions) {
    this.#shown = shown;
    this.#options = options;
  }

  useSnapshot(snapshot: FreshSnapshot): void {
    this.#snapshot = snapshot;
    this.#found.clear();
    this.#isHeld = new WeakMap();
  }

  /**
   * What is found for a normalised typed text in a market of the snapshot, prefix matches first, each by score, ties by text; at most `limit`. Nothing for the empty
   * text. The same list while nothing changed that it may hold, at the cost of a lookup; microseconds otherwise, and one for a few texts that hold a typed term, of at most
   * some hundreds. Where more hold each of the first terms, the heaviest are looked at.
   */
  find(typed: string, choice: MarketChoice, limit: number): readonly FreshCandidate[] {
    const snapshot = this.#snapshot;
    const version = this.#shown.versionFor(typed);
    if (snapshot === null || version === 0) return NOTHING;
    const nowMs = this.#options.nowMs();
    const trending = this.#options.trending.trendingIn(choice.market, nowMs);
    const key = `${limit} ${choice.market} ${typed}`;
    const known = this.#found.get(key);
    if (
      known?.version === version &&
      known.trending === trending &&
      Math.abs(nowMs - known.atMs) < FADING_MS
    ) {
      return known.candidates;
    }
    const matches = this.#shown.find(typed);
    if (matches.length === 0) return NOTHING;
    const candidates = this.#weigh(matches, choice, snapshot, trending, nowMs)
      .slice(0, limit)
      .map(describe);
    this.#found.set(key, { version, trending, atMs: nowMs, candidates });
    return candidates;
  }

  /** The texts of a market that match, best first. */
  #weigh(
    matches: readonly { readonly text: FreshTally; readonly match: FreshMatch }[],
    choice: MarketChoice,
    snapshot: FreshSnapshot,
    trending: TrendingList,
    nowMs: number,
  ): WeighedText[] {
    const rates = new Map(trending.queries.map(({ query, perDay }) => [query, perDay]));
    const found = new Map<string, WeighedText>();
    for (const { text, match } of matches) {
      if (text.isBlocked && snapshot.safety) continue;
      if (!isCandidateIn(text.market, choice, snapshot) || this.#holds(text, choice, snapshot)) {
        continue;
      }
      const weight = text.weightAt(nowMs, snapshot);
      const known = found.get(text.normalised);
      if (known === undefined) {
        const perDay = rates.get(text.normalised);
        found.set(text.normalised, { text, match, perDay, kind: text.kind, weight, logScore: 0 });
      } else {
        known.weight += weight;
        if (text.kind === 'query') known.kind = 'query';
      }
    }
    for (const each of found.values()) {
      each.logScore = logScoreOf(each.weight, each.perDay ?? 0, snapshot.halfLifeDays);
    }
    return [...found.values()].sort(byMatchAndScore);
  }

  /** Whether the snapshot has a text in a market. In its own it has not: such a text is not held here. */
  #holds(text: FreshTally, choice: MarketChoice, snapshot: FreshSnapshot): boolean {
    const { market } = choice;
    if (market === text.market) return false;
    let markets = this.#isHeld.get(text);
    if (markets === undefined) {
      markets = new Map();
      this.#isHeld.set(text, markets);
    }
    let isHeld = markets.get(market);
    if (isHeld === undefined) {
      isHeld = snapshot.holds(text.normalised, choice);
      markets.set(market, isHeld);
    }
    return isHeld;
  }
}

/** A market's candidates are its own and those of no market; all markets merged have everyone's. */
function isCandidateIn(market: string, choice: MarketChoice, snapshot: FreshSnapshot): boolean {
  if (choice.market === MERGED || market === MERGED) return true;
  return snapshot.choose(market).market === choice.market;
}

/** What rises scores as what is always searched at its rate would: the sum of a day's searches as they fade. */
function logScoreOf(weight: number, perDay: number, halfLifeDays: number): number {
  const lasting = (perDay * halfLifeDays) / Math.LN2;
  return Math.log2(Math.max(1 / DAY_MS, weight, lasting));
}

function byMatchAndScore(a: WeighedText, b: WeighedText): number {
  if (a.match.kind !== b.match.kind) return a.match.kind === 'prefix' ? -1 : 1;
  return b.logScore - a.logScore || (a.text.normalised < b.text.normalised ? -1 : 1);
}

function describe({ text, match, perDay, kind, logScore }: WeighedText): FreshCandidate {
  const { normalised, surface } = text;
  const source = perDay === undefined ? 'fresh' : 'trending';
  return { normalised, surface, match, kind, source, logScore };
}
