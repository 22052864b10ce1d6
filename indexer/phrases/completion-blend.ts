import type { Workspace } from '../clean/workspace.ts';
import type { CompletionTotals } from '../counting/completion-stream.ts';
import type { CountedCompletion, MarketScore } from '../segment/counted-completion.ts';
import type { Entity, EntityMarket } from './phrase-counter.ts';
import { type PhraseGrouping, VariantFinder } from './phrase-variants.ts';
import { languageOfMarket } from './video-loader.ts';

/** Reads it of the counted groups; `markets` names the markets by their numbers. */
export async function readSearchedTotals(
  workspace: Workspace,
  markets: readonly string[],
): Promise<SearchedTotals> {
  const rows = await workspace.readNumbers(
    'SELECT market, min(score) FROM group_scores GROUP BY market ORDER BY market',
  );
  return {
    leastScore: rows.length === 0 ? null : Math.min(...rows.map(([, score = 0]) => score)),
    markets: rows.map(([market = 0]) => markets[market] ?? 'und'),
  };
}

/** How much of a creator freshness is worth: never a whole one. */
const FRESHNESS_SHARE = 0.5;

/** What is known of the searched completions before the first of them comes. */
export interface SearchedTotals {
  /** The least score of a searched completion in a market; null when none was searched. */
  readonly leastScore: number | null;
  readonly markets: readonly string[];
}

/**
 * Puts the phrases of videos behind the searched completions. Every entity scores less, over all its markets together, than any searched completion does in one:
 * its distinct creators, then how fresh they are, scaled into half the least searched score (as they are when nothing was searched).
 * A phrase that people search for too is a searched completion; in markets where nobody searches for it, it has the score of its phrase
 * on top of what any entity has, so that entities stand below searched completions in every market.
 */
export class CompletionBlend {
  readonly #add: (completion: CountedCompletion) => void;
  readonly #entities: readonly Entity[];
  readonly #variants: VariantFinder<Entity>;
  readonly #searched = new Set<Entity>();
  readonly #scale: number;
  /** As much as any entity's score over all its markets. */
  readonly #mostOfEntities: number;
  readonly #markets: readonly string[];
  readonly #onlySearched: string;
  readonly #sizes = new Map<string, number>();
  #completions = 0;
  #aliases = 0;

  constructor(
    entities: readonly Entity[],
    searched: SearchedTotals,
    group: PhraseGrouping,
    add: (completion: CountedCompletion) => void,
  ) {
    this.#add = add;
    this.#variants = new VariantFinder(group);
    this.#entities = entities;
    let most = 0;
    const markets = new Set(searched.markets);
    for (const entity of entities) {
      for (const form of [entity.normalised, ...entity.aliases]) {
        this.#variants.add(form, entity.languages, entity);
      }
      most = Math.max(most, sum(entity.markets.map(worthOf)));
      for (const { market } of entity.markets) markets.add(market);
    }
    // Over all markets together, a phrase adds less than the least searched score to a searched completion.
    this.#scale =
      searched.leastScore === null || most === 0
        ? 1
        : Math.min(1, searched.leastScore / (2 * most * markets.size));
    this.#mostOfEntities = most * this.#scale;
    this.#markets = [...markets].sort();
    this.#onlySearched = searched.markets[0] ?? 'und';
  }

  /** Phrases that people search for, too. */
  get searched(): number {
    return this.#searched.size;
  }

  /** Takes a searched completion, with its scores by market where there are several. */
  addSearched(completion: CountedCompletion): void {
    const scores = completion.markets ?? [{ market: this.#onlySearched, score: completion.score }];
    const known = new Set(scores.map(({ market }) => market));
    const forms = [completion.normalised, ...(completion.aliases ?? [])];
    const added: MarketScore[] = [];
    const languages = [...[...known].map(languageOfMarket), 'en'];
    const spoken = [...new Set(languages)].filter((language) => language !== undefined);
    for (const form of forms) {
      const entity = this.#variants.find(form, spoken);
      if (entity === undefined || this.#searched.has(entity)) continue;
      this.#searched.add(entity);
      for (const { market, score } of this.#scoresOf(entity)) {
        if (!known.has(market)) added.push({ market, score: this.#mostOfEntities + score });
      }
    }
    this.#push(completion, [...scores, ...mergeMarkets(added)]);
  }

  /** Adds the phrases that nobody searches for, after the last searched completion; returns what was added in all. */
  finish(): CompletionTotals {
    for (const entity of this.#entities) {
      if (this.#searched.has(entity)) continue;
      const { normalised, surface, aliases } = entity;
      const base = { normalised, surface, score: 0, kind: 'entity' } as const;
      this.#push(aliases.length > 0 ? { ...base, aliases } : base, this.#scoresOf(entity));
    }
    return {
      completions: this.#completions,
      aliases: this.#aliases,
      markets: [...this.#sizes]
        .map(([market, completions]) => ({ market, completions }))
        .sort((a, b) => (a.market < b.market ? -1 : 1)),
    };
  }

  #push(completion: CountedCompletion, scores: readonly MarketScore[]): void {
    this.#completions += 1;
    this.#aliases += completion.aliases?.length ?? 0;
    for (const { market } of scores) {
      this.#sizes.set(market, (this.#sizes.get(market) ?? 0) + 1);
    }
    const { markets: _, ...rest } = completion;
    const score = sum(scores.map((each) => each.score));
    this.#add({ ...rest, score, ...(this.#markets.length > 1 ? { markets: scores } : {}) });
  }

  #scoresOf(entity: Entity): readonly MarketScore[] {
    return entity.markets.map((each) => ({
      market: each.market,
      score: worthOf(each) * this.#scale,
    }));
  }
}

/** Creators before the point, freshness behind it. */
function worthOf({ creators, freshness }: EntityMarket): number {
  return creators + (FRESHNESS_SHARE * freshness) / creators;
}

/** Several phrases of one completion may share a market: the one with the most counts. */
function mergeMarkets(scores: readonly MarketScore[]): readonly MarketScore[] {
  const byMarket = new Map<string, number>();
  for (const { market, score } of scores) {
    byMarket.set(market, Math.max(score, byMarket.get(market) ?? 0));
  }
  return [...byMarket].map(([market, score]) => ({ market, score }));
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
