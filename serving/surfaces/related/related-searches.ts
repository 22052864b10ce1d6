import type { TextRange } from '../../../dictionaries/alignment.ts';
import { normaliseTyped } from '../../../dictionaries/normalise.ts';
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
  SessionContext,
  SurfaceRequest,
} from '../generator.ts';
import type { RemovedTexts } from '../removed-texts.ts';
import { chooseDiverse } from './diverse-choice.ts';
import { type Gathered, Gathering } from './gathering.ts';
import { KnownTerms } from './known-terms.ts';
import { MemberSets } from './member-set.ts';
import { MIXTURE, type Mixture, mixProposals, type WeighedProposals } from './mixture.ts';
import { OtherFormsGenerator } from './other-forms-generator.ts';
import { PairGenerator } from './pair-generator.ts';
import { goesOn, QueryReader } from './query-reader.ts';
import { SharedEntityGenerator } from './shared-entity-generator.ts';
import { SharedTermsGenerator } from './shared-terms-generator.ts';
import { ThemeGenerator } from './theme-generator.ts';
import { UnitGenerator } from './unit-generator.ts';
import { VariantSet } from './variant-test.ts';
import { type Doubted, WordForms } from './word-forms.ts';

export interface RelatedOptions {
  /** 1 to 20. */
  readonly limit: number;
  /** The market that is used, as `resolveMarket` gave it; the index's own when absent. */
  readonly market?: string | null;
  readonly session?: SessionContext | null;
  /** What is not to be shown to who asks; nothing when absent. */
  readonly removed?: RemovedTexts | null;
  readonly nowMs?: number;
}

/** A request for what follows a query. */
interface RelatedRequest extends SurfaceRequest {
  readonly query: AskedQuery;
  readonly removed: RemovedTexts | null;
}

/** Proposals of a generator that are looked at. */
const OF_EACH = 32;
/** Candidates that one generator may look at in a request. */
const BUDGET = 2_048;
/** What enough users did after just this query. */
const DIRECT: ReadonlySet<string> = new Set(['sessions', 'clicks', 'users']);
const FALLBACKS: ReadonlySet<string> = new Set(['terms', 'entities']);
/** Proposals of one direct generator that make those of the words superfluous. */
const ENOUGH_DIRECT = 24;
/** A shorter list than this is filled up with what other forms of the query's words lead to. */
const FEW = 3;
/** Likely candidates, beyond those that the list is chosen from, that take the places of variants. */
const SPARE = 24;
/** Candidates beyond the limit among which the diverse list is chosen. */
const MORE_CHOOSABLE = 10;

/**
 * What to search next, given a query: candidates of every generator, each with its own evidence, mixed, without the query, its variants and what the session searched,
 * and diverse. A query that nobody searched is reached through its words and corrections, one that leads to (almost) nothing through other forms of its words; where nothing
 * leads anywhere the list is empty.
 */
export class RelatedSearches {
  readonly generators: readonly CandidateGenerator[];
  /** Asked in turn while there are fewer suggestions than `below`. */
  private readonly lastResorts: readonly { generator: CandidateGenerator; below: number }[];
  private readonly segment: Segment;
  private readonly terms: KnownTerms;
  private readonly reader: QueryReader;
  private readonly mixture: Mixture;
  private readonly chooser: MarketChooser;
  private readonly ownMarket: string | null;
  private readonly mixed = new Gathering();
  /** log2 of all searches: what popularity is a share of. */
  private readonly logTotal: number;

  /** @param engine corrects queries that the index does not hold; it answers for the same snapshot */
  constructor(
    segment: Segment,
    manifest: Manifest,
    engine: SuggestEngine,
    mixture: Mixture = MIXTURE,
  ) {
    this.segment = segment;
    this.mixture = mixture;
    this.terms = new KnownTerms(segment);
    this.reader = new QueryReader(segment, engine, this.terms);
    const tags = manifest.markets.map(({ market }) => market);
    this.chooser = new MarketChooser(segment, tags, [manifest.market]);
    this.ownMarket = manifest.market;
    const members = new MemberSets(segment.completions);
    const terms = new SharedTermsGenerator(segment, this.terms);
    const entities = new SharedEntityGenerator(segment);
    this.generators = [
      new PairGenerator('sessions', ['followed', 'specialised', 'generalised'], segment, members),
      new PairGenerator('clicks', ['clicks'], segment, members),
      new PairGenerator('users', ['users'], segment, members),
      new UnitGenerator(segment, members),
      new ThemeGenerator(segment),
      terms,
      entities,
    ];
    const forms = new WordForms(segment);
    const generatorOf = (doubted: Doubted) =>
      new OtherFormsGenerator([terms, entities], forms, doubted);
    this.lastResorts = [
      { generator: generatorOf('unknown'), below: FEW },
      { generator: generatorOf('lonely'), below: 1 },
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
    const request = {
      choice,
      limit: options.limit,
      query: this.reader.read(normalised, market),
      video: null,
      session: options.session ?? null,
      removed: options.removed ?? null,
      nowMs: options.nowMs ?? 0,
    };
    const chosen = this.choose(request);
    return { market, normalised, suggestions: this.describe(chosen, normalised, choice) };
  }

  /** What each generator says, and how far it is believed; for figures and for fitting. */
  propose(query: string, market: string | null): readonly WeighedProposals[] {
    const choice = this.chooser.choose(market);
    const normalised = normaliseTyped(query).normalised.trimEnd();
    const asked = this.reader.read(normalised, choice.market);
    return this.collect({
      choice,
      limit: OF_EACH,
      query: asked,
      video: null,
      session: null,
      nowMs: 0,
    });
  }

  /** Words and entities in common are asked for only where too little is known of the query itself: they are a hundredth of the evidence, and a search each. */
  private collect(request: SurfaceRequest): readonly WeighedProposals[] {
    const { weights } = this.mixture;
    let direct = 0;
    return this.generators.map((generator) => {
      const { name } = generator;
      const isNeeded = !FALLBACKS.has(name) || direct < ENOUGH_DIRECT;
      const proposals = isNeeded ? generator.generate(request, OF_EACH, { left: BUDGET }) : [];
      if (DIRECT.has(name)) direct = Math.max(direct, proposals.length);
      return { name, weight: weights[name] ?? 0, proposals };
    });
  }

  /** What all that is known of the query leads to; where that is little, the rest is filled up. */
  private choose(request: RelatedRequest): readonly Gathered[] {
    const said = [...this.collect(request)];
    let chosen = this.chooseFrom(said, request);
    for (const { generator, below } of this.lastResorts) {
      if (chosen.length >= Math.min(below, request.limit)) continue;
      const { name } = generator;
      const proposals = generator.generate(request, OF_EACH, { left: BUDGET });
      said.push({ name, weight: this.mixture.weights[name] ?? 0, proposals });
      chosen = this.chooseFrom(said, request);
    }
    return chosen;
  }

  private chooseFrom(
    said: readonly WeighedProposals[],
    request: RelatedRequest,
  ): readonly Gathered[] {
    const { limit, session, removed } = request;
    const { logScores, forward } = this.segment;
    const { popularity } = this.mixture;
    mixProposals(said, this.mixed);
    const combined = this.mixed.likeliest(
      limit + MORE_CHOOSABLE + SPARE + (session?.queries.length ?? 0) + (removed?.size ?? 0),
      (id) => popularity * 2 ** (logScores[id]! - this.logTotal),
    );
    return chooseDiverse(combined, limit, {
      termsOf: ({ id }) => forward.rowTerms(id),
      compared: limit + MORE_CHOOSABLE,
      isWanted: this.newnessTest(request),
    });
  }

  /** Tells the candidates that who asks did not remove, and that are neither the query, nor what the session searched, nor a variant of those or of one that was taken before. */
  private newnessTest({
    query,
    session,
    removed,
    choice,
  }: RelatedRequest): (candidate: Gathered) => boolean {
    const known = new VariantSet(query.normalised, this.languageMarket(choice));
    const meant = query.readings.map(({ id }) => id);
    const meantTexts = this.textsOf(meant);
    const isQuery = (text: string) => query.completion !== null || !goesOn(text, query.normalised);
    const ids = new Set<number>(meant.filter((_, i) => isQuery(meantTexts[i] ?? '')));
    known.add(query.normalised);
    for (const text of session?.queries ?? []) {
      known.add(text);
      const id = exactCompletion(this.segment, text);
      if (id !== null) ids.add(id);
    }
    for (const text of this.textsOf([...ids])) known.add(text);
    const isSlip = this.reader.slipTest(query);
    return ({ id }) => {
      if (ids.has(id)) return false;
      const [text = ''] = this.segment.normalisedTexts(Uint32Array.of(id), 1);
      return removed?.has(text) !== true && !isSlip(text) && known.add(text);
    };
  }

  private describe(
    chosen: readonly Gathered[],
    normalised: string,
    choice: MarketChoice,
  ): readonly Suggestion[] {
    const ids = Uint32Array.from(chosen, ({ id }) => id);
    const texts = this.segment.normalisedTexts(ids, ids.length);
    const surfaces = this.segment.surfaceTexts(ids, ids.length);
    const terms = this.terms.of(choice.views[0] ?? this.segment.all, normalised);
    const matchers = terms.map(({ matcher }) => matcher);
    let least = 1;
    return chosen.map(({ id, chance, evidence }, i) => {
      const text = texts[i]!;
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

/** A score for people: half at a chance of one in a hundred; six decimals, never quite 0. */
function shownScore(chance: number): number {
  return Math.max(1e-6, Math.round((1e6 * chance) / (chance + 0.01)) / 1e6);
}
