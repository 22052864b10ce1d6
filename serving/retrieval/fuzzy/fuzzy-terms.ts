import { fold } from '../../../dictionaries/reading/fold.ts';
import { soundCodes } from '../../../dictionaries/reading/sound.ts';
import type { Keyboard } from '../../../dictionaries/typing/keyboard.ts';
import type { CompletionView } from '../../../indexer/segment/completion-view.ts';
import type { KeyRange } from '../../../indexer/segment/key-table.ts';
import { MAX_RESULTS } from '../../../indexer/segment/range-minimum.ts';
import type { Segment } from '../../../indexer/segment/segment.ts';
import type { TermKeyTable } from '../../../indexer/segment/term-keys-section.ts';
import type { BestTerms, FuzzyTerm } from './best-terms.ts';
import { OneErrorWalk } from './one-error-walk.ts';
import { TermCandidates } from './term-candidates.ts';
import { TrieReader } from './trie-reader.ts';
import { TrieWalk, type WorkBudget } from './trie-walk.ts';
import { TypedWord } from './typed-word.ts';

export type { FuzzyTerm } from './best-terms.ts';
export type { WorkBudget } from './trie-walk.ts';

const NO_TERMS: readonly FuzzyTerm[] = [];
const NO_VALUES = new Float64Array(0);

export interface FuzzyOptions {
  readonly maxEdits: 0 | 1 | 2;
  readonly keyboard: Keyboard;
  /** What a search spends; it stops when none is left, and what it gives is right but may not be all. */
  readonly budget: WorkBudget;
  /** The most results, at most 256. */
  readonly limit: number;
  /** Whether words may be spelt by their sound; without it `bySound` finds nothing. */
  readonly sound: boolean;
  /** Only results whose best completion's log2 score less their bits is at least this: what better answers leave no room for costs nothing. */
  readonly floor?: number;
  /** How many bits less than the best result of one error those of two may be worth; SPREAD_BITS when absent. A small one saves most of the work. */
  readonly twoErrorSpread?: number;
  /** Keeps what one error leads to, for the same question with a floor that is no lower. None when absent. */
  readonly oneError?: OneErrorMemory;
  /** The views of the market that is asked; terms of none of them are no results. All markets merged when absent. */
  readonly views?: readonly CompletionView[];
}

/** What one error leads to from one word, once it is known: a search that allows two begins with it. */
export class OneErrorMemory {
  private floor = Infinity;
  private results: readonly FuzzyTerm[] = NO_TERMS;
  private values: Float64Array = NO_VALUES;
  private work = 0;

  /** Takes all results of at least `floor`, their values, and what they cost. */
  keep(floor: number, best: BestTerms, work: number): void {
    this.floor = floor;
    this.work = work;
    this.results = best.results();
    this.values = best.resultValues();
  }

  /**
   * Offers those of at least `floor`; false where not all of them are known. Takes the work that they cost out of the budget again, so that no more is left
   * for two errors than where one has to be looked for first.
   */
  offerTo(best: BestTerms, floor: number, budget: WorkBudget): boolean {
    if (floor < this.floor) return false;
    best.offerAgain(this.results, this.values);
    budget.left -= this.work;
    return true;
  }
}

/** Results that are less likely than the best by more than this are left out. */
const SPREAD_BITS = 12;

/** A word of the same sound has at most so many letters more or fewer. */
const SOUND_BAND = 4;

const NO_RANGE = { low: 0, high: 0 };
const NO_VIEWS: readonly CompletionView[] = [];

/** How many errors a typed word is allowed: none below 3 letters, in numbers, and in words of more than 30; 1 up to 5 letters, then 2. */
export function allowedEdits(word: string): 0 | 1 | 2 {
  if (/^[\p{N}\p{P}\p{S}]*$/u.test(word)) return 0;
  let letters = 0;
  for (let at = 0; at < word.length; letters++) at += word.codePointAt(at)! < 0x10000 ? 1 : 2;
  if (letters < 3 || letters > 30) return 0;
  return letters < 6 ? 1 : 2;
}

/**
 * What a mistyped word may have been meant as, best first: by the log2 score of the best completion that holds it, less what the errors cost. With one error at least: the word
 * as it was typed, or with other accents where it has none, is found without this. Finds nothing in a segment without a term trie.
 *
 * One search at a time.
 */
export class FuzzyTerms {
  private readonly segment: Segment;
  private readonly word = new TypedWord();
  private readonly candidates: TermCandidates;
  private readonly walk: TrieWalk | null;
  private readonly oneError: OneErrorWalk | null;

  constructor(segment: Segment) {
    this.segment = segment;
    this.candidates = new TermCandidates(segment, this.word);
    const reader = segment.trie === null ? null : new TrieReader(segment.trie, segment.terms);
    this.walk = reader === null ? null : new TrieWalk(reader, this.word, this.candidates);
    this.oneError =
      reader === null ? null : new OneErrorWalk(segment.terms, reader, this.word, this.candidates);
  }

  /** Terms that a finished word may have been meant as. */
  whole(word: string, options: FuzzyOptions): readonly FuzzyTerm[] {
    return this.search('whole', word, options);
  }

  /**
   * Ranges of terms that an unfinished word may be the beginning of: the outermost ones only, none inside another of equal or smaller cost, none with a term that
   * begins with the word as it was typed.
   */
  beginning(word: string, options: FuzzyOptions): readonly FuzzyTerm[] {
    return this.search('beginning', word, options);
  }

  /**
   * Whole terms that sound as the word does (Double Metaphone: Latin words of four letters and more), however far their letters are: `fonetik` for `phonetic`. Of these
   * the 64 with the best completions are looked at. Terms that `whole` finds are among them, at the lower cost of an error of the ear.
   */
  bySound(word: string, options: FuzzyOptions): readonly FuzzyTerm[] {
    const { termKeys } = this.segment;
    const { budget } = options;
    if (!options.sound || options.maxEdits === 0 || termKeys === null || budget.left <= 0)
      return NO_TERMS;
    const { candidates } = this;
    candidates.best.begin(options.limit, options.floor ?? -Infinity, SPREAD_BITS);
    candidates.priors.begin(options.views ?? NO_VIEWS);
    if (this.word.set(word)) {
      candidates.begin(options.keyboard, SOUND_BAND, NO_RANGE);
      for (const key of soundCodes(fold(word))) {
        this.offerSounding(termKeys, termKeys.range('sound', key, 'whole'), budget);
      }
    }
    this.word.clear();
    return candidates.best.results();
  }

  private offerSounding(termKeys: TermKeyTable, range: KeyRange, budget: WorkBudget): void {
    const { candidates } = this;
    const workATerm = 2 * this.word.length;
    // What need not be looked at counts as work all the same: the bound on it decides what is found.
    const paid = Math.ceil(Math.max(0, budget.left) / workATerm);
    const count = Math.min(range.high - range.low, MAX_RESULTS, paid);
    budget.left -= count * workATerm;
    if (count === 0) return;
    const stream = termKeys.stream(range);
    for (let i = 0; i < count; i++) {
      const entry = stream.next();
      if (entry < 0) return;
      const completion = termKeys.bestCompletionAt(entry);
      // The rest are in less searched completions still.
      if (!candidates.mayBeWorth(completion)) return;
      candidates.offerSounding(termKeys.termAt(entry), completion);
    }
  }

  private search(
    kind: 'whole' | 'beginning',
    word: string,
    options: FuzzyOptions,
  ): readonly FuzzyTerm[] {
    const { maxEdits, budget } = options;
    if (this.walk === null || maxEdits === 0 || budget.left <= 0) return NO_TERMS;
    const { best, priors } = this.candidates;
    const floor = options.floor ?? -Infinity;
    best.begin(options.limit, floor, SPREAD_BITS);
    priors.begin(options.views ?? NO_VIEWS);
    if (this.word.set(word)) {
      const exact = kind === 'whole' ? NO_RANGE : this.segment.terms.prefixRange(word, false);
      this.candidates.begin(options.keyboard, maxEdits, exact);
      this.findBest(kind, options);
    }
    this.word.clear();
    return best.results();
  }

  /** One error, then two: what one leads to says what two must be worth. A wrong first letter and an error more come last, when nothing else is found. */
  private findBest(kind: 'whole' | 'beginning', options: FuzzyOptions): void {
    const { budget, keyboard, maxEdits, limit } = options;
    const { best } = this.candidates;
    const walk = this.walk!;
    const floor = options.floor ?? -Infinity;
    if (options.oneError?.offerTo(best, floor, budget) !== true) {
      const given = budget.left;
      this.oneError!.run({ kind, budget, keyboard });
      if (budget.left > 0) options.oneError?.keep(floor, best, given - budget.left);
    }
    for (const strict of maxEdits === 2 ? [true, false] : []) {
      if (budget.left <= 0 || (!strict && best.bestValue > -Infinity)) return;
      // Found anew, as a range of two cheap errors may be around one of a single dear one.
      const before = best.results();
      const values = best.resultValues();
      const spread = options.twoErrorSpread ?? SPREAD_BITS;
      best.begin(limit, Math.max(floor, best.bestValue - spread), SPREAD_BITS);
      walk.run({ kind, budget, keyboard, strict });
      if (budget.left <= 0) best.offerAgain(before, values);
    }
  }
}
