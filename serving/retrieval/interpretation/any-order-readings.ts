import type { CompletionView } from '../../../indexer/segment/completion-view.ts';
import type { Segment } from '../../../indexer/segment/segment.ts';
import { signatureOf } from '../../../indexer/segment/signatures.ts';
import type { TermRange } from '../../../indexer/segment/term-dictionary.ts';
import type { WorkBudget } from '../fuzzy/fuzzy-terms.ts';
import { anyOrderSearchOf } from '../lookup.ts';
import { orderMatchers, type TermMatcher } from '../query-plan.ts';
import { logScoreOf } from '../view-score.ts';
import { type Alternative, type Arc, INSIDE_BITS, TYPO, type Ways } from './alternative.ts';
import { BestFirstQueue } from './best-first-queue.ts';
import type { CandidateList } from './candidate-list.ts';
import type { Lattice } from './lattice.ts';
import type { Care } from './piece-readings.ts';
import type { ReadingFloor } from './reading-floor.ts';
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

/** What of a reading is to be looked at: how it goes on as written, or the mistakes that may begin where it stands. */
const AS_WRITTEN = 0;
const SPACES = 1;
const WORD = 2;
type Next = typeof AS_WRITTEN | typeof SPACES | typeof WORD;

interface Begun {
  readonly at: number;
  /** Log score of the best completion that holds the rarest term so far. */
  readonly prior: number;
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

/** What a search is to find, and what it may spend. */
export interface AnyOrderTask {
  readonly view: CompletionView;
  readonly lattice: Lattice;
  readonly bounds: RemainingBounds;
  /** Mistakes that a reading of the whole text may have: at most as many as the bounds were made for. */
  readonly mostMistakes: number;
  /** How hard they are looked for. */
  readonly care: Care;
  /** How much a completion must be worth. */
  readonly floor: ReadingFloor;
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

  search(task: AnyOrderTask): boolean {
    const { lattice, bounds, mostMistakes, list, budget } = task;
    const queue = new BestFirstQueue<Node>();
    // What is still to be read costs bits only once it is read.
    const prior = bounds.top;
    const root = { at: 0, prior, bits: INSIDE_BITS, ways: 0, mistakes: 0, last: null };
    const bound = bounds.after(0, mostMistakes) - INSIDE_BITS;
    queue.push({ bound, next: AS_WRITTEN, begun: root });
    const most = lattice.pieces.length === 1 ? MOST_READINGS_OF_ONE : MOST_READINGS;
    let readings = 0;
    for (let node = queue.pop(); node !== null; node = queue.pop()) {
      if (node.bound <= list.floor || readings === most) return true;
      if (budget.left <= 0) return false;
      const { begun, next } = node;
      if (begun.at === lattice.pieces.length) {
        if (begun.ways === 0 || begun.last === null) continue;
        readings++;
        this.collect(begun, task);
        continue;
      }
      if (next === AS_WRITTEN) defer(queue, begun, task);
      const mistakes = begun.mistakes + (next === AS_WRITTEN ? 0 : 1);
      for (const arc of arcsOf(node, task)) {
        const further = bounds.after(arc.to, mostMistakes - mistakes);
        const { prior: best, last } = begun;
        const bits = begun.bits + arc.bits;
        const ways = begun.ways | arc.ways;
        const start = { at: arc.to, prior: best, bits, ways, mistakes, last };
        const piece = lattice.pieces[begun.at]!;
        this.choose(queue, start, arc, 0, piece, further, task);
      }
    }
    return true;
  }

  /** Pushes a node for each choice of an arc's alternatives. */
  private choose(
    queue: BestFirstQueue<Node>,
    begun: Begun,
    arc: Arc,
    index: number,
    piece: TypedPiece,
    further: number,
    task: AnyOrderTask,
  ): void {
    const { view, list, budget } = task;
    const bound = Math.min(begun.prior, further) - begun.bits;
    if (bound <= list.floor) return;
    const alternatives = arc.pieces[index];
    if (alternatives === undefined) {
      queue.push({ bound, next: AS_WRITTEN, begun });
      return;
    }
    for (const alternative of alternatives) {
      if (budget.left <= 0) return;
      budget.left -= ALTERNATIVE_WORK;
      const bits = begun.bits + alternative.bits;
      if (Math.min(begun.prior, further) - bits <= list.floor) continue;
      const read = {
        at: begun.at,
        prior: Math.min(begun.prior, this.bestHolding(view, alternative)),
        bits,
        ways: begun.ways | alternative.ways,
        mistakes: begun.mistakes,
        last: { piece, alternative, before: begun.last },
      };
      this.choose(queue, read, arc, index + 1, piece, further, task);
    }
  }

  private bestHolding(view: CompletionView, { low, high }: Alternative): number {
    const count = view.bestOfTerms({ low, high }, 1, this.found, 0);
    return count === 0 ? -Infinity : logScoreOf(this.segment, view, this.found[0]!);
  }

  private collect({ last, bits, ways }: Begun, { view, limit, list, budget }: AnyOrderTask): void {
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

function arcsOf(
  { next, begun }: Node,
  { lattice, list, floor, care }: AnyOrderTask,
): readonly Arc[] {
  if (next === AS_WRITTEN) return lattice.arcsFrom(begun.at);
  const least = Math.max(list.floor, floor.of(TYPO));
  if (next === SPACES) return lattice.spacesFrom(begun.at, least);
  return lattice.mistypedFrom(begun.at, least, care);
}

/** Leaves the mistakes that may begin where a reading stands for later: they cost something at least. */
function defer(queue: BestFirstQueue<Node>, begun: Begun, task: AnyOrderTask): void {
  const { bounds, mostMistakes, care, list } = task;
  const left = mostMistakes - begun.mistakes;
  if (left === 0) return;
  const spaces = care === 'oneError' ? bounds.afterSpaces(begun.at, left) : -Infinity;
  const spacesBound = Math.min(begun.prior, spaces) - begun.bits;
  if (spacesBound > list.floor) queue.push({ bound: spacesBound, next: SPACES, begun });
  const wordBound = Math.min(begun.prior, bounds.afterWord(begun.at, left)) - begun.bits;
  if (wordBound > list.floor) queue.push({ bound: wordBound, next: WORD, begun });
}

/** The pieces of a reading, first to last. */
function piecesOf(last: Step | null): ReadPiece[] {
  const pieces: ReadPiece[] = [];
  for (let step = last; step !== null; step = step.before) pieces.push(step);
  return pieces.reverse();
}
