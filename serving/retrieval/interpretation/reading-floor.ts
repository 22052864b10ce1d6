import { TYPO, VARIANT, type Ways } from './alternative.ts';
import { type CandidateList, type Promotion, promotionBits } from './candidate-list.ts';

/** Corrections so many bits less likely than the best that is found are noise; not to look for them saves most of the work. */
const TYPO_SPREAD = 10;

/** What a completion found by a reading must be worth to be of use; rises as better ones are found. */
export class ReadingFloor {
  private readonly list: CandidateList;
  private readonly promotion: Promotion;
  private readonly weakest: number | null;
  private readonly leastTypo: number;

  /**
   * @param weakest log score of the weakest direct match where they fill the answer, so that a reading must stand above it; null where slots are free
   * @param strongest log score of the strongest direct match, -Infinity without any
   */
  constructor(
    list: CandidateList,
    promotion: Promotion,
    weakest: number | null,
    strongest: number,
  ) {
    this.list = list;
    this.promotion = promotion;
    this.weakest = weakest;
    this.leastTypo = Math.max(this.least(TYPO), strongest - TYPO_SPREAD);
  }

  /** For a reading of these ways so far. Never less for more ways. */
  of(ways: Ways): number {
    if ((ways & TYPO) === 0) return this.least(ways);
    const least = ways === TYPO ? this.leastTypo : Math.max(this.leastTypo, this.least(ways));
    return Math.max(least, this.list.best - TYPO_SPREAD);
  }

  private least(ways: Ways): number {
    if (this.weakest === null) return -Infinity;
    // A reading that is as typed so far may still become a variant.
    return this.weakest + promotionBits(ways === 0 ? VARIANT : ways, this.promotion);
  }
}
