import { fold } from '../../../dictionaries/reading/fold.ts';
import { admitsTyped, coveredUnits, FOLD_BITS } from '../../../dictionaries/reading/term-keys.ts';
import type { Segment } from '../../../indexer/segment/segment.ts';
import type { TermRange } from '../../../indexer/segment/term-dictionary.ts';
import type { WorkBudget } from '../fuzzy/fuzzy-terms.ts';
import { type Alternative, SPACE_BITS, TYPO } from './alternative.ts';
import type { TypedPiece } from './typed-pieces.ts';
import { typedRange } from './typed-range.ts';

/** Terms that each half of a word is looked for in but for their accents: those in the most searched completions. */
const MOST_TERMS_A_HALF = 8;

const NO_RANGE: TermRange = { low: 0, high: 0 };

/** Which two words a typed word may be, the space between them left out. */
export class SplitReadings {
  private readonly segment: Segment;
  private readonly entries = new Uint32Array(MOST_TERMS_A_HALF);
  private readonly first = new Uint32Array(1);

  constructor(segment: Segment) {
    this.segment = segment;
  }

  /**
   * The two words that a piece may be, its space left out: the terms of each pair that make it up, with or without their accents; only those
   * that may lead to a completion worth more than `floor`.
   */
  of(piece: TypedPiece, floor: number, budget: WorkBudget): [Alternative[], Alternative[]][] {
    const pairs: [Alternative[], Alternative[]][] = [];
    if (!maySplit(piece)) return pairs;
    const { text, open } = piece;
    const found = this.segment.terms.findBeginnings(text);
    for (let cut = 2; cut < text.length; cut++) {
      if (isInsideCharacter(text, cut)) continue;
      budget.left -= 8;
      const whole = found[cut]!;
      const range = whole < 0 ? NO_RANGE : { low: whole, high: whole + 1 };
      const left = this.partOfSplit(text.slice(0, cut), range, false, SPACE_BITS, floor, budget);
      if (left.length === 0) continue;
      const rest = text.slice(cut);
      // The word before costs a space at least.
      const right = this.partOfSplit(
        rest,
        typedRange(this.segment, rest, false, open),
        open,
        0,
        floor + SPACE_BITS,
        budget,
      );
      if (right.length > 0) pairs.push([left, right]);
    }
    return pairs;
  }

  private partOfSplit(
    text: string,
    range: TermRange,
    open: boolean,
    bits: number,
    floor: number,
    budget: WorkBudget,
  ): Alternative[] {
    const alternatives: Alternative[] = [];
    if (this.mayBeWorth(range, bits, floor)) {
      const covered = open ? text.length : Infinity;
      alternatives.push({ ...range, bits, ways: TYPO, covered });
    }
    this.addAccented(alternatives, text, open, bits + FOLD_BITS, floor, budget);
    return alternatives;
  }

  /** Adds the terms that are, or begin with, a text but for accents that it leaves out. */
  private addAccented(
    alternatives: Alternative[],
    text: string,
    open: boolean,
    bits: number,
    floor: number,
    budget: WorkBudget,
  ): void {
    const { termKeys, terms, logScores } = this.segment;
    if (termKeys === null || !termKeys.has('fold')) return;
    const key = fold(text);
    if (key === '') return;
    budget.left -= 8;
    const range = termKeys.range('fold', key, open ? 'beginning' : 'whole');
    const count = termKeys.best(range, MOST_TERMS_A_HALF, this.entries);
    for (let i = 0; i < count; i++) {
      // The rest are in less searched completions still, and in a market less than in all.
      if (logScores[termKeys.bestCompletionAt(this.entries[i]!)]! - bits <= floor) return;
      const id = termKeys.termAt(this.entries[i]!);
      budget.left -= 4;
      const term = terms.termText(id);
      if (id >= terms.spaced || term === text || !admitsTyped(text, term)) continue;
      const covered = open ? coveredUnits(term, 'fold', key) : Infinity;
      alternatives.push({ low: id, high: id + 1, bits, ways: TYPO, covered });
    }
  }

  /** Whether some completion with a term of the range is worth more than `floor` after so many bits: of all markets, as none is searched more in one of them. */
  private mayBeWorth({ low, high }: TermRange, bits: number, floor: number): boolean {
    if (low === high) return false;
    const { all, logScores } = this.segment;
    if (high === low + 1) {
      // Of a single term the best is the first of its list.
      const { postings } = all;
      const list = postings.listFrom(low);
      if (list === postings.size || postings.termOf(list) !== low) return false;
      return logScores[postings.firstRank(list)]! - bits > floor;
    }
    if (all.bestOfTerms({ low, high }, 1, this.first, 0) === 0) return false;
    return logScores[this.first[0]!]! - bits > floor;
  }
}

/** Whether a piece may be two words: it has two letters for each. */
export function maySplit({ unspaced, joined, text }: TypedPiece): boolean {
  return !unspaced && !joined && text.length >= 4;
}

/** Whether a cut would part a surrogate pair or a combining mark from its base. */
function isInsideCharacter(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  if (code < 0x300) return false;
  return (code >= 0xdc00 && code < 0xe000) || /^[\p{M}\u200d]/u.test(text.slice(at, at + 2));
}
