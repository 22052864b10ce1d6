import { normalise } from '../../../dictionaries/normalise.ts';
import { isBlocked } from '../../../dictionaries/safety/blocklist.ts';
import type { SearchedText } from '../../../dictionaries/searched-text.ts';
import { suggestionId } from '../../../indexer/events/suggestion-id.ts';
import type { CompletionId } from '../../../indexer/segment/completion-id.ts';
import { type MarketChoice, MarketChooser } from '../../retrieval/market-choice.ts';
import type { SnapshotContent } from '../../snapshot/snapshot-content.ts';
import type { EngineAnswer, Suggestion } from '../../suggest-engine.ts';
import type { Suppression } from '../../suppression.ts';
import type { TrendingList, TrendingQuery, TrendingStore } from '../live/trending-store.ts';
import { type Candidate, composeList } from './diverse-list.ts';
import { exactCompletion } from './exact-completion.ts';
import { proposeByTaste } from './taste.ts';
import { trendingSnapshotOf } from './trending-snapshot.ts';
import type { HistoryEntry, UserHistory } from './user-history.ts';

/** Shares of the list that each source may take; what they leave is filled with what is searched most. */
const VIDEO_SHARE = 0.5;
const HISTORY_SHARE = 0.4;
const TRENDING_SHARE = 0.3;
const TASTE_SHARE = 0.2;
/** Proposals of taste that are looked at for each that is shown. */
const TASTE_DEPTH = 4;
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

interface ListItem extends Candidate {
  readonly id: string;
  readonly text: string;
  readonly kind: 'query' | 'entity';
}

export interface BeforeTypingRequest {
  readonly market: string;
  readonly limit: number;
  /** What viewers of the video on screen search, likeliest first; none when absent. */
  readonly onVideo?: readonly Suggestion[];
}

/** A snapshot as it is asked here. */
interface Face {
  readonly content: SnapshotContent;
  readonly chooser: MarketChooser;
}

/**
 * Answers what to show before anything is typed: what viewers of the video on screen search, the user's recent searches, what trends in the market, what the user's taste suggests, and what the operator chose
 * or the market searches most; diverse by construction. Touches memory only; tens of microseconds for a user with a history.
 */
export class BeforeTyping {
  readonly #options: BeforeTypingOptions;
  #face: Face | null = null;

  constructor(options: BeforeTypingOptions) {
    this.#options = options;
  }

  /** What answers from now on; to be told of every snapshot before it is asked for. */
  useSnapshot(content: SnapshotContent): void {
    if (this.#face?.content === content) return;
    const tags = content.manifest.markets.map(({ market }) => market);
    const chooser = new MarketChooser(content.segment, tags, []);
    this.#face = { content, chooser };
    this.#options.trending.useSnapshot(trendingSnapshotOf(content, chooser));
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
    const face = this.#face;
    if (face === null) return { ...popular(limit), personalised: false };
    const { safety } = face.content.manifest;
    const owner = this.#ownerOf(asker);
    const { history } = this.#options;
    const recent = (owner === null ? [] : history.recent(owner)).filter(
      ({ isBlocked: isUnsafe }) => !isUnsafe || !safety,
    );
    const choice = face.chooser.choose(market);
    const trending = this.#trendingIn(market).queries.filter(
      ({ query }) => !safety || !isBlocked(query),
    );
    const editorial = this.#editorialItems(face, market);
    const hasRemoved = owner !== null && history.hasRemovals(owner);
    if (recent.length + trending.length + editorial.length + onVideo.length === 0 && !hasRemoved) {
      return { ...this.#mostSearched(face, market, limit, popular), personalised: false };
    }
    const isAllowed = this.#filterIn(market);
    const isWanted = (candidate: Candidate) =>
      isAllowed(candidate) && (owner === null || !history.isRemoved(owner, candidate.normalised));
    const base = popular(MOST_POPULAR);
    const list = composeList(
      [
        { candidates: onVideo.map(videoItem).filter(isWanted), share: VIDEO_SHARE },
        { candidates: recent.map(historyItem).filter(isWanted), share: HISTORY_SHARE },
        { candidates: this.#trendingItems(face, trending).filter(isWanted), share: TRENDING_SHARE },
        {
          candidates: this.#tasteItems(face, choice, recent, limit).filter(isWanted),
          share: TASTE_SHARE,
        },
        {
          candidates: [...editorial, ...this.#popularItems(face, base)].filter(isWanted),
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
    face: Face,
    market: string,
    limit: number,
    popular: (limit: number) => EngineAnswer,
  ): EngineAnswer {
    const isAllowed = this.#filterIn(market);
    // An index of ungrouped forms answers by count, and nothing comes between.
    if (face.content.manifest.group === 'none') {
      const exact = popular(this.#options.isSuppressed === undefined ? limit : MOST_POPULAR);
      const suggestions = exact.suggestions
        .map((each) => ({ ...each, source: 'editorial' as const }))
        .filter(({ text }) => isAllowed({ normalised: normalise(text) }));
      return { ...exact, suggestions: suggestions.slice(0, limit) };
    }
    const base = popular(MOST_POPULAR);
    const candidates = this.#popularItems(face, base).filter(isAllowed);
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

  #trendingItems({ content }: Face, queries: readonly TrendingQuery[]): ListItem[] {
    const { segment } = content;
    return queries.map(({ query, surface }) => {
      const id = exactCompletion(segment, query);
      return id === null
        ? liveItem(query, surface ?? query)
        : completionItem(content, id, 'trending');
    });
  }

  #tasteItems(
    { content }: Face,
    choice: MarketChoice,
    recent: readonly HistoryEntry[],
    limit: number,
  ): ListItem[] {
    if (recent.length === 0) return [];
    return proposeByTaste(content.segment, choice, recent)
      .slice(0, Math.ceil(limit * TASTE_SHARE) * TASTE_DEPTH)
      .map(({ id }) => completionItem(content, id, 'taste'));
  }

  #editorialItems({ content }: Face, market: string): ListItem[] {
    const { safety } = content.manifest;
    const texts = this.#options.editorial?.(market) ?? [];
    return texts
      .filter((text) => !safety || !text.isBlocked)
      .map(({ normalised, surface }) => {
        const id = exactCompletion(content.segment, normalised);
        if (id !== null) return completionItem(content, id, 'editorial');
        return { ...liveItem(normalised, surface), source: 'editorial' as const };
      });
  }

  #popularItems({ content }: Face, { suggestions }: EngineAnswer): ListItem[] {
    const { segment } = content;
    return suggestions.map(({ id, text, kind }) => {
      const form = normalise(text);
      const found = exactCompletion(segment, form);
      const normalised = found === null ? form : normalisedText(content, found);
      return { id, text, kind, normalised, source: 'editorial' };
    });
  }
}

function historyItem({ id, normalised, surface }: HistoryEntry): ListItem {
  return { id, normalised, text: surface, kind: 'query', source: 'history' };
}

function videoItem({ id, text, kind }: Suggestion): ListItem {
  return { id, text, kind, normalised: normalise(text), source: 'video' };
}

function liveItem(normalised: string, text: string): ListItem {
  return { id: suggestionId(normalised), normalised, text, kind: 'query', source: 'trending' };
}

function completionItem(
  content: SnapshotContent,
  id: CompletionId,
  source: ListItem['source'],
): ListItem {
  const normalised = normalisedText(content, id);
  return {
    id: suggestionId(normalised),
    normalised,
    text: content.segment.surfaceText(id),
    kind: content.segment.isEntity(id) ? 'entity' : 'query',
    source,
  };
}

function normalisedText({ segment }: SnapshotContent, id: CompletionId): string {
  return segment.normalisedTexts(Uint32Array.of(id), 1)[0]!;
}

/** Sources are not comparable, so the score tells the place alone. */
function toSuggestion({ id, text, kind, source }: ListItem, place: number): Suggestion {
  const score = Math.round(1e6 / (1 + place / 8)) / 1e6;
  return { id, text, kind, source, score, matches: [] };
}
