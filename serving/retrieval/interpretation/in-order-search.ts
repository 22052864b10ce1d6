import type { CompletionView } from '../../../indexer/segment/completion-view.ts';
import type { PlaceRange } from '../../../indexer/segment/prefix-order.ts';
import type { Segment } from '../../../indexer/segment/segment.ts';
import type { WorkBudget } from '../fuzzy/fuzzy-terms.ts';
import { logScoreOf } from '../view-score.ts';
import { type Alternative, type Arc, TYPO, type Ways } from './alternative.ts';
import { BestFirstQueue } from './best-first-queue.ts';
import type { CandidateList, ReadTerm } from './candidate-list.ts';
import type { Lattice } from './lattice.ts';

/** The least that any mistake costs: what a reading with one is worth before it is looked for. */
const LEAST_MISTAKE_BITS = 4;
/** Mistakes that a whole typed text may have. */
const MOST_MISTAKES = 3;
/** Units of work, of about 50 ns each, that narrowing a range and asking for its best cost. */
const NARROW_WORK = 12;

/** A reading of the first pieces of the typed text, and the rows that begin so. */
interface Node {
  readonly bound: number;
  /** Typed pieces read. */
  readonly at: number;
  readonly range: PlaceRange;
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

/** How much a completion found by a reading of these ways must be worth at least; readings below are not followed. */
export type Floor = (ways: Ways) => number;

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

  search(
    view: CompletionView,
    lattice: Lattice,
    floor: Floor,
    limit: number,
    list: CandidateList,
    budget: WorkBudget,
  ): boolean {
    const { order } = this.segment;
    const queue = new BestFirstQueue<Node>();
    const range = { low: 0, high: order.rows.length };
    const bound = this.bestLog(view, range);
    const root = { at: 0, range, depth: 0, bits: 0, ways: 0, mistakes: 0, last: null };
    queue.push({ ...root, bound, deferred: false });
    for (let node = queue.pop(); node !== null; node = queue.pop()) {
      if (node.bound <= Math.max(list.floor, floor(node.ways))) {
        if (node.bound <= list.floor) return true;
        continue;
      }
      if (budget.left <= 0) return false;
      if (node.at === lattice.pieces.length) {
        this.collect(view, lattice, node, limit, list, budget);
        continue;
      }
      if (!node.deferred) this.defer(queue, node, floor);
      const arcs = node.deferred
        ? lattice.mistakesFrom(node.at, Math.max(list.floor, floor(TYPO)))
        : lattice.arcsFrom(node.at);
      for (const arc of arcs) this.follow(view, queue, node, arc, floor, list, budget);
    }
    return true;
  }

  private defer(queue: BestFirstQueue<Node>, node: Node, floor: Floor): void {
    if (node.mistakes >= MOST_MISTAKES) return;
    const bound = node.bound - LEAST_MISTAKE_BITS;
    if (bound > floor(node.ways | TYPO)) queue.push({ ...node, bound, deferred: true });
  }

  /** Pushes the nodes that an arc leads to: one for each choice of its pieces' alternatives that some row has. */
  private follow(
    view: CompletionView,
    queue: BestFirstQueue<Node>,
    from: Node,
    arc: Arc,
    floor: Floor,
    list: CandidateList,
    budget: WorkBudget,
  ): void {
    const walk = (index: number, node: Omit<Node, 'bound' | 'deferred'>): void => {
      const alternatives = arc.pieces[index];
      if (alternatives === undefined) {
        const best =
          arc.pieces.length === 0 ? from.bound + from.bits : this.bestLog(view, node.range);
        const bound = best - node.bits;
        if (bound > Math.max(list.floor, floor(node.ways))) {
          queue.push({ ...node, bound, deferred: false });
        }
        return;
      }
      for (const alternative of alternatives) {
        if (budget.left <= 0) return;
        budget.left -= NARROW_WORK;
        const range = this.narrow(node, alternative);
        if (range.low === range.high) continue;
        walk(index + 1, {
          at: arc.to,
          range,
          depth: node.depth + 1,
          bits: node.bits + alternative.bits,
          ways: node.ways | alternative.ways,
          mistakes: node.mistakes,
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
      mistakes: from.mistakes + (from.deferred ? 1 : 0),
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
    limit: number,
    list: CandidateList,
    budget: WorkBudget,
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

function stepOf(depth: number, { low, high, covered }: Alternative, before: Step | null): Step {
  return { depth, low, high, covered, before };
}

function termsOf(last: Step | null): ReadTerm[] {
  const terms: ReadTerm[] = [];
  for (let step = last; step !== null; step = step.before) terms.push(step);
  return terms.reverse();
}
