import { hashWord } from '../../../dictionaries/mentions/word-hash.ts';
import { normalise } from '../../../dictionaries/normalise.ts';
import { isBlocked } from '../../../dictionaries/safety/blocklist.ts';
import { findPersonalData } from '../../../dictionaries/safety/personal-data.ts';
import { suggestionId } from '../../../indexer/events/suggestion-id.ts';
import { brandCompletion, type CompletionId } from '../../../indexer/segment/completion-id.ts';
import type { Manifest } from '../../../indexer/segment/manifest.ts';
import type { Segment } from '../../../indexer/segment/segment.ts';
import { type MarketChoice, MarketChooser } from '../../retrieval/market-choice.ts';
import type {
  CommentText,
  EntityFinder,
  EntityLink,
  LinkedText,
  LinkOptions,
} from './entity-finder.ts';
import { EntityPass, type SpanCandidate } from './entity-pass.ts';
import { DEFAULT_ENTITY_SETTINGS, type EntitySettings } from './entity-settings.ts';
import { widenToGraphemes } from './grapheme-span.ts';

const LONGEST_QUERY = 128;
/** Completions whose texts, and spans whose verdicts, are remembered: either costs more than finding it. */
const MOST_REMEMBERED = 16_384;
/** UTF-16 code units of a span whose verdict is remembered. */
const LONGEST_REMEMBERED = 64;

/** What a link searches for. */
interface Query {
  readonly text: string;
  readonly id: string;
}

export interface EntityLinkerOptions {
  readonly settings?: EntitySettings;
  /** Canonical market of requests that name none, before the one given to `index`; null for none. */
  readonly defaultMarket?: string | null;
}

/**
 * Links the names in comments to searches, over one segment. A span leads to its completion where the market has it, else to its own name when enough
 * people or videos name it or it shows itself a name. Nothing that holds personal data, or that the blocklist refuses, becomes a link.
 */
export class EntityLinker implements EntityFinder {
  readonly #segment: Segment;
  readonly #chooser: MarketChooser;
  readonly #pass: EntityPass | null;
  readonly #bounds: { readonly known: number; readonly unknown: number };
  readonly #isSafe: boolean;
  readonly #remembered = new Map<number, Query>();
  /** By what comments write: people name the same things over and over, and judging a name costs more than finding it. */
  readonly #names = new Map<string, string | null>();

  constructor(segment: Segment, manifest: Manifest, options: EntityLinkerOptions = {}) {
    const { settings = DEFAULT_ENTITY_SETTINGS } = options;
    const tags = manifest.markets.map(({ market }) => market);
    this.#segment = segment;
    this.#chooser = new MarketChooser(segment, tags, [
      options.defaultMarket ?? null,
      manifest.market,
    ]);
    this.#pass = segment.linker === null ? null : new EntityPass(segment.linker);
    this.#bounds = {
      known: logitOf(settings.leastScore),
      unknown: logitOf(settings.leastUnknownScore),
    };
    this.#isSafe = manifest.safety;
  }

  link(texts: readonly CommentText[], options: LinkOptions): readonly LinkedText[] {
    const pass = this.#pass;
    if (pass === null) return texts.map(({ id }) => ({ id, entities: [] }));
    const choice = this.#chooser.choose(options.market ?? null);
    const video = this.#wordsOf(options);
    return texts.map(({ id, text }) => {
      const candidates = pass.find(text, this.#bounds, video);
      return { id, entities: this.#choose(text, candidates, choice, options.limitPerText) };
    });
  }

  /** First hashes of the words of the video that the texts belong to. */
  #wordsOf({ video, videoWords }: LinkOptions): ArrayLike<number> {
    if (videoWords !== undefined) return videoWords.map((word) => hashWord(word).a);
    if (video === undefined) return [];
    return this.#segment.videos?.titleWordsOf(video) ?? [];
  }

  /** The best of the candidates that lead somewhere and do not overlap, in the order of the text. */
  #choose(
    text: string,
    candidates: SpanCandidate[],
    choice: MarketChoice,
    limit: number,
  ): readonly EntityLink[] {
    if (candidates.length === 0) return [];
    candidates.sort(
      (a, b) => b.logit - a.logit || b.end - b.start - (a.end - a.start) || b.surface - a.surface,
    );
    const chosen: EntityLink[] = [];
    for (const candidate of candidates) {
      if (chosen.length === limit) break;
      const { start, end } = widenToGraphemes(text, candidate.start, candidate.end);
      if (chosen.some((link) => start < link.end && link.start < end)) continue;
      const link = this.#linkOf(candidate, text.slice(start, end), start, choice);
      if (link !== null) chosen.push(link);
    }
    return chosen.sort((a, b) => a.start - b.start);
  }

  #linkOf(
    { surface: number, logit }: SpanCandidate,
    surface: string,
    start: number,
    choice: MarketChoice,
  ): EntityLink | null {
    const name = this.#nameOf(surface);
    if (name === null) return null;
    const query = this.#queryOf(number, name, choice);
    if (query === null) return null;
    const { linker } = this.#segment;
    return {
      start,
      end: start + surface.length,
      surface,
      query: query.text,
      entity: query.id,
      type: number < 0 || linker === null ? 'name' : linker.typeOf(number),
      score: Math.round(1e6 / (1 + Math.exp(-logit))) / 1e6,
    };
  }

  #queryOf(surface: number, name: string, choice: MarketChoice): Query | null {
    const { linker } = this.#segment;
    const target = surface < 0 || linker === null ? -1 : linker.targetOf(surface);
    if (target >= 0) {
      const id = brandCompletion(target);
      if (choice.views.some((view) => view.rankOf(id) >= 0)) {
        return this.#queryOfCompletion(id);
      }
    }
    if (surface >= 0 && linker !== null && !linker.isNamed(surface)) return null;
    return name.length > LONGEST_QUERY ? null : { text: name, id: suggestionId(name) };
  }

  #queryOfCompletion(id: CompletionId): Query {
    const known = this.#remembered.get(id);
    if (known !== undefined) return known;
    const [normalised = ''] = this.#segment.normalisedTexts(Uint32Array.of(id), 1);
    const query = { text: this.#segment.surfaceText(id), id: suggestionId(normalised) };
    if (this.#remembered.size >= MOST_REMEMBERED) this.#remembered.clear();
    this.#remembered.set(id, query);
    return query;
  }

  /** The normalised form of what a comment writes; null where it must not be shown. */
  #nameOf(surface: string): string | null {
    const known = this.#names.get(surface);
    if (known !== undefined) return known;
    const name = normalise(surface);
    const isPersonal = findPersonalData(surface) !== null;
    const isRefused = name === '' || isPersonal || (this.#isSafe && isBlocked(name, surface));
    if (surface.length <= LONGEST_REMEMBERED) {
      if (this.#names.size >= MOST_REMEMBERED) this.#names.clear();
      this.#names.set(surface, isRefused ? null : name);
    }
    return isRefused ? null : name;
  }
}

function logitOf(score: number): number {
  if (score <= 0) return Number.NEGATIVE_INFINITY;
  return score >= 1 ? Number.POSITIVE_INFINITY : Math.log(score / (1 - score));
}
