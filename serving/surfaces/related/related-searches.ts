import type { TextRange } from '../../../dictionaries/alignment.ts';
import { normalise, normaliseTyped } from '../../../dictionaries/normalise.ts';
import { suggestionId } from '../../../indexer/events/suggestion-id.ts';
import { brandCompletion } from '../../../indexer/segment/completion-id.ts';
import type { Manifest } from '../../../indexer/segment/manifest.ts';
import { MAX_RESULTS } from '../../../indexer/segment/range-minimum.ts';
import { type Segment, UNDETERMINED } from '../../../indexer/segment/segment.ts';
import { anyOrderSearchOf } from '../../retrieval/lookup.ts';
import { type MarketChoice, MarketChooser } from '../../retrieval/market-choice.ts';
import { anyOrderSpans } from '../../retrieval/match-spans.ts';
import { orderMatchers, type TermMatcher } from '../../retrieval/query-plan.ts';
import type { EngineAnswer, SuggestEngine, Suggestion } from '../../suggest-engine.ts';
import { exactCompletion } from '../before-typing/exact-completion.ts';
import type {
  AskedQuery,
  CandidateGenerator,
  QueryReading,
  SessionContext,
  SurfaceRequest,
} from '../generator.ts';
import { chooseDiverse } from './diverse-choice.ts';
import { type Gathered, Gathering } from './gathering.ts';
import { MemberSets } from './member-set.ts';
import { MIXTURE, mixProposals, POPULARITY } from './mixture.ts';
import { PairGenerator } from './pair-generator.ts';
import { SharedEntityGenerator } from './shared-entity-generator.ts';
import { knownTerms, SharedTermsGenerator } from './shared-terms-generator.ts';
import { mendsSlips } from './slip-test.ts';
import { ThemeGenerator } from './theme-generator.ts';
import { UnitGenerator } from './unit-generator.ts';
import { VariantSet } from './variant-test.ts';

export interface RelatedOptions {
  /** 1 to 20. */
  readonly limit: number;
  /** The market that is used, as `resolveMarket` gave it; the index's own when absent. */
  readonly market?: string | null;
  readonly session?: SessionContext | null;
  readonly nowMs?: number;
}

/** Proposals of a generator that are looked at. */
const OF_EACH = 32;
/** Candidates that one generator may look at in a request. */
const BUDGET = 2_048;
/** Likely candidates, beyond those that the list is chosen from, that take the places of variants. */
const SPARE = 24;
/** Candidates beyond the limit among which the diverse list is chosen. */
const MORE_CHOOSABLE = 10;
const MOST_READINGS = 3;
/** Bits that any correction costs beside its place: the query may mean what it says. */
const READING_BITS = 1;
/** What a query differs in from its own completion when it was not finished. */
const UNFINISHED_LETTERS = 2;

/**
 * What to search next, given a query: candidates of every generator, each with its own evidence, mixed, without the query, its variants and what the session searched,
 * and diverse. A query that nobody searched is reached through its words and corrections; where nothing leads anywhere the list is empty.
 */
export class RelatedSearches {
  readonly generators: readonly CandidateGenerator[];
  private readonly segment: Segment;
  private readonly engine: SuggestEngine;
  private readonly chooser: MarketChooser;
  private readonly ownMarket: string | null;
  private readonly mixed = new Gathering();
  /** log2 of all searches: what popularity is a share of. */
  private readonly logTotal: number;

  /** @param engine corrects queries that the index does not hold; it answers for the same snapshot */
  constructor(segment: Segment, manifest: Manifest, engine: SuggestEngine) {
    this.segment = segment;
    this.engine = engine;
    const tags = manifest.markets.map(({ market }) => market);
    this.chooser = new MarketChooser(segment, tags, [manifest.market]);
    this.ownMarket = manifest.market;
    const members = new MemberSets(segment.completions);
    this.generators = [
      new PairGenerator('sessions', ['followed', 'specialised', 'generalised'], segment, members),
      new PairGenerator('clicks', ['clicks'], segment, members),
      new PairGenerator('users', ['users'], segment, members),
      new UnitGenerator(segment, members),
      new ThemeGenerator(segment),
      new SharedTermsGenerator(segment),
      new SharedEntityGenerator(segment),
    ];
    let total = 0;
    for (const log of segment.logScores) total += 2 ** log;
    this.logTotal = Math.log2(Math.max(total, Number.MIN_VALUE));
  }

  /** At most `limit` suggestions, likeliest first, diverse; nothing found, or a query of which normalising leaves nothing, is an empty list. Memory only. */
  related(query: string, options: RelatedOptions): EngineAnswer {
    const choice = this.chooser.choose(options.market ?? null);
    const normalised = normaliseTyped(query).normalised.trimEnd();
    const { market } = choice;
    if (normalised === '') return { market, normalised, suggestions: [] };
    const request: SurfaceRequest = {
      choice,
      limit: options.limit,
      query: this.readQuery(normalised, market),
      video: null,
      session: options.session ?? null,
      nowMs: options.nowMs ?? 0,
    };
    const chosen = this.choose(request, normalised);
    return { market, normalised, suggestions: this.describe(chosen, normalised, choice) };
  }

  /** What each generator says, and how far it is believed; for figures and for fitting. */
  propose(query: string, market: string | null): ReturnType<RelatedSearches['collect']> {
    const choice = this.chooser.choose(market);
    const normalised = normaliseTyped(query).normalised.trimEnd();
    const asked = this.readQuery(normalised, choice.market);
    return this.collect({
      choice,
      limit: OF_EACH,
      query: asked,
      video: null,
      session: null,
      nowMs: 0,
    });
  }

  private collect(request: SurfaceRequest) {
    return this.generators.map((generator) => ({
      name: generator.name,
      weight: MIXTURE[generator.name] ?? 0,
      proposals: generator.generate(request, OF_EACH, { left: BUDGET }),
    }));
  }

  private choose(request: SurfaceRequest, normalised: string): readonly Choice[] {
    const { logScores } = this.segment;
    mixProposals(this.collect(request), this.mixed);
    const combined = this.mixed.likeliest(
      request.limit + MORE_CHOOSABLE + SPARE + (request.session?.queries.length ?? 0),
      (id) => POPULARITY * 2 ** (logScores[id]! - this.logTotal),
    );
    const choosable = this.withoutKnown(combined, request, normalised);
    return chooseDiverse(choosable, request.limit);
  }

  /** The best that are neither the query, nor what the session searched, nor a variant of those or of a better one. */
  private withoutKnown(
    combined: readonly Gathered[],
    { query, session, choice, limit }: SurfaceRequest,
    normalised: string,
  ): readonly Choice[] {
    const known = new VariantSet(normalised, this.languageMarket(choice));
    const ids = new Set<number>();
    for (const text of [normalised, ...(session?.queries ?? [])]) {
      known.add(text);
      const id = exactCompletion(this.segment, text);
      if (id !== null) ids.add(id);
    }
    for (const { id } of query?.readings ?? []) ids.add(id);
    for (const text of this.textsOf([...ids])) known.add(text);
    const isSlip = this.slipTest(query);
    const kept: Choice[] = [];
    const most = limit + MORE_CHOOSABLE;
    for (let from = 0; from < combined.length && kept.length < most; from += most) {
      const batch = combined.slice(from, from + most);
      const texts = this.textsOf(batch.map(({ id }) => id));
      for (const [i, each] of batch.entries()) {
        const text = texts[i] ?? '';
        if (ids.has(each.id) || isSlip(text) || !known.add(text)) continue;
        const terms = this.segment.forward.rowTerms(each.id);
        kept.push({ id: each.id, chance: each.chance, evidence: each.evidence, text, terms });
        if (kept.length === most) break;
      }
    }
    return kept;
  }

  private readQuery(normalised: string, market: string): AskedQuery {
    const completion = exactCompletion(this.segment, normalised);
    const readings = completion === null ? this.correct(normalised, market) : [];
    return {
      normalised,
      completion,
      readings: completion === null ? readings : [{ id: completion, bits: 0 }],
    };
  }

  /** Tells the texts that only mend the slips of a query; a query that the index holds has none. */
  private slipTest(query: AskedQuery | null): (text: string) => boolean {
    if (query === null || query.completion !== null) return () => false;
    const { terms } = this.segment;
    const { normalised } = query;
    const isUnknown = (word: string) => terms.find(word, false) < 0;
    if (!normalised.split(' ').some(isUnknown)) return () => false;
    return (text) => mendsSlips(normalised, text, isUnknown);
  }

  /** What a query that the index does not hold may mean: its corrections, and what it is the unfinished beginning of; nothing when the index has most of its words, which lead on by themselves: correcting a long text costs milliseconds. */
  private correct(normalised: string, market: string): readonly QueryReading[] {
    const { all } = this.segment;
    const words = normalised.split(' ').length;
    if (2 * knownTerms(this.segment, all, normalised).length > words) return [];
    const { suggestions } = this.engine.suggest(normalised, { limit: 2 * MOST_READINGS, market });
    const readings: QueryReading[] = [];
    for (const { text, source } of suggestions) {
      const form = normalise(text);
      const isRest = source === 'prefix' && form.length <= normalised.length + UNFINISHED_LETTERS;
      if (source !== 'typo' && source !== 'script' && source !== 'synonym' && !isRest) continue;
      const id = exactCompletion(this.segment, form);
      if (id === null || readings.some((reading) => reading.id === id)) continue;
      readings.push({ id, bits: READING_BITS + readings.length });
      if (readings.length === MOST_READINGS) break;
    }
    return readings;
  }

  private describe(
    chosen: readonly Choice[],
    normalised: string,
    choice: MarketChoice,
  ): readonly Suggestion[] {
    const ids = Uint32Array.from(chosen, ({ id }) => id);
    const surfaces = this.segment.surfaceTexts(ids, ids.length);
    const matchers = knownTerms(this.segment, choice.views[0] ?? this.segment.all, normalised).map(
      ({ matcher }) => matcher,
    );
    let least = 1;
    return chosen.map(({ id, text, chance, evidence }, i) => {
      const surface = surfaces[i]!;
      least = Math.min(least, shownScore(chance));
      return {
        id: suggestionId(text),
        text: surface,
        kind: this.segment.isEntity(brandCompletion(id)) ? 'entity' : 'query',
        source: 'related',
        score: least,
        matches: this.sharedSpans(id, surface, text, matchers),
        evidence,
      };
    });
  }

  /** The spans of a text that hold words of the query. */
  private sharedSpans(
    id: number,
    surface: string,
    text: string,
    matchers: readonly TermMatcher[],
  ): TextRange[] {
    const search = anyOrderSearchOf(this.segment);
    const shared = orderMatchers(
      matchers.filter((matcher) => search.placesOf(id, [matcher]) !== null),
    );
    const places = shared.length === 0 ? null : search.placesOf(id, shared);
    return places === null ? [] : anyOrderSpans(surface, text, shared, places);
  }

  private textsOf(ids: readonly number[]): readonly string[] {
    const texts: string[] = [];
    for (let from = 0; from < ids.length; from += MAX_RESULTS) {
      const batch = Uint32Array.from(ids.slice(from, from + MAX_RESULTS));
      texts.push(...this.segment.normalisedTexts(batch, batch.length));
    }
    return texts;
  }

  private languageMarket({ market }: MarketChoice): string | null {
    return market === UNDETERMINED ? this.ownMarket : market;
  }
}

interface Choice extends Gathered {
  readonly text: string;
  readonly terms: readonly number[];
}

/** A score for people: half at a chance of one in a hundred; six decimals, never quite 0. */
function shownScore(chance: number): number {
  return Math.max(1e-6, Math.round((1e6 * chance) / (chance + 0.01)) / 1e6);
}
