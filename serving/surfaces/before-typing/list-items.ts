import { normalise } from '../../../dictionaries/normalise.ts';
import { isBlocked } from '../../../dictionaries/safety/blocklist.ts';
import type { SearchedText } from '../../../dictionaries/searched-text.ts';
import { suggestionId } from '../../../indexer/events/suggestion-id.ts';
import type { CompletionId } from '../../../indexer/segment/completion-id.ts';
import { RecentMap } from '../../recent-map.ts';
import { MarketChooser } from '../../retrieval/market-choice.ts';
import type { SnapshotContent } from '../../snapshot/snapshot-content.ts';
import type { EngineAnswer } from '../../suggest-engine.ts';
import type { TrendingList } from '../live/trending-store.ts';
import type { Candidate } from './diverse-list.ts';
import { exactCompletion } from './exact-completion.ts';
import { proposeByTaste } from './taste.ts';
import type { HistoryEntry } from './user-history.ts';

/** Proposals of taste that are looked at for each that is shown. */
const TASTE_DEPTH = 4;
/** Texts whose completions are remembered. */
const MOST_FORMS = 4_096;

export interface ListItem extends Candidate {
  readonly id: string;
  readonly text: string;
  readonly kind: 'query' | 'entity';
}

/** What a user's searches propose in a market. */
interface TasteItems {
  readonly market: string;
  readonly shown: number;
  readonly items: readonly ListItem[];
}

/** What one snapshot makes of what may be shown before typing: its own completions where they are such. Remembered while what it is made from stays the same. */
export class ListItems {
  readonly content: SnapshotContent;
  readonly chooser: MarketChooser;
  readonly #trends = new WeakMap<TrendingList, readonly ListItem[]>();
  readonly #tastes = new WeakMap<readonly HistoryEntry[], TasteItems>();
  /** By text: the normalised one, or that of the completion which it is, or is a spelling of. */
  readonly #forms = new RecentMap<string>({ entries: MOST_FORMS });

  constructor(content: SnapshotContent) {
    this.content = content;
    const tags = content.manifest.markets.map(({ market }) => market);
    this.chooser = new MarketChooser(content.segment, tags, []);
  }

  /** The searches that the blocklist lets be shown. */
  showable(searched: readonly HistoryEntry[]): readonly HistoryEntry[] {
    if (!this.content.manifest.safety) return searched;
    return searched.filter(({ isBlocked: isUnsafe }) => !isUnsafe);
  }

  /** What trends, but for what the blocklist names. */
  ofTrends(list: TrendingList): readonly ListItem[] {
    let items = this.#trends.get(list);
    if (items === undefined) {
      const { manifest, segment } = this.content;
      items = list.queries
        .filter(({ query }) => !manifest.safety || !isBlocked(query))
        .map(({ query, surface }) => {
          const id = exactCompletion(segment, query);
          return id === null
            ? liveItem(query, surface ?? query)
            : this.#completionItem(id, 'trending');
        });
      this.#trends.set(list, items);
    }
    return items;
  }

  /** What the taste proposes that a user's searches tell; a few for each of so many that are shown. @param searched the same list for as long as nothing changed */
  ofTaste(searched: readonly HistoryEntry[], market: string, shown: number): readonly ListItem[] {
    const known = this.#tastes.get(searched);
    if (known?.market === market && known.shown === shown) return known.items;
    const recent = this.showable(searched);
    if (recent.length === 0) return [];
    const choice = this.chooser.choose(market);
    const items = proposeByTaste(this.content.segment, choice, recent)
      .slice(0, Math.ceil(shown) * TASTE_DEPTH)
      .map(({ id }) => this.#completionItem(id, 'taste'));
    this.#tastes.set(searched, { market, shown, items });
    return items;
  }

  /** What the operator chose, but for what the blocklist names. */
  ofEditorial(texts: readonly SearchedText[]): ListItem[] {
    const { safety } = this.content.manifest;
    return texts
      .filter((text) => !safety || !text.isBlocked)
      .map(({ normalised, surface }) => {
        const id = exactCompletion(this.content.segment, normalised);
        if (id !== null) return this.#completionItem(id, 'editorial');
        return { ...liveItem(normalised, surface), source: 'editorial' as const };
      });
  }

  /** What is searched most. */
  ofPopular({ suggestions }: EngineAnswer): ListItem[] {
    return suggestions.map(({ id, text, kind }) => {
      return { id, text, kind, normalised: this.#formOf(text), source: 'editorial' };
    });
  }

  #formOf(text: string): string {
    let known = this.#forms.get(text);
    if (known === undefined) {
      const form = normalise(text);
      const found = exactCompletion(this.content.segment, form);
      known = found === null ? form : this.#normalisedText(found);
      this.#forms.set(text, known);
    }
    return known;
  }

  #completionItem(id: CompletionId, source: ListItem['source']): ListItem {
    const { segment } = this.content;
    const normalised = this.#normalisedText(id);
    return {
      id: suggestionId(normalised),
      normalised,
      text: segment.surfaceText(id),
      kind: segment.isEntity(id) ? 'entity' : 'query',
      source,
    };
  }

  #normalisedText(id: CompletionId): string {
    return this.content.segment.normalisedTexts(Uint32Array.of(id), 1)[0]!;
  }
}

function liveItem(normalised: string, text: string): ListItem {
  return { id: suggestionId(normalised), normalised, text, kind: 'query', source: 'trending' };
}
