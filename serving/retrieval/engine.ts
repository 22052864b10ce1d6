import { Lexicon } from '../../dictionaries/lexicon/lexicon.ts';
import { decodeLexicon } from '../../dictionaries/lexicon/lexicon-codec.ts';
import { LexiconSet } from '../../dictionaries/lexicon/lexicon-set.ts';
import { normaliseTyped } from '../../dictionaries/normalise.ts';
import { detectLanguage } from '../../dictionaries/reading/language.ts';
import { sequenceTerms } from '../../dictionaries/terms.ts';
import type { CompletionId } from '../../indexer/segment/completion-id.ts';
import type { CompletionView } from '../../indexer/segment/completion-view.ts';
import type { Manifest } from '../../indexer/segment/manifest.ts';
import { MAX_RESULTS } from '../../indexer/segment/range-minimum.ts';
import { type Segment, UNDETERMINED } from '../../indexer/segment/segment.ts';
import { DEFAULT_ENGINE_SETTINGS, type EngineSettings } from '../engine-settings.ts';
import type { EngineAnswer, SuggestEngine, Suggestion } from '../suggest-engine.ts';
import { assembleAnswer, type DirectCandidate, type Placed } from './answer-assembly.ts';
import type { FoundSuggestions } from './found-suggestions.ts';
import type { Promotion } from './interpretation/candidate-list.ts';
import { type Interpretation, Interpreter } from './interpretation/interpreter.ts';
import { anyOrderSearchOf, locateTyped } from './lookup.ts';
import { type MarketChoice, MarketChooser } from './market-choice.ts';
import { planQuery, type TermMatcher } from './query-plan.ts';
import { RememberedBest } from './remembered-best.ts';
import { SuggestionWriter } from './suggestion-writer.ts';
import { logScoreOf } from './view-score.ts';

export type { FoundSuggestions } from './found-suggestions.ts';

/** Results that one answer may hold. */
export const MAX_LIMIT = 20;

const NOTHING_READ: Interpretation = { candidates: [], isCut: false };
const CORRECTIONS_CUT: readonly string[] = ['corrections'];

/**
 * Answers suggestions from one segment, in memory: completions that begin with the typed text, completions that hold its terms in any order,
 * and those that it may mean otherwise (typing errors, other scripts, synonyms). ARCHITECTURE.md has the rules.
 */
export class Engine implements SuggestEngine {
  private readonly segment: Segment;
  private readonly chooser: MarketChooser;
  private readonly settings: EngineSettings;
  private readonly interpreter: Interpreter;
  private readonly writer: SuggestionWriter;
  private readonly remembered: RememberedBest;
  private readonly promotion: Promotion;
  private readonly found = new Uint32Array(MAX_RESULTS);
  /** Synonyms and stop words of the snapshot, and together with those in force now. */
  private readonly ownLexicon: LexiconSet;
  private given: LexiconSet = LexiconSet.EMPTY;
  private joined: LexiconSet;
  private readonly ownMarket: string;

  constructor(segment: Segment, manifest: Manifest, settings: Partial<EngineSettings> = {}) {
    this.segment = segment;
    this.settings = { ...DEFAULT_ENGINE_SETTINGS, ...settings };
    const tags = manifest.markets.map(({ market }) => market);
    this.chooser = new MarketChooser(segment, tags, [this.settings.defaultMarket, manifest.market]);
    this.ownMarket = this.settings.defaultMarket ?? manifest.market ?? UNDETERMINED;
    this.interpreter = new Interpreter(segment);
    this.writer = new SuggestionWriter(segment);
    this.remembered = new RememberedBest(segment);
    this.ownLexicon = segment.lexicon === null ? LexiconSet.EMPTY : decodeLexicon(segment.lexicon);
    this.joined = this.ownLexicon;
    // Over an index of ungrouped forms nothing may come between the direct matches.
    this.promotion =
      manifest.group === 'none'
        ? { variant: Infinity, typo: Infinity }
        : { variant: 0, typo: Math.log2(this.settings.corrections.ratio) };
  }

  /** The market that a request for a canonical tag, or for none, is answered with. */
  resolveMarket(requested: string | null): string {
    return this.chooser.choose(requested).market;
  }

  /** Synonyms and stop words in force: another object when they change, and with them what is found. */
  get lexiconInForce(): LexiconSet {
    return this.lexicon();
  }

  /**
   * At most `limit` (1 to MAX_LIMIT) suggestions for what was typed, best first. An empty text asks for the most searched.
   *
   * @throws RangeError when the limit is out of range
   */
  suggest(typed: string, options: { limit: number; market?: string | null }): EngineAnswer {
    const found = this.find(typed, options);
    return {
      market: found.choice.market,
      normalised: found.normalised,
      suggestions: this.describe(found, found.placed),
      ...(found.isCut ? { degraded: CORRECTIONS_CUT } : {}),
    };
  }

  /** What `suggest` answers, before it is written down: for those who rank it anew. @throws RangeError as `suggest` */
  find(typed: string, options: { limit: number; market?: string | null }): FoundSuggestions {
    const { limit } = options;
    if (!(Number.isInteger(limit) && limit >= 1 && limit <= MAX_LIMIT)) {
      throw new RangeError(`limit: expected a whole number from 1 to ${MAX_LIMIT}, got ${limit}`);
    }
    const { normalised } = normaliseTyped(typed);
    const choice = this.chooser.choose(options.market ?? null);
    const prefix = this.byPrefix(choice, normalised, limit);
    const matchers =
      prefix.length < limit && normalised !== '' ? planQuery(this.segment, normalised) : null;
    const infix = matchers === null ? [] : this.inAnyOrder(choice, matchers, limit, prefix);
    const read =
      normalised === '' ? NOTHING_READ : this.interpret(choice, normalised, limit, prefix, infix);
    const placed = assembleAnswer(prefix, infix, read.candidates, {
      limit,
      promotion: this.promotion,
      exact: () => this.exactly(normalised),
    });
    return { choice, normalised, matchers, placed, isCut: read.isCut };
  }

  /** The market whose language and lexicon hold: an index without markets has those of the market that it is served in or was made for. */
  private languageMarket({ market }: MarketChoice): string {
    return market === UNDETERMINED ? this.ownMarket : market;
  }

  /** All synonyms and stop words; joined anew when those in force change. */
  private lexicon(): LexiconSet {
    const given = this.settings.lexicon();
    if (given !== this.given) {
      this.joined = this.ownLexicon.plus(given);
      this.given = given;
    }
    return this.joined;
  }

  private byPrefix(choice: MarketChoice, normalised: string, limit: number): DirectCandidate[] {
    const range = locateTyped(this.segment, normalised);
    if (range.low === range.high) return [];
    return this.bestOf(choice, limit, (view) =>
      this.remembered.best(view, range, limit, this.found),
    );
  }

  private inAnyOrder(
    choice: MarketChoice,
    matchers: readonly TermMatcher[],
    limit: number,
    direct: readonly DirectCandidate[],
  ): DirectCandidate[] {
    const search = anyOrderSearchOf(this.segment);
    // The direct matches hold the terms as well: ask for so many more, and leave them out.
    const wanted = limit + direct.length;
    return this.bestOf(choice, wanted, (view) => search.best(view, matchers, wanted, this.found))
      .filter(({ id }) => direct.every((taken) => taken.id !== id))
      .slice(0, limit - direct.length);
  }

  /** What the text may mean beside what it says; direct matches that fill the answer leave room for the likeliest only. */
  private interpret(
    choice: MarketChoice,
    typed: string,
    limit: number,
    prefix: readonly DirectCandidate[],
    infix: readonly DirectCandidate[],
  ): Interpretation {
    const { corrections, inputMethods } = this.settings;
    const market = this.languageMarket(choice);
    const lexicon = this.lexicon().forMarket(market);
    if (!corrections.enabled && !inputMethods && lexicon === Lexicon.EMPTY) return NOTHING_READ;
    const isFull = prefix.length + infix.length === limit;
    if (isFull && this.promotion.variant === Infinity) return NOTHING_READ;
    const direct = [...prefix, ...infix];
    let strongest = -Infinity;
    let weakest = Infinity;
    for (const { logScore } of direct) {
      strongest = Math.max(strongest, logScore);
      weakest = Math.min(weakest, logScore);
    }
    return this.interpreter.interpret({
      typed,
      choice,
      direct: direct.length,
      strongest,
      // Direct matches are found again: as many more are asked for.
      limit: limit + direct.length,
      weakest: isFull ? weakest : null,
      typos: corrections.enabled,
      scripts: inputMethods,
      habits: () => {
        const language = detectLanguage(typed, market);
        const sound = corrections.phonetics && (language === null || language === 'en');
        return { language, sound, views: choice.views };
      },
      lexicon,
      promotion: this.promotion,
    });
  }

  /** The completion whose form, or other spelling, is just what was typed; null where there is none. */
  private exactly(normalised: string): CompletionId | null {
    const { order, forward } = this.segment;
    const range = locateTyped(this.segment, `${normalised.trimEnd()} `);
    if (range.low === range.high) return null;
    const row = order.rows[range.low]!;
    const length = forward.start(row + 1) - forward.start(row);
    const isWhole = length === sequenceTerms(normalised.trimEnd()).length;
    return isWhole ? this.segment.completionOfRow(row) : null;
  }

  /** The best of each view, in one list without repeats; a completion of two views counts with its higher score. */
  private bestOf(
    { views }: MarketChoice,
    limit: number,
    best: (view: CompletionView) => number,
  ): DirectCandidate[] {
    const candidates: DirectCandidate[] = [];
    for (const view of views) {
      const count = best(view);
      for (let i = 0; i < count; i++) {
        const rank = this.found[i]!;
        const logScore = logScoreOf(this.segment, view, rank);
        const score = view.scores === null ? logScore : view.scores[rank]!;
        candidates.push({ id: view.idOf(rank), score, logScore });
      }
    }
    if (views.length === 1) return candidates;
    candidates.sort((a, b) => b.score - a.score || this.segment.forward.compare(a.id, b.id));
    const seen = new Set<CompletionId>();
    return candidates.filter(({ id }) => !seen.has(id) && seen.add(id)).slice(0, limit);
  }

  /** Completions in their slots as suggestions; at most MAX_RESULTS. */
  describe(found: FoundSuggestions, placed: readonly Placed[]): Suggestion[] {
    return this.writer.describe(found, placed);
  }
}
