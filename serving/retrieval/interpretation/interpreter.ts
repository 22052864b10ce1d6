import type { Lexicon } from '../../../dictionaries/lexicon/lexicon.ts';
import type { CompletionId } from '../../../indexer/segment/completion-id.ts';
import type { CompletionView } from '../../../indexer/segment/completion-view.ts';
import type { Segment } from '../../../indexer/segment/segment.ts';
import type { WorkBudget } from '../fuzzy/fuzzy-terms.ts';
import type { MarketChoice } from '../market-choice.ts';
import { findByTextKeys, prepareTextKeySearch } from '../reading/text-key-search.ts';
import { logScoreOf } from '../view-score.ts';
import { SCRIPT, TYPO, VARIANT } from './alternative.ts';
import { AnyOrderReadings } from './any-order-readings.ts';
import {
  CandidateList,
  type Promotion,
  promotionBits,
  type ReadCandidate,
} from './candidate-list.ts';
import { InOrderSearch } from './in-order-search.ts';
import { Lattice } from './lattice.ts';
import { type Care, PieceReadings } from './piece-readings.ts';
import { RemainingBounds } from './remaining-bounds.ts';

/** Units of work, of about 50 ns each, that one request may spend on readings: what bounds the slowest answer. */
export const WORK_PER_REQUEST = 12_000;

/** Mistakes in different words, at most. */
const MOST_MISTAKES = 2;
/** With so many completions found, mistakes are not looked for in any order of the words. */
const FEW = 3;
const LONG = 12;

/** Corrections so many bits less likely than the best that is found are noise; not to look for them saves most of the work. */
const TYPO_SPREAD = 10;

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
  readonly sound: boolean;
  /** What the text is likely written in; null where nothing tells. */
  readonly language: string | null;
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
    const rules = {
      habits: { language: task.language, sound: task.sound, views: choice.views },
      scripts: task.scripts,
      lexicon: task.lexicon,
    };
    const lattice = new Lattice(typed, this.readings, rules, budget);
    const list = new CandidateList(limit);
    const strongest = task.strongest - TYPO_SPREAD;
    const floor = (ways: number): number => {
      // A reading that is as typed so far may still become a variant.
      const least =
        weakest === null
          ? -Infinity
          : weakest + promotionBits(ways === 0 ? VARIANT : ways, promotion);
      return (ways & TYPO) === 0 ? least : Math.max(least, list.best - TYPO_SPREAD, strongest);
    };
    if (task.scripts && weakest === null) this.byTextKeys(task, list, budget);
    let isDone = true;
    const found = (): number => task.direct + list.candidates.length;
    const few = typed.length < LONG ? FEW : 1;
    for (const view of choice.views) {
      const most = task.typos ? MOST_MISTAKES : 0;
      const bounds = new RemainingBounds(this.segment, view, lattice, most);
      const search = { bounds, floor, limit, list, budget };
      const inOrder = (mostMistakes: number, care: Care): void => {
        isDone = this.inOrder.search(view, lattice, { ...search, mostMistakes, care }) && isDone;
      };
      const anyOrder = (mostMistakes: number, care: Care): void => {
        isDone = this.anyOrder.search(view, lattice, { ...search, mostMistakes, care }) && isDone;
      };
      inOrder(Math.min(1, most), 'oneError');
      if (weakest !== null) continue;
      anyOrder(0, 'oneError');
      // What is less likely is looked for only where little or nothing else is found.
      if (most === 0 || found() >= few) continue;
      inOrder(1, 'byLength');
      if (found() < few) anyOrder(1, 'byLength');
      if (lattice.pieces.length === 1 || task.direct > 0) continue;
      if (found() < few) inOrder(most, 'oneError');
      if (found() === 0) inOrder(1, 'byText');
    }
    return { candidates: list.candidates, isCut: !isDone };
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

function rankIn(view: CompletionView, id: CompletionId): number {
  return view.rankOf(id);
}
