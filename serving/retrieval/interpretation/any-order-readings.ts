import type { CompletionView } from '../../../indexer/segment/completion-view.ts';
import type { Segment } from '../../../indexer/segment/segment.ts';
import { signatureOf } from '../../../indexer/segment/signatures.ts';
import type { TermRange } from '../../../indexer/segment/term-dictionary.ts';
import type { WorkBudget } from '../fuzzy/fuzzy-terms.ts';
import { anyOrderSearchOf } from '../lookup.ts';
import { orderMatchers, type TermMatcher } from '../query-plan.ts';
import { logScoreOf } from '../view-score.ts';
import { type Alternative, INSIDE_BITS, type Ways } from './alternative.ts';
import { BestFirstQueue } from './best-first-queue.ts';
import type { CandidateList } from './candidate-list.ts';
import type { Lattice } from './lattice.ts';
import type { Care } from './piece-readings.ts';
import type { RemainingBounds } from './remaining-bounds.ts';
import type { TypedPiece } from './typed-pieces.ts';

/** Readings of the whole typed text that are searched for, the likeliest first: of a single term, and of several. */
const MOST_READINGS_OF_ONE = 24;
const MOST_READINGS = 8;
/** Units of work, of about 50 ns each, of one search by a single term, and by several. */
const ONE_TERM_WORK = 20;
const SEVERAL_TERMS_WORK = 400;
/** The same for one alternative of a piece: the best completion that holds it is looked up, and a reading is queued. */
const ALTERNATIVE_WORK = 16;

interface ReadPiece {
  readonly piece: TypedPiece;
  readonly alternative: Alternative;
}

/** The way back through a reading: shared by the readings that begin alike, so that a long text costs no copies. */
interface Step extends ReadPiece {
  readonly before: Step | null;
}

interface Node {
  readonly bound: number;
  readonly at: number;
  /** Log score of the best completion that holds the rarest term so far. */
  readonly prior: number;
  readonly bits: number;
  readonly ways: Ways;
  readonly mistakes: number;
  readonly deferred: boolean;
  readonly last: Step | null;
}

/** What a search is to find, and what it may spend. */
export interface AnyOrderTask {
  readonly bounds: RemainingBounds;
  /** Mistakes that a reading of the whole text may have: at most as many as the bounds were made for. */
  readonly mostMistakes: number;
  /** How hard they are looked for. */
  readonly care: Care;
  readonly limit: number;
  /** Where what is found goes. */
  readonly list: CandidateList;
  readonly budget: WorkBudget;
}

/**
 * The likeliest completions that hold some reading of the typed text in any order. Whole readings come best first, by the most searched completion that
 * holds their rarest term; each is then an any-order search of its own.
 *
 * @returns whether it ended by itself; false when the work ran out
 */
export class AnyOrderReadings {
  private readonly segment: Segment;
  private readonly found = new Uint32Array(64);

  constructor(segment: Segment) {
    this.segment = segment;
  }

  search(view: CompletionView, lattice: Lattice, task: AnyOrderTask): boolean {
    const { bounds, mostMistakes, list, budget } = task;
    const queue = new BestFirstQueue<Node>();
    const prior = bounds.after(0, mostMistakes);
    const root = { at: 0, prior, bits: INSIDE_BITS, ways: 0, mistakes: 0, last: null };
    queue.push({ ...root, bound: prior - INSIDE_BITS, deferred: false });
    const most = lattice.pieces.length === 1 ? MOST_READINGS_OF_ONE : MOST_READINGS;
    let readings = 0;
    for (let node = queue.pop(); node !== null; node = queue.pop()) {
      if (node.bound <= list.floor || readings === most) return true;
      if (budget.left <= 0) return false;
      if (node.at === lattice.pieces.length) {
        if (node.ways === 0 || node.last === null) continue;
        readings++;
        this.collect(view, node, task);
        continue;
      }
      const left = mostMistakes - node.mistakes;
      if (!node.deferred && left > 0) {
        const bound = Math.min(node.prior, bounds.afterMistake(node.at, left)) - node.bits;
        if (bound > list.floor) queue.push({ ...node, bound, deferred: true });
      }
      this.expand(view, queue, node, lattice, task);
    }
    return true;
  }

  private expand(
    view: CompletionView,
    queue: BestFirstQueue<Node>,
    from: Node,
    lattice: Lattice,
    { bounds, mostMistakes, care, list, budget }: AnyOrderTask,
  ): void {
    const arcs = from.deferred
      ? lattice.mistakesFrom(from.at, list.floor, care)
      : lattice.arcsFrom(from.at);
    const piece = lattice.pieces[from.at]!;
    const mistakes = from.mistakes + (from.deferred ? 1 : 0);
    for (const arc of arcs) {
      const further = bounds.after(arc.to, mostMistakes - mistakes);
      const walk = (index: number, node: Omit<Node, 'bound' | 'deferred'>): void => {
        const bound = Math.min(node.prior, further) - node.bits;
        if (bound <= list.floor) return;
        const alternatives = arc.pieces[index];
        if (alternatives === undefined) {
          queue.push({ ...node, bound, deferred: false });
          return;
        }
        for (const alternative of alternatives) {
          if (budget.left <= 0) return;
          budget.left -= ALTERNATIVE_WORK;
          walk(index + 1, {
            at: arc.to,
            prior: Math.min(node.prior, this.bestHolding(view, alternative)),
            bits: node.bits + alternative.bits,
            ways: node.ways | alternative.ways,
            mistakes,
            last: { piece, alternative, before: node.last },
          });
        }
      };
      const bits = from.bits + arc.bits;
      const ways = from.ways | arc.ways;
      walk(0, { at: arc.to, prior: from.prior, bits, ways, mistakes, last: from.last });
    }
  }

  private bestHolding(view: CompletionView, { low, high }: Alternative): number {
    const count = view.bestOfTerms({ low, high }, 1, this.found, 0);
    return count === 0 ? -Infinity : logScoreOf(this.segment, view, this.found[0]!);
  }

  private collect(
    view: CompletionView,
    { last, bits, ways }: Node,
    { limit, list, budget }: AnyOrderTask,
  ): void {
    const matchers = this.matchersOf(piecesOf(last));
    if (matchers === null) return;
    budget.left -= matchers.length === 1 ? ONE_TERM_WORK : SEVERAL_TERMS_WORK;
    const evidence = { kind: 'anyOrder', matchers } as const;
    const count = anyOrderSearchOf(this.segment).best(view, matchers, limit, this.found);
    for (let i = 0; i < count; i++) {
      const rank = this.found[i]!;
      const logScore = logScoreOf(this.segment, view, rank);
      list.offer({ id: view.idOf(rank), logScore, bits, ways, evidence });
    }
  }

  /** A matcher a word; characters of a script without spaces that were typed together must stand together. */
  private matchersOf(read: readonly ReadPiece[]): TermMatcher[] | null {
    const matchers: TermMatcher[] = [];
    for (let from = 0; from < read.length; ) {
      let to = from + 1;
      if (read[from]!.piece.unspaced) {
        while (to < read.length && read[to]!.piece.unspaced && read[to]!.piece.joined) to++;
      }
      const matcher = this.matcherOf(read.slice(from, to));
      if (matcher === null) return null;
      matchers.push(matcher);
      from = to;
    }
    return orderMatchers(matchers);
  }

  private matcherOf(read: readonly ReadPiece[]): TermMatcher | null {
    const [first, ...further] = read.map((piece) => this.rangesOf(piece));
    if (first === undefined) return null;
    const rest: TermRange[] = [];
    for (const { joined } of further) {
      if (joined.low === joined.high) return null;
      rest.push(joined);
    }
    const parts = [first, ...further];
    const isRun = read[0]!.piece.unspaced;
    return {
      kind: isRun ? 'run' : first.isWhole ? 'word' : 'beginning',
      spaced: first.spaced,
      joined: first.joined,
      rest,
      signature: parts.reduce((all, { signature }) => all | signature, 0),
      length: parts.reduce((sum, { length }) => sum + length, 0),
    };
  }

  /** Where an alternative's terms stand among those that follow a space and those that do not. */
  private rangesOf({ piece, alternative }: ReadPiece): {
    spaced: TermRange;
    joined: TermRange;
    isWhole: boolean;
    signature: number;
    length: number;
  } {
    const { terms } = this.segment;
    const { low, high, covered } = alternative;
    const range = { low, high };
    const text = terms.termText(low);
    // All terms of a longer range share what is covered of the first.
    const isWhole = high - low === 1;
    const length = Math.min(covered, text.length);
    const signature = signatureOf(isWhole ? text : text.slice(0, length), isWhole);
    const isJoined = low >= terms.spaced;
    if (!piece.unspaced || high - low > 1) {
      const none = { low: 0, high: 0 };
      return {
        spaced: isJoined ? none : range,
        joined: isJoined ? range : none,
        isWhole,
        signature,
        length,
      };
    }
    const other = terms.find(text, !isJoined);
    const others = other < 0 ? { low: 0, high: 0 } : { low: other, high: other + 1 };
    return {
      spaced: isJoined ? others : range,
      joined: isJoined ? range : others,
      isWhole,
      signature,
      length,
    };
  }
}

/** The pieces of a reading, first to last. */
function piecesOf(last: Step | null): ReadPiece[] {
  const pieces: ReadPiece[] = [];
  for (let step = last; step !== null; step = step.before) pieces.push(step);
  return pieces.reverse();
}
