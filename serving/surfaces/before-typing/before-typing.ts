import { normalise } from '../../../dictionaries/normalise.ts';
import type { SearchedText } from '../../../dictionaries/searched-text.ts';
import type { SnapshotContent } from '../../snapshot/snapshot-content.ts';
import type { EngineAnswer, Suggestion } from '../../suggest-engine.ts';
import type { Suppression } from '../../suppression.ts';
import type { TrendingList, TrendingStore } from '../live/trending-store.ts';
import { type Candidate, composeList } from './diverse-list.ts';
import { type ListItem, ListItems } from './list-items.ts';
import { trendingSnapshotOf } from './trending-snapshot.ts';
import type { HistoryEntry, UserHistory } from './user-history.ts';

/** Shares of the list that each source may take; what they leave is filled with what is searched most. */
const VIDEO_SHARE = 0.5;
const HISTORY_SHARE = 0.4;
const TRENDING_SHARE = 0.3;
const TASTE_SHARE = 0.2;
/** Most searched completions that are looked at for one list. */
const MOST_POPULAR = 20;

export interface BeforeTypingOptions {
  readonly trending: TrendingStore;
  readonly history: UserHistory;
  /** The server's time: the wall clock, or that of the events. */
  readonly nowMs: () => number;
  /** What stands for a user, and a session, in the history. */
  readonly hashUser: (user: string) => string;
  readonly hashSession: (session: string) => string;
  /** Texts that the operator shows where nothing better is known, by market, best first; what is searched most comes after them. None when absent. */
  readonly editorial?: (market: string) => readonly SearchedText[];
  /** Nothing is held back when absent. */
  readonly isSuppressed?: Suppression | undefined;
}

/** Who asks; null for nobody in particular, or for a request that must not be personalised. */
export interface Asker {
  readonly user: string | null;
  readonly session: string | null;
}

/** What to show before anything is typed. */
export interface BeforeTypingAnswer extends EngineAnswer {
  /** Whether it tells anything of who asked. */
  readonly personalised: boolean;
}

export interface BeforeTypingRequest {
  readonly market: string;
  readonly limit: number;
  /** What viewers of the video on screen search, likeliest first; none when absent. */
  readonly onVideo?: readonly Suggestion[];
}

/**
 * Answers what to show before anything is typed: what viewers of the video on screen search, the user's recent searches, what trends in the market, what the user's taste suggests, and what the operator chose
 * or the market searches most; diverse by construction. Touches memory only; tens of microseconds for a user with a history.
 */
export class BeforeTyping {
  readonly #options: BeforeTypingOptions;
  #items: ListItems | null = null;

  constructor(options: BeforeTypingOptions) {
    this.#options = options;
  }

  /** What answers from now on; to be told of every snapshot before it is asked for. */
  useSnapshot(content: SnapshotContent): void {
    if (this.#items?.content === content) return;
    this.#items = new ListItems(content);
    this.#options.trending.useSnapshot(trendingSnapshotOf(content, this.#items.chooser));
  }

  /**
   * Which answers of a market are the same for everybody of whom nothing is known: those of one version, within a snapshot. Null when something is known of
   * who asks, so that the answer is theirs alone.
   */
  sharedVersion(market: string, asker: Asker): number | null {
    const owner = this.#ownerOf(asker);
    const { history } = this.#options;
    if (owner !== null && (history.recent(owner).length > 0 || history.hasRemovals(owner))) {
      return null;
    }
    return this.#trendingIn(market).version;
  }

  /**
   * The list for a market that `resolveMarket` gave. `popular` answers what is searched most, which is the answer where nothing else
   * is known.
   */
  answer(
    { market, limit, onVideo = [] }: BeforeTypingRequest,
    asker: Asker,
    popular: (limit: number) => EngineAnswer,
  ): BeforeTypingAnswer {
    const items = this.#items;
    if (items === null) return { ...popular(limit), personalised: false };
    const owner = this.#ownerOf(asker);
    const { history } = this.#options;
    const searched = owner === null ? [] : history.recent(owner);
    const recent = items.showable(searched);
    const trending = items.ofTrends(this.#trendingIn(market));
    const editorial = items.ofEditorial(this.#options.editorial?.(market) ?? []);
    const hasRemoved = owner !== null && history.hasRemovals(owner);
    if (recent.length + trending.length + editorial.length + onVideo.length === 0 && !hasRemoved) {
      return { ...this.#mostSearched(items, market, limit, popular), personalised: false };
    }
    const isAllowed = this.#filterIn(market);
    const isWanted = (candidate: Candidate) =>
      isAllowed(candidate) && (owner === null || !history.isRemoved(owner, candidate.normalised));
    const base = popular(MOST_POPULAR);
    const list = composeList(
      [
        { candidates: onVideo.map(videoItem).filter(isWanted), share: VIDEO_SHARE },
        { candidates: recent.map(historyItem).filter(isWanted), share: HISTORY_SHARE },
        { candidates: trending.filter(isWanted), share: TRENDING_SHARE },
        {
          candidates: items.ofTaste(searched, market, limit * TASTE_SHARE).filter(isWanted),
          share: TASTE_SHARE,
        },
        {
          candidates: [...editorial, ...items.ofPopular(base)].filter(isWanted),
          share: 1,
        },
      ],
      limit,
    );
    const isPersonal = owner !== null && recent.length > 0;
    return { ...base, suggestions: list.map(toSuggestion), personalised: isPersonal };
  }

  /** For somebody of whom nothing is known, where nothing trends; empty only if the market has no completion. */
  #mostSearched(
    items: ListItems,
    market: string,
    limit: number,
    popular: (limit: number) => EngineAnswer,
  ): EngineAnswer {
    const isAllowed = this.#filterIn(market);
    // An index of ungrouped forms answers by count, and nothing comes between.
    if (items.content.manifest.group === 'none') {
      const exact = popular(this.#options.isSuppressed === undefined ? limit : MOST_POPULAR);
      const suggestions = exact.suggestions
        .map((each) => ({ ...each, source: 'editorial' as const }))
        .filter(({ text }) => isAllowed({ normalised: normalise(text) }));
      return { ...exact, suggestions: suggestions.slice(0, limit) };
    }
    const base = popular(MOST_POPULAR);
    const candidates = items.ofPopular(base).filter(isAllowed);
    const list = composeList([{ candidates, share: 1 }], limit);
    return { ...base, suggestions: list.map(toSuggestion) };
  }

  /** What every text of a list passes, whatever proposed it. */
  #filterIn(market: string): (candidate: Pick<Candidate, 'normalised'>) => boolean {
    const { isSuppressed } = this.#options;
    return ({ normalised }) => isSuppressed?.(normalised, market) !== true;
  }

  #ownerOf({ user, session }: Asker): string | null {
    if (user !== null) return this.#options.hashUser(user);
    return session === null ? null : this.#options.hashSession(session);
  }

  #trendingIn(market: string): TrendingList {
    return this.#options.trending.trendingIn(market, this.#options.nowMs());
  }
}

function historyItem({ id, normalised, surface }: HistoryEntry): ListItem {
  return { id, normalised, text: surface, kind: 'query', source: 'history' };
}

function videoItem({ id, text, kind }: Suggestion): ListItem {
  return { id, text, kind, normalised: normalise(text), source: 'video' };
}

/** Sources are not comparable, so the score tells the place alone. */
function toSuggestion({ id, text, kind, source }: ListItem, place: number): Suggestion {
  const score = Math.round(1e6 / (1 + place / 8)) / 1e6;
  return { id, text, kind, source, score, matches: [] };
}
