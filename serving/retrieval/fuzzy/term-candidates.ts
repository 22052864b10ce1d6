import { LEAST_ERROR_BITS, soundBits } from '../../../dictionaries/typing/error-model.ts';
import type { Keyboard } from '../../../dictionaries/typing/keyboard.ts';
import type { Segment } from '../../../indexer/segment/segment.ts';
import type { TermDictionary, TermRange } from '../../../indexer/segment/term-dictionary.ts';
import { gradeOf } from '../../../indexer/segment/term-trie-nodes.ts';
import { BestTerms } from './best-terms.ts';
import { LONGEST_TEXT, SpellingCost } from './spelling-cost.ts';
import { byteLength, TermLetters } from './term-letters.ts';
import { TermPriors } from './term-priors.ts';
import type { TypedWord } from './typed-word.ts';

/** What candidates are judged by: the cost of the errors that lead to them, and how likely they are without. Keeps the best. */
export class TermCandidates {
  readonly best = new BestTerms();
  readonly priors: TermPriors;
  readonly uppers: Float64Array;
  private readonly terms: TermDictionary;
  private readonly word: TypedWord;
  private readonly letters: TermLetters;
  private readonly cost = new SpellingCost();
  /** UTF-16 units of the text that is judged up to each of its letters. */
  private readonly units = new Uint16Array(LONGEST_TEXT + 1);
  private exact: TermRange = { low: 0, high: 0 };

  constructor(segment: Segment, word: TypedWord) {
    this.terms = segment.terms;
    this.letters = new TermLetters(segment.terms);
    this.word = word;
    this.priors = new TermPriors(segment);
    this.uppers = this.priors.uppers;
  }

  /** @param exact the terms that begin with the word as it was typed, which are no candidates @param band how many letters a candidate may be longer or shorter */
  begin(keyboard: Keyboard, band: number, exact: TermRange): void {
    this.cost.begin(this.word.letters, this.word.length, keyboard, band);
    this.exact = exact;
  }

  /** Offers a whole term; returns the work. */
  offerTerm(term: number, edits: number, grade: number): number {
    const { best } = this;
    const upper = this.uppers[grade]!;
    if (upper - edits * LEAST_ERROR_BITS < best.floor) return 0;
    const { offsets } = this.terms;
    const letters = this.readText(term, offsets[term + 1]! - offsets[term]!);
    const bits = this.cost.costTo(letters);
    const value = this.priors.ofTerm(term, upper) - bits;
    const covered = this.units[letters]!;
    best.offer(value, { low: term, high: term + 1, bits, edits, covered });
    return this.word.length;
  }

  /** Whether a mistyped term whose best completion this is may be among the best. */
  mayBeWorth(completion: number): boolean {
    return this.uppers[gradeOf(completion)]! - LEAST_ERROR_BITS >= this.best.floor;
  }

  /** Offers a whole spaced term that sounds as the word does, in this completion at best; none that admits the word as it is typed. */
  offerSounding(term: number, completion: number): void {
    const { best, cost, word } = this;
    const { offsets, spaced } = this.terms;
    if (term >= spaced) return;
    const letters = this.readText(term, offsets[term + 1]! - offsets[term]!);
    const upper = this.uppers[gradeOf(completion)]!;
    // The costs of most are too high at a glance, and take longest to work out.
    const least = soundBits(LEAST_ERROR_BITS * word.leastErrorsTo(cost.text, letters));
    if (upper - least < best.floor) return;
    const bits = soundBits(cost.costTo(letters));
    if (bits === 0 || bits === Infinity) return;
    const value = this.priors.ofTerm(term, upper) - bits;
    if (value < best.floor) return;
    const edits = word.errorsTo(cost.text, letters);
    best.offer(value, { low: term, high: term + 1, bits, edits, covered: this.units[letters]! });
  }

  /**
   * Offers terms that the word may be a beginning of, which ends somewhere between `firstGoal` and `lastGoal` (bytes of the terms' text), if that costs less than `bound`.
   * Returns the least cost of a range that these terms are in.
   */
  offerRange(
    low: number,
    high: number,
    grade: number,
    firstGoal: number,
    lastGoal: number,
    bound: number,
  ): number {
    const { best, cost, word } = this;
    const upper = this.uppers[grade]!;
    if (upper - LEAST_ERROR_BITS < best.floor) return bound;
    const letters = this.readText(low, lastGoal);
    cost.costTo(letters);
    let bits = bound;
    let size = 0;
    let bytes = 0;
    for (let j = 1; j <= letters; j++) {
      const letter = cost.text[j - 1]!;
      bytes += byteLength(letter);
      if (bytes < firstGoal || cost.costAt(j) >= bits) continue;
      bits = cost.costAt(j);
      size = j;
    }
    if (size === 0) return bound;
    if (upper - bits >= best.floor) {
      const edits = word.errorsTo(cost.text, size);
      this.offerWithoutExact(upper, { low, high, bits, edits, covered: this.units[size]! });
    }
    return bits;
  }

  private offerWithoutExact(
    upper: number,
    found: { low: number; high: number; bits: number; edits: number; covered: number },
  ): void {
    const { best, priors, exact } = this;
    const { low, high, bits } = found;
    if (exact.low >= exact.high || exact.high <= low || high <= exact.low) {
      best.offer(priors.ofRange(low, high, upper) - bits, found);
      return;
    }
    const pieces = [
      { ...found, high: exact.low },
      { ...found, low: exact.high },
    ];
    for (const piece of pieces) {
      if (piece.low < piece.high) best.offer(priors.ofPart(piece.low, piece.high) - bits, piece);
    }
  }

  /** Writes the first bytes of a term's text as letters; returns how many, at most LONGEST_TEXT. */
  private readText(term: number, bytes: number): number {
    const { letters: reader, units } = this;
    const letters = this.cost.text;
    let at = this.terms.offsets[term]!;
    const end = at + bytes;
    let count = 0;
    while (at < end && count < LONGEST_TEXT) {
      const letter = reader.at(at);
      at = reader.next;
      letters[count++] = letter;
      units[count] = units[count - 1]! + (letter < 0x10000 ? 1 : 2);
    }
    return count;
  }
}
