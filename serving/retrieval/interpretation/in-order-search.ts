import type { CompletionView } from '../../../indexer/segment/completion-view.ts';
import type { PlaceRange } from '../../../indexer/segment/prefix-order.ts';
import type { Segment } from '../../../indexer/segment/segment.ts';
import type { WorkBudget } from '../fuzzy/fuzzy-terms.ts';
import { logScoreOf } from '../view-score.ts';
import { type Alternative, type Arc, TYPO, type Ways } from './alternative.ts';
import { BestFirstQueue } from './best-first-queue.ts';
import type { CandidateList, ReadTerm } from './candidate-list.ts';
import type { Lattice } from './lattice.ts';
import type { Care } from './piece-readings.ts';
import { LEAST_MISTAKE_BITS, type RemainingBounds } from './remaining-bounds.ts';

/** Units of work, of about 50 ns each, that narrowing a range and asking for its best cost. */
const NARROW_WORK = 12;

/** A reading of the first pieces of the typed text, and the rows that begin so. */
interface Node {
  readonly bound: number;
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
  /** Whether the mistakes that may begin here are what is to be looked at. */
  readonly deferred: boolean;
  readonly last: Step | null;
}

/** The way back through a reading. */
interface Step extends ReadTerm {
  readonly before: Step | null;
}

/** What a search is to find, and what it may spend. */
export interface InOrderTask {
  readonly bounds: RemainingBounds;
  /** Mistakes that a reading of the whole text may have: at most as many as the bounds were made for. */
  readonly mostMistakes: number;
  /** How hard they are looked for. */
  readonly care: Care;
  /** How much a completion found by a reading of these ways must be worth; readings below are not followed. */
  readonly floor: (ways: Ways) => number;
  readonly limit: number;
  /** Where what is found goes. */
  readonly list: CandidateList;
  readonly budget: WorkBudget;
}

/**
 * The likeliest completions that begin with some reading of the typed text: a best-first search over the lattice and the prefix order at
 * once. A node's bound is the log score of the best completion in its range less its bits, so what is found first is the
 * likeliest (A* with an exact bound on the prior), and the search ends when nothing left can be among the best.
 *
 * @returns whether it ended by itself; false when the work ran out
 */
export class InOrderSearch {
  private readonly segment: Segment;
  private readonly found = new Uint32Array(64);

  constructor(segment: Segment) {
    this.segment = segment;
  }

  search(view: CompletionView, lattice: Lattice, task: InOrderTask): boolean {
    const { order } = this.segment;
    const { bounds, mostMistakes, floor, list, budget } = task;
    const queue = new BestFirstQueue<Node>();
    const range = { low: 0, high: order.rows.length };
    const best = this.bestLog(view, range);
    const root = { at: 0, range, best, depth: 0, bits: 0, ways: 0, mistakes: 0, last: null };
    const bound = Math.min(best, bounds.after(0, mostMistakes));
    queue.push({ ...root, bound, deferred: false });
    for (let node = queue.pop(); node !== null; node = queue.pop()) {
      if (node.bound <= list.floor) return true;
      if (node.bound <= floor(node.ways)) continue;
      if (budget.left <= 0) return false;
      if (node.at === lattice.pieces.length) {
        this.collect(view, lattice, node, task);
        continue;
      }
      if (!node.deferred) defer(queue, node, task);
      const arcs = node.deferred
        ? lattice.mistakesFrom(node.at, Math.max(list.floor, floor(TYPO)), task.care)
        : lattice.arcsFrom(node.at);
      for (const arc of arcs) this.follow(view, queue, node, arc, task);
    }
    return true;
  }

  /** Pushes the nodes that an arc leads to: one for each choice of its pieces' alternatives that some row has. */
  private follow(
    view: CompletionView,
    queue: BestFirstQueue<Node>,
    from: Node,
    arc: Arc,
    task: InOrderTask,
  ): void {
    const { bounds, mostMistakes, floor, list, budget } = task;
    const mistakes = from.mistakes + (from.deferred ? 1 : 0);
    const further = bounds.after(arc.to, mostMistakes - mistakes);
    const push = (node: Omit<Node, 'bound' | 'best' | 'deferred'>): void => {
      const best = node.depth === from.depth ? from.best : this.bestLog(view, node.range);
      const bound = Math.min(best, further) - node.bits;
      if (bound <= list.floor || bound <= floor(node.ways)) return;
      queue.push({ ...node, best, bound, deferred: false });
    };
    const walk = (index: number, node: Omit<Node, 'bound' | 'best' | 'deferred'>): void => {
      const alternatives = arc.pieces[index];
      if (alternatives === undefined) {
        push(node);
        return;
      }
      for (const alternative of alternatives) {
        const bits = node.bits + alternative.bits;
        if (Math.min(from.best, further) - bits <= list.floor) continue;
        if (budget.left <= 0) return;
        budget.left -= NARROW_WORK;
        const range = this.narrow(node, alternative);
        if (range.low === range.high) continue;
        walk(index + 1, {
          at: arc.to,
          range,
          depth: node.depth + 1,
          bits,
          ways: node.ways | alternative.ways,
          mistakes,
          last: stepOf(node.depth, alternative, node.last),
        });
      }
    };
    walk(0, {
      at: arc.to,
      range: from.range,
      depth: from.depth,
      bits: from.bits + arc.bits,
      ways: from.ways | arc.ways,
      mistakes,
      last: from.last,
    });
  }

  private narrow(
    { range, depth }: { range: PlaceRange; depth: number },
    { low, high }: Alternative,
  ): PlaceRange {
    return this.segment.order.narrow(range, depth, low, high);
  }

  private collect(
    view: CompletionView,
    lattice: Lattice,
    node: Node,
    { limit, list, budget }: InOrderTask,
  ): void {
    if (node.ways === 0 || node.depth === 0) return;
    const { order } = this.segment;
    const isOpen = lattice.pieces.at(-1)?.open === true;
    const range = isOpen ? node.range : order.finish(node.range, node.depth);
    if (range.low === range.high) return;
    budget.left -= NARROW_WORK;
    const evidence = { kind: 'terms', terms: termsOf(node.last) } as const;
    const { bits, ways } = node;
    const count = view.best(range, limit, this.found);
    for (let i = 0; i < count; i++) {
      const rank = this.found[i]!;
      const logScore = logScoreOf(this.segment, view, rank);
      list.offer({ id: view.idOf(rank), logScore, bits, ways, evidence });
    }
  }

  private bestLog(view: CompletionView, range: PlaceRange): number {
    const count = view.best(range, 1, this.found);
    return count === 0 ? -Infinity : logScoreOf(this.segment, view, this.found[0]!);
  }
}

/** Leaves the mistakes that may begin where a node stands for later: they cost something at least. */
function defer(queue: BestFirstQueue<Node>, node: Node, task: InOrderTask): void {
  const left = task.mostMistakes - node.mistakes;
  if (left === 0) return;
  const further = task.bounds.afterMistake(node.at, left);
  const bound = Math.min(node.best - LEAST_MISTAKE_BITS, further) - node.bits;
  if (bound > task.list.floor && bound > task.floor(node.ways | TYPO)) {
    queue.push({ ...node, bound, deferred: true });
  }
}

function stepOf(depth: number, { low, high, covered }: Alternative, before: Step | null): Step {
  return { depth, low, high, covered, before };
}

function termsOf(last: Step | null): ReadTerm[] {
  const terms: ReadTerm[] = [];
  for (let step = last; step !== null; step = step.before) terms.push(step);
  return terms.reverse();
}
