import { LEAST_ERROR_BITS } from '../../../dictionaries/typing/error-model.ts';
import type { CompletionView } from '../../../indexer/segment/completion-view.ts';
import type { PlaceRange } from '../../../indexer/segment/prefix-order.ts';
import type { Segment } from '../../../indexer/segment/segment.ts';
import type { WorkBudget } from '../fuzzy/fuzzy-terms.ts';
import { logScoreOf } from '../view-score.ts';
import { type Arc, SPACE_BITS, TYPO, type Ways } from './alternative.ts';
import { BestFirstQueue } from './best-first-queue.ts';
import type { CandidateList, ReadTerm } from './candidate-list.ts';
import type { Lattice } from './lattice.ts';
import type { Care } from './piece-readings.ts';
import type { ReadingFloor } from './reading-floor.ts';
import type { RemainingBounds } from './remaining-bounds.ts';

/** Units of work, of about 50 ns each, that narrowing a range and asking for its best cost. */
const NARROW_WORK = 12;

/** What of a reading is to be looked at: how it goes on as written, or the mistakes that may begin where it stands. */
const AS_WRITTEN = 0;
const SPACES = 1;
const WORD = 2;
/** Those mistakes of the word that a search with less care did not follow. */
const FURTHER = 3;
type Next = typeof AS_WRITTEN | typeof SPACES | typeof WORD | typeof FURTHER;

/** A reading of the first pieces of the typed text, and the rows that begin so. */
interface Begun {
  /** Typed pieces read. */
  readonly at: number;
  readonly range: PlaceRange;
  /** Log score of the best completion of the range. */
  readonly best: number;
  /** Terms of the rows that are accounted for. */
  readonly depth: number;
  readonly bits: number;
  readonly ways: Ways;
  readonly mistakes: number;
  readonly last: Step | null;
}

interface Node {
  readonly bound: number;
  readonly next: Next;
  readonly begun: Begun;
}

/** The way back through a reading. */
interface Step extends ReadTerm {
  readonly before: Step | null;
}

/** What a search is to find, and what it may spend. */
export interface InOrderTask {
  readonly view: CompletionView;
  readonly lattice: Lattice;
  readonly bounds: RemainingBounds;
  /** Mistakes that a reading of the whole text may have: at most as many as the bounds were made for. */
  readonly mostMistakes: number;
  /** How hard they are looked for. */
  readonly care: Care;
  /** How much a completion must be worth; readings below are not followed. */
  readonly floor: ReadingFloor;
  readonly limit: number;
  /** Where what is found goes. */
  readonly list: CandidateList;
  readonly budget: WorkBudget;
}

/** The readings without a mistake that a search for one mistake has gone through: a search with more care goes on from them. */
export type BegunReadings = Begun[];

/**
 * The likeliest completions that begin with some reading of the typed text: a best-first search over the lattice and the prefix order at
 * once. A node's bound is the log score of the best completion in its range less its bits, so what is found first is the
 * likeliest (A* with an exact bound on the prior), and the search ends when nothing left can be among the best.
 *
 * One search at a time.
 */
export class InOrderSearch {
  private readonly segment: Segment;
  private readonly found = new Uint32Array(64);

  constructor(segment: Segment) {
    this.segment = segment;
  }

  /**
   * Searches from the beginning; `begun` takes the readings that a mistyped word may follow upon.
   *
   * @returns whether it ended by itself; false when the work ran out
   */
  search(task: InOrderTask, begun: BegunReadings | null): boolean {
    const range = { low: 0, high: this.segment.order.rows.length };
    const best = task.bounds.top;
    const root = { at: 0, range, best, depth: 0, bits: 0, ways: 0, mistakes: 0, last: null };
    const queue = new BestFirstQueue<Node>();
    queue.push({ bound: best, next: AS_WRITTEN, begun: root });
    return this.run(queue, task, begun);
  }

  /** Looks for mistyped words with more care, given what the same search with less care went through. */
  searchOn(task: InOrderTask, begun: BegunReadings): boolean {
    const queue = new BestFirstQueue<Node>();
    for (const reading of begun) deferWord(queue, reading, FURTHER, task);
    return this.run(queue, task, null);
  }

  private run(
    queue: BestFirstQueue<Node>,
    task: InOrderTask,
    passed: BegunReadings | null,
  ): boolean {
    const { lattice, floor, list, budget } = task;
    for (let node = queue.pop(); node !== null; node = queue.pop()) {
      if (node.bound <= list.floor) return true;
      const { begun, next } = node;
      if (node.bound <= floor.of(next === AS_WRITTEN ? begun.ways : begun.ways | TYPO)) continue;
      if (budget.left <= 0) return false;
      if (begun.at === lattice.pieces.length) {
        this.collect(begun, task);
        continue;
      }
      if (next === AS_WRITTEN) {
        deferSpaces(queue, begun, task);
        if (deferWord(queue, begun, WORD, task) && begun.mistakes === 0) passed?.push(begun);
      }
      for (const arc of arcsOf(node, task)) this.follow(queue, node, arc, task);
    }
    return true;
  }

  /** Pushes the nodes that an arc leads to: one for each choice of its pieces' alternatives that some row has. */
  private follow(queue: BestFirstQueue<Node>, node: Node, arc: Arc, task: InOrderTask): void {
    const { begun, next } = node;
    const mistakes = begun.mistakes + (next === AS_WRITTEN ? 0 : 1);
    const further = task.bounds.after(arc.to, task.mostMistakes - mistakes);
    const start: Begun = {
      at: arc.to,
      range: begun.range,
      best: begun.best,
      depth: begun.depth,
      bits: begun.bits + arc.bits,
      ways: begun.ways | arc.ways,
      mistakes,
      last: begun.last,
    };
    this.choose(queue, start, arc, 0, Math.min(begun.best, further), further, task);
  }

  /** @param most what the reading may be worth without its bits */
  private choose(
    queue: BestFirstQueue<Node>,
    begun: Begun,
    arc: Arc,
    index: number,
    most: number,
    further: number,
    task: InOrderTask,
  ): void {
    const { floor, list, budget } = task;
    const alternatives = arc.pieces[index];
    if (alternatives === undefined) {
      this.push(queue, begun, index > 0, further, task);
      return;
    }
    const isLast = begun.at === task.lattice.pieces.length && index + 1 === arc.pieces.length;
    for (const alternative of alternatives) {
      const bits = begun.bits + alternative.bits;
      const ways = begun.ways | alternative.ways;
      // All of it as typed is a direct match.
      if (isLast && ways === 0) continue;
      if (most - bits <= list.floor || most - bits <= floor.of(ways)) continue;
      if (budget.left <= 0) return;
      budget.left -= NARROW_WORK;
      const { low, high, covered } = alternative;
      const range = this.segment.order.narrow(begun.range, begun.depth, low, high);
      if (range.low === range.high) continue;
      const { at, best, depth, mistakes, last } = begun;
      const read = {
        at,
        range,
        best,
        depth: depth + 1,
        bits,
        ways,
        mistakes,
        last: { depth, low, high, covered, before: last },
      };
      this.choose(queue, read, arc, index + 1, most, further, task);
    }
  }

  /** @param isNarrowed whether the reading's range is another one than that of its best completion */
  private push(
    queue: BestFirstQueue<Node>,
    begun: Begun,
    isNarrowed: boolean,
    further: number,
    { view, floor, list }: InOrderTask,
  ): void {
    const { at, range, depth, bits, ways, mistakes, last } = begun;
    const best = isNarrowed ? this.bestLog(view, range) : begun.best;
    const bound = Math.min(best, further) - bits;
    if (bound <= list.floor || bound <= floor.of(ways)) return;
    queue.push({
      bound,
      next: AS_WRITTEN,
      begun: isNarrowed ? { at, range, best, depth, bits, ways, mistakes, last } : begun,
    });
  }

  private collect(begun: Begun, { view, lattice, limit, list, budget }: InOrderTask): void {
    const { bits, ways, depth } = begun;
    if (ways === 0 || depth === 0) return;
    const { order } = this.segment;
    const isOpen = lattice.pieces.at(-1)?.open === true;
    const range = isOpen ? begun.range : order.finish(begun.range, depth);
    if (range.low === range.high) return;
    budget.left -= NARROW_WORK;
    const evidence = { kind: 'terms', terms: termsOf(begun.last) } as const;
    const count = view.best(range, limit, this.found);
    for (let i = 0; i < count; i++) {
      const rank = this.found[i]!;
      const logScore = logScoreOf(this.segment, view, rank);
      // Ranks fall in score.
      if (logScore - bits <= list.floor) return;
      list.offer({ id: view.idOf(rank), logScore, bits, ways, evidence });
    }
  }

  private bestLog(view: CompletionView, range: PlaceRange): number {
    const count = view.best(range, 1, this.found);
    return count === 0 ? -Infinity : logScoreOf(this.segment, view, this.found[0]!);
  }
}

function arcsOf(
  { next, begun }: Node,
  { lattice, list, floor, care }: InOrderTask,
): readonly Arc[] {
  if (next === AS_WRITTEN) return lattice.arcsFrom(begun.at);
  const least = Math.max(list.floor, floor.of(TYPO));
  if (next === SPACES) return lattice.spacesFrom(begun.at, least);
  if (next === FURTHER) return lattice.furtherMistypedFrom(begun.at, least, care);
  return lattice.mistypedFrom(begun.at, least, care);
}

/** Leaves a space too few or too many, which may be where a reading stands, for later: it costs something at least. */
function deferSpaces(queue: BestFirstQueue<Node>, begun: Begun, task: InOrderTask): void {
  if (task.care !== 'oneError') return;
  const further = task.bounds.afterSpaces(begun.at, task.mostMistakes - begun.mistakes);
  defer(queue, SPACES, begun, Math.min(begun.best - SPACE_BITS, further), task);
}

/** The same for a mistyped word; false where that can lead to nothing of use. */
function deferWord(
  queue: BestFirstQueue<Node>,
  begun: Begun,
  next: Next,
  task: InOrderTask,
): boolean {
  const further = task.bounds.afterWord(begun.at, task.mostMistakes - begun.mistakes);
  return defer(queue, next, begun, Math.min(begun.best - LEAST_ERROR_BITS, further), task);
}

function defer(
  queue: BestFirstQueue<Node>,
  next: Next,
  begun: Begun,
  most: number,
  { list, floor }: InOrderTask,
): boolean {
  const bound = most - begun.bits;
  if (bound <= list.floor || bound <= floor.of(begun.ways | TYPO)) return false;
  queue.push({ bound, next, begun });
  return true;
}

function termsOf(last: Step | null): ReadTerm[] {
  const terms: ReadTerm[] = [];
  for (let step = last; step !== null; step = step.before) terms.push(step);
  return terms.reverse();
}
