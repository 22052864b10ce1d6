import { LEAST_ERROR_BITS } from '../../../dictionaries/typing/error-model.ts';
import type { Keyboard } from '../../../dictionaries/typing/keyboard.ts';
import {
  END,
  GRADE_SHIFT,
  INNER,
  INNER_NODE,
  LABEL_MASK,
  NODE,
  SEARCH,
  SLOTS,
  slotOf,
} from '../../../indexer/segment/term-trie-nodes.ts';
import type { BestTerms } from './best-terms.ts';
import type { TermCandidates } from './term-candidates.ts';
import { byteLength } from './term-letters.ts';
import type { TrieReader } from './trie-reader.ts';
import type { TypedWord } from './typed-word.ts';

/** Units of work; what is found when it is spent is what there is. */
export interface WorkBudget {
  left: number;
}

export interface Walk {
  readonly kind: 'whole' | 'beginning';
  readonly budget: WorkBudget;
  readonly keyboard: Keyboard;
  /** Whether the first letter may only be one that a slip leads to. */
  readonly strict: boolean;
}

/**
 * The terms that a word with up to two errors may have been meant as: a bit-parallel automaton walks the trie of terms. (For one error `OneErrorWalk` is faster.)
 *
 * The automaton is Shift-And with a row of bits for each number of errors, and optimal string alignment: bit i of row e is set when the text so far is the word's first
 * i letters with at most e errors (insertion, deletion, substitution, or two letters swapped, no letter in two errors). Two errors at most make three rows.
 * Sources: Wu and Manning, "Fast text searching allowing errors", CACM 35(10), 1992; Hyyrö, "A bit-vector algorithm for computing Levenshtein and Damerau edit
 * distances", Nordic J. of Computing 10, 2003.
 *
 * A branch is left when even its best completion, less what the errors so far cost at least, is worth less than the worst of the results kept;
 * siblings stand by their best completion, so all the rest of them go with it. The exact way is followed first, as what it finds lets others be left sooner.
 *
 * A unit of work is a node looked at, or a letter read between nodes.
 */
export class TrieWalk {
  private readonly reader: TrieReader;
  private readonly nodes: Uint32Array;
  private readonly candidates: TermCandidates;
  private readonly word: TypedWord;
  private readonly masks: Uint32Array;
  private readonly best: BestTerms;
  private keyboard: Keyboard | null = null;
  private whole = false;
  private strict = false;
  /** The bit of the whole word. */
  private goal = 0;
  /** All bits of the word. */
  private full = 0;
  /** The row without errors: 0, or 1 below a first letter that is an error already. */
  private exactRow = 0;
  private least2 = 0;
  private left = 0;

  constructor(reader: TrieReader, word: TypedWord, candidates: TermCandidates) {
    this.reader = reader;
    this.nodes = reader.nodes;
    this.candidates = candidates;
    this.word = word;
    this.masks = word.masks;
    this.best = candidates.best;
  }

  /** Offers what the word may have been meant as, with one error or two. */
  run(walk: Walk): void {
    this.keyboard = walk.keyboard;
    this.strict = walk.strict;
    this.whole = walk.kind === 'whole';
    this.goal = 1 << this.word.length;
    this.full = this.goal * 2 - 1;
    this.exactRow = 0;
    this.least2 = 2 * LEAST_ERROR_BITS;
    this.left = walk.budget.left;
    this.visit(this.reader.root, 1, 3, 7, 0, 0, 0, Infinity);
    walk.budget.left = this.left;
  }

  /**
   * Visits the children of an inner node that the automaton reaches in the state `row0` … `row2`; `before0`, `before1` are rows before the last letter, which `last` is the mask of.
   * `bound` is the least cost of a range around this node that is a result already.
   */
  private visit(
    node: number,
    row0: number,
    row1: number,
    row2: number,
    before0: number,
    before1: number,
    last: number,
    bound: number,
  ): void {
    const { nodes, reader } = this;
    const { uppers } = this.candidates;
    const at = node * INNER_NODE;
    const depth = reader.depthOf(at);
    const first = reader.firstChild(at);
    const end = reader.endOfChildren(at);
    const free = (row0 | row1) !== 0;
    if (!free && reader.inner[at + 4] !== 0) {
      this.visitSlots(node, row2, before1, last, bound);
      return;
    }
    const least = free ? LEAST_ERROR_BITS : this.least2;
    const { best, word, masks } = this;
    // Where no error is made yet, the exact way is followed first: what it finds lets others be left sooner.
    const lead = row0;
    // A letter that the word has nowhere is an error whatever it is, and leads to the same state.
    const other1 = (row0 | (row0 << 1)) & this.full;
    const other2 = (row1 | (row1 << 1) | (other1 << 1)) & this.full;
    const needed = other1 === 0 ? word.rests[31 - Math.clz32(other2)]! : 0;
    for (let pass = lead !== 0 ? 0 : 1; pass < 2; pass++) {
      for (let child = first; child < end; child += NODE) {
        const head = nodes[child]!;
        if (uppers[head >>> GRADE_SHIFT]! - least < best.floor) break;
        if (--this.left < 0) return;
        const label = head & LABEL_MASK;
        const mask = label < 0x10000 ? masks[label]! : word.maskOf(label);
        if (mask === 0 && (needed & ~nodes[child + 2]!) !== 0 && label !== END) continue;
        if (lead !== 0 && (((lead << 1) & mask) !== 0) !== (pass === 0)) continue;
        if (label !== END) {
          this.enter(child, depth, mask, row0, row1, row2, before0, before1, last, bound);
        } else if (pass === 1 && this.whole) {
          this.endTerm(nodes[child + 1]!, head, row0, row1, row2);
        }
      }
    }
  }

  /** Visits the children of a node of many, where no further error is allowed: those of the letters that may come next. */
  private visitSlots(
    node: number,
    row2: number,
    before1: number,
    last: number,
    bound: number,
  ): void {
    const { nodes, reader, word } = this;
    const { slots } = reader;
    const { uppers } = this.candidates;
    const at = node * INNER_NODE;
    const depth = reader.depthOf(at);
    const first = reader.firstChild(at);
    const end = reader.endOfChildren(at);
    const table = (reader.inner[at + 4]! - 1) * SLOTS;
    const { length } = word;
    // Where the word may go on, and the first of two letters that may have been swapped.
    let next = (row2 | (((before1 << 2) & last) >>> 2)) & (this.goal - 1);
    if (this.whole && (row2 & this.goal) !== 0) this.endAmong(first, end, row2);
    let done = 0;
    while (next !== 0) {
      const place = 31 - Math.clz32(next);
      next ^= 1 << place;
      if (place >= length) continue;
      const slot = word.slots[place]!;
      if ((done & (1 << slot)) !== 0) continue;
      done |= 1 << slot;
      const found = slots[table + slot]!;
      if (--this.left < 0) return;
      if (found === 0) continue;
      const from = found === SEARCH ? first : first + (found - 1) * NODE;
      const to = found === SEARCH ? end : from + NODE;
      for (let child = from; child < to; child += NODE) {
        const head = nodes[child]!;
        if (uppers[head >>> GRADE_SHIFT]! - this.least2 < this.best.floor) break;
        if (--this.left < 0) return;
        const label = head & LABEL_MASK;
        if (label === END || slotOf(label) !== slot) continue;
        const mask = label < 0x10000 ? this.masks[label]! : word.maskOf(label);
        this.enter(child, depth, mask, 0, 0, row2, 0, before1, last, bound);
      }
    }
  }

  /** Offers the term that ends where its siblings go on. */
  private endAmong(first: number, end: number, row2: number): void {
    for (let child = first; child < end; child += NODE) {
      const head = this.nodes[child]!;
      if ((head & LABEL_MASK) !== END) continue;
      this.endTerm(this.nodes[child + 1]!, head, 0, 0, row2);
      return;
    }
  }

  /** Goes to a child, if the automaton can: `mask` is its label's. */
  private enter(
    child: number,
    depth: number,
    mask: number,
    row0: number,
    row1: number,
    row2: number,
    before0: number,
    before1: number,
    last: number,
    bound: number,
  ): void {
    const { full } = this;
    const next0 = (row0 << 1) & mask;
    const swap0 = (before0 << 2) & last & (mask << 1);
    const next1 = (((row1 << 1) & mask) | row0 | (row0 << 1) | (next0 << 1) | swap0) & full;
    const swap1 = (before1 << 2) & last & (mask << 1);
    const next2 = (((row2 << 1) & mask) | row1 | (row1 << 1) | (next1 << 1) | swap1) & full;
    if (next2 === 0) return;
    if (
      depth === 0 &&
      this.strict &&
      !this.word.maySlipTwice(this.nodes[child]! & LABEL_MASK, mask, this.keyboard!)
    ) {
      if (!this.word.mayFit(this.nodes[child + 2]!, 0, 0, next1)) return;
      // The last row then stands for one error.
      this.exactRow = 1;
      this.least2 = LEAST_ERROR_BITS;
      this.follow(child, depth, 0, 0, next1, 0, row0, mask, bound);
      this.exactRow = 0;
      this.least2 = 2 * LEAST_ERROR_BITS;
      return;
    }
    const upper = this.candidates.uppers[this.nodes[child]! >>> GRADE_SHIFT]!;
    if ((next0 | next1) === 0 && upper - this.least2 < this.best.floor) return;
    if (!this.word.mayFit(this.nodes[child + 2]!, next0, next1, next2)) return;
    this.follow(child, depth, next0, next1, next2, row0, row1, mask, bound);
  }

  /** Reads the letters from a node's label on to where its terms part or end. */
  private follow(
    child: number,
    parentDepth: number,
    first0: number,
    first1: number,
    first2: number,
    parent0: number,
    parent1: number,
    mask: number,
    bound: number,
  ): void {
    const { reader, goal, full, whole, exactRow } = this;
    const { letters } = reader;
    const head = this.nodes[child]!;
    const link = this.nodes[child + 1]!;
    const isInner = link >= INNER;
    let at = parentDepth + byteLength(head & LABEL_MASK);
    const end = reader.endOf(link);
    // Most inner nodes follow upon one another: then there is nothing to read, and no need to look where.
    const start = at === end ? 0 : reader.startOf(link);
    let row0 = first0;
    let row1 = first1;
    let row2 = first2;
    let before0 = parent0;
    let before1 = parent1;
    let last = mask;
    // Bytes of the term up to the first and the last letter that may end the beginning that was typed.
    let firstGoal = 0;
    let lastGoal = 0;
    for (;;) {
      if ((row2 & goal) !== 0) {
        if (((exactRow === 0 ? row0 : row1) & goal) !== 0) {
          if (!whole) return;
        } else if (!whole) {
          if (firstGoal === 0) firstGoal = at;
          lastGoal = at;
        }
      }
      if (at >= end) break;
      // Cut short, nothing is known of how the letters go on.
      if (--this.left < 0) return;
      const letter = letters.at(start + at);
      at = letters.next - start;
      const here = letter < 0x10000 ? this.masks[letter]! : this.word.maskOf(letter);
      const next0 = (row0 << 1) & here;
      const next1 =
        (((row1 << 1) & here) |
          row0 |
          (row0 << 1) |
          (next0 << 1) |
          ((before0 << 2) & last & (here << 1))) &
        full;
      row2 =
        (((row2 << 1) & here) |
          row1 |
          (row1 << 1) |
          (next1 << 1) |
          ((before1 << 2) & last & (here << 1))) &
        full;
      before0 = row0;
      before1 = row1;
      row0 = next0;
      row1 = next1;
      last = here;
      if (row2 === 0) break;
    }
    let inside = bound;
    if (lastGoal > 0) {
      const grade = head >>> GRADE_SHIFT;
      const low = reader.lowOf(link);
      const high = reader.highOf(link);
      this.left -= this.word.length;
      inside = this.candidates.offerRange(low, high, grade, firstGoal, lastGoal, bound);
    }
    if (row2 === 0 || at < end) return;
    if (isInner) this.visit(link - INNER, row0, row1, row2, before0, before1, last, inside);
    else if (whole) this.endTerm(link, head, row0, row1, row2);
  }

  /** Offers a whole term, if the word may have been meant as it. */
  private endTerm(term: number, head: number, row0: number, row1: number, row2: number): void {
    const { goal } = this;
    if ((row2 & goal) === 0) return;
    const row = (row0 & goal) !== 0 ? 0 : (row1 & goal) !== 0 ? 1 : 2;
    const edits = row - this.exactRow;
    if (edits <= 0) return;
    this.left -= this.candidates.offerTerm(term, edits, head >>> GRADE_SHIFT);
  }
}
