import { normalise } from '../../../dictionaries/normalise.ts';
import { byRank, type ScoredText } from '../../micro/texts/scored-text.ts';

/** A set of completions to type, and what it stands for. */
export interface TextSet {
  readonly name: string;
  /** Where texts and weights come from. */
  readonly description: string;
  /** By rank, distinct; a text's score is the weight by which it is wanted. */
  readonly texts: readonly ScoredText[];
}

/** A set that this machine lacks, and why. */
export interface MissingSet {
  readonly name: string;
  readonly reason: string;
}

const LONGEST_CODE_POINTS = 128;

/** Sums weights by normalised form; what normalises to nothing or to more than 128 code points is left out. */
export class TextCounter {
  private readonly weights = new Map<string, number>();

  add(raw: string, weight: number): void {
    const normalised = normalise(raw).trim();
    if (normalised === '' || [...normalised].length > LONGEST_CODE_POINTS) return;
    this.weights.set(normalised, (this.weights.get(normalised) ?? 0) + weight);
  }

  get total(): number {
    let total = 0;
    for (const weight of this.weights.values()) total += weight;
    return total;
  }

  entries(): IterableIterator<[string, number]> {
    return this.weights.entries();
  }

  /** The texts of at least a weight, by rank, shown as they are compared. */
  texts(leastWeight = 0): ScoredText[] {
    return Array.from(this.weights, ([normalised, score]) => ({
      normalised,
      surface: normalised,
      score,
    }))
      .filter(({ score }) => score > 0 && score >= leastWeight)
      .sort(byRank);
  }
}
