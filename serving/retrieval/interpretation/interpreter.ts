import type { Lexicon } from '../../../dictionaries/lexicon/lexicon.ts';
import { LEAST_ERROR_BITS } from '../../../dictionaries/typing/error-model.ts';
import type { CompletionId } from '../../../indexer/segment/completion-id.ts';
import type { CompletionView } from '../../../indexer/segment/completion-view.ts';
import type { Segment } from '../../../indexer/segment/segment.ts';
import type { WorkBudget } from '../fuzzy/fuzzy-terms.ts';
import type { MarketChoice } from '../market-choice.ts';
import { findByTextKeys, prepareTextKeySearch } from '../reading/text-key-search.ts';
import { logScoreOf } from '../view-score.ts';
import { SCRIPT, SPACE_BITS, TYPO } from './alternative.ts';
import { AnyOrderReadings } from './any-order-readings.ts';
import { CandidateList, type Promotion, type ReadCandidate } from './candidate-list.ts';
import { type BegunReadings, InOrderSearch, type InOrderTask } from './in-order-search.ts';
import { Lattice } from './lattice.ts';
import { PieceReadings, type TypingHabits } from './piece-readings.ts';
import { ReadingFloor } from './reading-floor.ts';
import { MOST_MISTAKES, RemainingBounds } from './remaining-bounds.ts';

/** Units of work, of about 50 ns each, that one request may spend on readings: what bounds the slowest answer. */
export const WORK_PER_REQUEST = 12_000;

/** With so many completions found, mistakes are not looked for in any order of the words. */
const FEW = 3;
const LONG = 12;

/** What is to be interpreted, and what is there already. */
export interface InterpretationTask {
  /** Normalised typed text, not empty, with its trailing space if any. */
  readonly typed: string;
  readonly choice: MarketChoice;
  readonly limit: number;
  /** Direct matches found, and the log score of the strongest of them; -Infinity without any. */
  readonly direct: number;
  readonly strongest: number;
  /** Log score of the weakest direct match where they fill the answer: only readings that may be promoted above it count. */
  readonly weakest: number | null;
  readonly typos: boolean;
  readonly scripts: boolean;
  /** Worked out where mistakes are looked for. */
  readonly habits: () => TypingHabits;
  readonly lexicon: Lexicon | null;
  readonly promotion: Promotion;
}

export interface Interpretation {
  /** Likeliest first; a completion once. Completions that match directly may be among them. */
  readonly candidates: readonly ReadCandidate[];
  /** The work ran out before the search was done. */
  readonly isCut: boolean;
}

/** Finds completions that typed text may mean: typing errors, other scripts and ways of writing, synonyms. */
export class Interpreter {
  private readonly segment: Segment;
  private readonly readings: PieceReadings;
  private readonly inOrder: InOrderSearch;
  private readonly anyOrder: AnyOrderReadings;

  constructor(segment: Segment) {
    this.segment = segment;
    if (segment.textKeys !== null) prepareTextKeySearch(segment.textKeys);
    this.readings = new PieceReadings(segment);
    this.inOrder = new InOrderSearch(segment);
    this.anyOrder = new AnyOrderReadings(segment);
  }

  interpret(task: InterpretationTask): Interpretation {
    const { typed, choice, limit, weakest, promotion } = task;
    const budget: WorkBudget = { left: WORK_PER_REQUEST };
    const isFull = weakest !== null;
    const written = isFull ? 'variants' : 'all';
    const rules = {
      habits: task.habits,
      scripts: task.scripts ? written : 'none',
      lexicon: isFull ? null : task.lexicon,
    } as const;
    const lattice = new Lattice(typed, this.readings, rules, budget);
    const list = new CandidateList(limit);
    const floor = new ReadingFloor(list, promotion, weakest, task.strongest);
    if (task.scripts && !isFull) this.byTextKeys(task, list, budget);
    let isDone = true;
    for (const view of choice.views) {
      const bounds = new RemainingBounds(this.segment, view, lattice);
      const search = { view, lattice, bounds, floor, limit, list, budget };
      isDone = (isFull ? this.promoted(search, task) : this.filling(search, task)) && isDone;
    }
    return { candidates: list.candidates, isCut: !isDone };
  }

  /** Looks for readings that may stand among the direct matches, which fill the answer. */
  private promoted(search: ReadingSearch, task: InterpretationTask): boolean {
    const mostMistakes = task.typos ? 1 : 0;
    if (!mayBePromoted(search, mostMistakes)) return true;
    return this.inOrder.search({ ...search, mostMistakes, care: 'oneError' }, null);
  }

  /** Looks for readings that fill free slots; what is less likely only where little or nothing else is found. */
  private filling(search: ReadingSearch, task: InterpretationTask): boolean {
    const { lattice, list } = search;
    const few = task.typed.length < LONG ? FEW : 1;
    const found = (): number => task.direct + list.candidates.length;
    const begun: BegunReadings = [];
    const one = task.typos ? 1 : 0;
    const oneError = { ...search, mostMistakes: one, care: 'oneError' } as const;
    let isDone = this.inOrder.search(oneError, begun);
    // What is as typed in any order is a direct match.
    if (lattice.hasOtherWays()) {
      isDone = this.anyOrder.search({ ...oneError, mostMistakes: 0 }) && isDone;
    }
    if (one === 0 || found() >= few) return isDone;
    const byLength = { ...search, mostMistakes: 1, care: 'byLength' } as const;
    isDone = this.inOrder.searchOn(byLength, begun) && isDone;
    if (found() < few) isDone = this.anyOrder.search(byLength) && isDone;
    if (lattice.pieces.length === 1 || task.direct > 0) return isDone;
    if (found() < few) {
      isDone = this.inOrder.search({ ...oneError, mostMistakes: MOST_MISTAKES }, null) && isDone;
    }
    if (found() > 0) return isDone;
    return this.inOrder.searchOn({ ...search, mostMistakes: 1, care: 'byText' }, begun) && isDone;
  }

  private byTextKeys(task: InterpretationTask, list: CandidateList, budget: WorkBudget): void {
    const { textKeys } = this.segment;
    if (textKeys === null) return;
    const { views } = task.choice;
    const isShown = (id: CompletionId): boolean => views.some((view) => rankIn(view, id) >= 0);
    for (const match of findByTextKeys(textKeys, task.typed, {
      limit: task.limit,
      budget,
      isShown,
      normalisedOf: (id) => this.segment.normalisedTexts(Uint32Array.of(id), 1)[0]!,
    })) {
      const { completion: id, bits, start, end } = match;
      const logScore = Math.max(
        ...views.map((view) => {
          const rank = rankIn(view, id);
          return rank < 0 ? -Infinity : logScoreOf(this.segment, view, rank);
        }),
      );
      list.offer({ id, logScore, bits, ways: SCRIPT, evidence: { kind: 'range', start, end } });
    }
  }
}

/** What the searches over one view have in common. */
type ReadingSearch = Omit<InOrderTask, 'mostMistakes' | 'care'>;

/** Whether some reading may be worth enough to stand among direct matches; told without a search. */
function mayBePromoted(search: ReadingSearch, mostMistakes: number): boolean {
  const { lattice, bounds, floor } = search;
  const typo = floor.of(TYPO);
  for (let at = 0; at < lattice.pieces.length; at++) {
    if (mostMistakes > 0) {
      if (lattice.mayBeMistyped(at) && bounds.top - LEAST_ERROR_BITS > typo) return true;
      const isSpaced = lattice.mayBeSplit(at) || lattice.mayBeJoined(at);
      if (isSpaced && bounds.top - SPACE_BITS > typo) return true;
    }
  }
  return lattice.hasOtherWays();
}

function rankIn(view: CompletionView, id: CompletionId): number {
  return view.rankOf(id);
}
