import type { TextRange } from '../../dictionaries/alignment.ts';
import { normaliseTyped } from '../../dictionaries/normalise.ts';
import type { CompletionId } from '../../indexer/segment/completion-id.ts';
import type { CompletionView } from '../../indexer/segment/completion-view.ts';
import { LOG_OF_ZERO } from '../../indexer/segment/log-score.ts';
import type { Manifest } from '../../indexer/segment/manifest.ts';
import { MAX_RESULTS } from '../../indexer/segment/range-minimum.ts';
import type { Segment } from '../../indexer/segment/segment.ts';
import type { EngineAnswer, SuggestEngine, Suggestion } from '../suggest-engine.ts';
import { anyOrderSearchOf, locateTyped } from './lookup.ts';
import { type MarketChoice, MarketChooser } from './market-choice.ts';
import { anyOrderSpans, prefixSpans } from './match-spans.ts';
import { planQuery, type TermMatcher } from './query-plan.ts';
import { suggestionId } from './suggestion-id.ts';

/** Results that one answer may hold. */
export const MAX_LIMIT = 20;

interface Candidate {
  readonly id: CompletionId;
  /** Decayed count in the view that it came from; orders candidates of two views. */
  readonly score: number;
  readonly logScore: number;
}

/**
 * Answers suggestions from one segment, in memory: completions that begin with the typed text, then, in the slots left, completions that hold
 * its terms in any order. ARCHITECTURE.md has the rules that a naive oracle applies.
 */
export class Engine implements SuggestEngine {
  private readonly segment: Segment;
  private readonly chooser: MarketChooser;
  private readonly found = new Uint32Array(MAX_RESULTS);

  /** @param defaultMarket canonical tag for requests that name no market, before the one given to `index` */
  constructor(segment: Segment, manifest: Manifest, defaultMarket: string | null = null) {
    this.segment = segment;
    const tags = manifest.markets.map(({ market }) => market);
    this.chooser = new MarketChooser(segment, tags, [defaultMarket, manifest.market]);
  }

  /** The market that a request for a canonical tag, or for none, is answered with. */
  resolveMarket(requested: string | null): string {
    return this.chooser.choose(requested).market;
  }

  /**
   * At most `limit` (1 to MAX_LIMIT) suggestions for what was typed, best first. An empty text asks for the most searched.
   *
   * @throws RangeError when the limit is out of range
   */
  suggest(typed: string, options: { limit: number; market?: string | null }): EngineAnswer {
    const { limit } = options;
    if (!(Number.isInteger(limit) && limit >= 1 && limit <= MAX_LIMIT)) {
      throw new RangeError(`limit: expected a whole number from 1 to ${MAX_LIMIT}, got ${limit}`);
    }
    const { normalised } = normaliseTyped(typed);
    const choice = this.chooser.choose(options.market ?? null);
    const top = topLogScore(this.segment, choice.views);
    const direct = this.byPrefix(choice, normalised, limit);
    const suggestions = this.describe(direct, 'prefix', top, (surface, text) =>
      prefixSpans(surface, text, normalised),
    );
    if (suggestions.length < limit && normalised !== '') {
      suggestions.push(...this.inAnyOrder(choice, normalised, limit, direct, top));
    }
    return { market: choice.market, normalised, suggestions };
  }

  private byPrefix(choice: MarketChoice, normalised: string, limit: number): Candidate[] {
    const range = locateTyped(this.segment, normalised);
    if (range.low === range.high) return [];
    return this.bestOf(choice, limit, (view) => view.best(range, limit, this.found));
  }

  private inAnyOrder(
    choice: MarketChoice,
    normalised: string,
    limit: number,
    direct: readonly Candidate[],
    top: number,
  ): Suggestion[] {
    const matchers = planQuery(this.segment, normalised);
    if (matchers === null) return [];
    const search = anyOrderSearchOf(this.segment);
    // The direct matches hold the terms as well: ask for so many more, and leave them out.
    const wanted = limit + direct.length;
    const taken = new Set(direct.map(({ id }) => id));
    const candidates = this.bestOf(choice, wanted, (view) =>
      search.best(view, matchers, wanted, this.found),
    )
      .filter(({ id }) => !taken.has(id))
      .slice(0, limit - direct.length);
    return this.describe(candidates, 'infix', top, (surface, text, id) =>
      this.spansOf(id, surface, text, matchers),
    );
  }

  private spansOf(
    id: CompletionId,
    surface: string,
    normalised: string,
    matchers: readonly TermMatcher[],
  ): TextRange[] {
    const places = anyOrderSearchOf(this.segment).placesOf(id, matchers);
    return places === null ? [] : anyOrderSpans(surface, normalised, matchers, places);
  }

  /** The best of each view, in one list without repeats; a completion of two views counts with its higher score. */
  private bestOf(
    { views }: MarketChoice,
    limit: number,
    best: (view: CompletionView) => number,
  ): Candidate[] {
    const candidates: Candidate[] = [];
    for (const view of views) {
      const count = best(view);
      for (let i = 0; i < count; i++) {
        const rank = this.found[i]!;
        const logScore = this.logScore(view, rank);
        const score = view.scores === null ? logScore : view.scores[rank]!;
        candidates.push({ id: view.idOf(rank), score, logScore });
      }
    }
    if (views.length === 1) return candidates;
    candidates.sort((a, b) => b.score - a.score || this.segment.forward.compare(a.id, b.id));
    const seen = new Set<CompletionId>();
    return candidates.filter(({ id }) => !seen.has(id) && seen.add(id)).slice(0, limit);
  }

  private logScore(view: CompletionView, rank: number): number {
    return view.scores === null ? this.segment.logScores[rank]! : logOf(view.scores[rank]!);
  }

  private describe(
    candidates: readonly Candidate[],
    source: 'prefix' | 'infix',
    topLog: number,
    spans: (surface: string, normalised: string, id: CompletionId) => TextRange[],
  ): Suggestion[] {
    const ids = Uint32Array.from(candidates, ({ id }) => id);
    const surfaces = this.segment.surfaceTexts(ids, ids.length);
    const normalised = this.segment.normalisedTexts(ids, ids.length);
    return candidates.map(({ id, logScore }, i) => ({
      id: suggestionId(normalised[i]!),
      text: surfaces[i]!,
      kind: 'query',
      source,
      score: shownScore(logScore, topLog, source),
      matches: spans(surfaces[i]!, normalised[i]!, id),
    }));
  }
}

function topLogScore(segment: Segment, views: readonly CompletionView[]): number {
  let top = LOG_OF_ZERO;
  for (const view of views) {
    if (view.size === 0) continue;
    const score = view.scores === null ? segment.logScores[0]! : logOf(view.scores[0]!);
    if (score > top) top = score;
  }
  return top;
}

function logOf(score: number): number {
  return score > 0 ? Math.log2(score) : LOG_OF_ZERO;
}

/** Halvings of the top score after which the shown one is half. */
const HALF_AT = 8;

/**
 * A score for people: prefix matches in (0.5, 1], any-order matches in (0, 0.5], each by how many times the market's most searched completion
 * outdoes it; six decimals.
 */
function shownScore(logScore: number, topLog: number, source: 'prefix' | 'infix'): number {
  const share = 1 / (1 + Math.max(0, topLog - logScore) / HALF_AT);
  const score = source === 'prefix' ? 0.5 + share / 2 : share / 2;
  return Math.round(score * 1e6) / 1e6;
}
