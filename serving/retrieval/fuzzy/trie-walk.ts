import { LEAST_ERROR_BITS } from '../../../dictionaries/typing/error-model.ts';
import type { Segment } from '../../../indexer/segment/segment.ts';
import {
  CHILDREN_SHIFT,
  DEPTH_MASK,
  END,
  GRADE_SHIFT,
  INNER,
  INNER_NODE,
  LABEL_MASK,
  NODE,
  type TermTrie,
} from '../../../indexer/segment/term-trie.ts';
import type { BestTerms } from './best-terms.ts';
import type { TermCandidates } from './term-candidates.ts';
import type { TypedWord } from './typed-word.ts';

/** Units of work; what is found when it is spent is what there is. */
export interface WorkBudget {
  left: number;
}

export interface Walk {
  readonly kind: 'whole' | 'beginning';
  readonly maxEdits: 1 | 2;
  readonly budget: WorkBudget;
}

/**
 * The terms that a word with up to two errors may have been meant as: a bit-parallel automaton walks the trie of terms.
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
  private readonly nodes: Uint32Array;
  private readonly inner: Uint32Array;
  private readonly root: number;
  private readonly text: Uint8Array;
  private readonly offsets: Uint32Array;
  private readonly candidates: TermCandidates;
  private readonly word: TypedWord;
  private readonly masks: Uint32Array;
  private readonly best: BestTerms;
  private whole = false;
  /** The bit of the whole word. */
  private goal = 0;
  /** All bits of the word. */
  private full = 0;
  /** The row without errors: 0 with two errors allowed, 1 with one. */
  private exactRow = 0;
  private least1 = 0;
  private least2 = 0;
  private left = 0;

  constructor(segment: Segment, trie: TermTrie, word: TypedWord, candidates: TermCandidates) {
    this.nodes = trie.nodes;
    this.inner = trie.inner;
    this.root = trie.root;
    this.text = segment.terms.text;
    this.offsets = segment.terms.offsets;
    this.candidates = candidates;
    this.word = word;
    this.masks = word.masks;
    this.best = candidates.best;
  }

  /** Offers what the word may have been meant as, with one error or more. */
  run(walk: Walk): void {
    this.whole = walk.kind === 'whole';
    this.goal = 1 << this.word.length;
    this.full = this.goal * 2 - 1;
    this.exactRow = 2 - walk.maxEdits;
    this.least1 = LEAST_ERROR_BITS;
    this.least2 = LEAST_ERROR_BITS * walk.maxEdits;
    this.left = walk.budget.left;
    if (walk.maxEdits === 2) this.visit(this.root, 1, 3, 7, 0, 0, 0, Infinity);
    else this.visit(this.root, 0, 1, 3, 0, 0, 0, Infinity);
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
    const { nodes, masks, full } = this;
    const { uppers } = this.candidates;
    const at = node * INNER_NODE;
    const shape = this.inner[at + 3]!;
    const depth = shape & DEPTH_MASK;
    const first = this.inner[at + 2]! * NODE;
    const end = first + (shape >>> CHILDREN_SHIFT) * NODE;
    const least = (row0 | row1) !== 0 ? this.least1 : this.least2;
    // The row with the fewest errors, whose way is followed first.
    const lead = row0 !== 0 ? row0 : row1;
    const swap0 = (before0 << 2) & last;
    const swap1 = (before1 << 2) & last;
    // What an error more allows whatever the letter is.
    const any1 = row0 | (row0 << 1);
    const any2 = row1 | (row1 << 1);
    for (let pass = lead !== 0 ? 0 : 1; pass < 2; pass++) {
      for (let child = first; child < end; child += NODE) {
        const head = nodes[child]!;
        if (uppers[head >>> GRADE_SHIFT]! - least < this.best.floor) break;
        if (--this.left < 0) return;
        const label = head & LABEL_MASK;
        const mask = label < 0x10000 ? masks[label]! : this.word.maskOf(label);
        // The first pass takes the children that the exact way leads to, the second the others.
        if (lead !== 0 && (((lead << 1) & mask) !== 0) !== (pass === 0)) continue;
        if (label === END) {
          if (pass === 1 && this.whole) this.endTerm(nodes[child + 1]!, head, row0, row1, row2);
          continue;
        }
        const next0 = (row0 << 1) & mask;
        const next1 = (((row1 << 1) & mask) | any1 | (next0 << 1) | (swap0 & (mask << 1))) & full;
        const next2 = (((row2 << 1) & mask) | any2 | (next1 << 1) | (swap1 & (mask << 1))) & full;
        if (next2 === 0) continue;
        if ((next0 | next1) === 0 && uppers[head >>> GRADE_SHIFT]! - this.least2 < this.best.floor)
          continue;
        this.follow(child, depth, next0, next1, next2, row0, row1, mask, bound);
      }
    }
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
    const { text, goal, full, whole, exactRow } = this;
    const head = this.nodes[child]!;
    const link = this.nodes[child + 1]!;
    const isInner = link >= INNER;
    const inner = (link - INNER) * INNER_NODE;
    const low = isInner ? this.inner[inner]! : link;
    const start = this.offsets[low]!;
    const end = isInner ? start + (this.inner[inner + 3]! & DEPTH_MASK) : this.offsets[low + 1]!;
    let row0 = first0;
    let row1 = first1;
    let row2 = first2;
    let before0 = parent0;
    let before1 = parent1;
    let last = mask;
    const label = head & LABEL_MASK;
    let at = start + parentDepth + (label < 0x80 ? 1 : label < 0x800 ? 2 : label < 0x10000 ? 3 : 4);
    // Bytes of the term up to the first and the last letter that may end the beginning that was typed.
    let firstGoal = 0;
    let lastGoal = 0;
    for (;;) {
      if ((row2 & goal) !== 0) {
        if (((exactRow === 0 ? row0 : row1) & goal) !== 0) {
          if (!whole) return;
        } else if (!whole) {
          if (firstGoal === 0) firstGoal = at - start;
          lastGoal = at - start;
        }
      }
      if (at >= end) break;
      if (--this.left < 0) break;
      let letter = text[at++]!;
      if (letter >= 0x80) {
        if (letter < 0xe0) letter = ((letter & 0x1f) << 6) | (text[at++]! & 0x3f);
        else if (letter < 0xf0) {
          letter = ((letter & 0x0f) << 12) | ((text[at++]! & 0x3f) << 6) | (text[at++]! & 0x3f);
        } else {
          letter = ((letter & 0x07) << 18) | ((text[at++]! & 0x3f) << 12);
          letter |= ((text[at++]! & 0x3f) << 6) | (text[at++]! & 0x3f);
        }
      }
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
      const high = isInner ? this.inner[inner + 1]! : low + 1;
      const grade = head >>> GRADE_SHIFT;
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
