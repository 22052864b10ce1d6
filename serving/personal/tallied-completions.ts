import { NO_COMPLETION } from '../../ranking/features/candidate-table.ts';
import type { ClickRates, Tally } from './click-rates.ts';
import { RecentRing } from './recent-ring.ts';

/** Completions that are told to blocks that follow them. */
const MOST_NEW = 4_096;

/** A completion that was shown. */
export interface ShownCompletion {
  readonly id: string;
  /** What is counted of it, once it was looked up. */
  tally: Tally | undefined;
}

/** What was shown after a typed text, side by side; another object when something came or went. */
export interface ShownAfter {
  readonly revision: number;
  came: number;
  readonly completions: readonly number[];
  readonly tallies: readonly Tally[];
}

/** What names completions by the ids that they were shown under. */
export interface ShownCompletions {
  /** The completions that came to be shown. */
  readonly newlyShown: RecentRing<number>;
  shown(completion: number): ShownCompletion | undefined;
  completionOf(id: string): number | undefined;
}

/**
 * The completions of which clicks are counted, as they came to be so: something was counted of what was shown, or what something is counted of was shown. A block that looked all of its
 * rows up once needs to look at those alone that came since, of hundreds of rows nearly always none.
 */
export class TalliedCompletions {
  readonly #came = new RecentRing<number>(MOST_NEW);
  /** The first number that is whole since: whoever looked before must look everything up again. */
  #wholeFrom = 0;
  #added = 0;
  #shown = 0;

  /** Completions so far: another whenever something came. */
  get count(): number {
    return this.#came.count;
  }

  /** Takes in what came since it did so last. */
  follow(shown: ShownCompletions, clicks: ClickRates): void {
    const { added } = clicks;
    const { newlyShown } = shown;
    if (added.count === this.#added && newlyShown.count === this.#shown) return;
    const isWhole =
      added.visitFrom(this.#added, (id) => {
        const completion = shown.completionOf(id);
        if (completion !== undefined) this.#came.add(completion);
      }) &&
      newlyShown.visitFrom(this.#shown, (completion) => {
        const known = shown.shown(completion);
        if (known !== undefined && tallyOf(known, clicks) !== undefined) this.#came.add(completion);
      });
    if (!isWhole) {
      this.#came.add(NO_COMPLETION);
      this.#wholeFrom = this.#came.count;
    }
    this.#added = added.count;
    this.#shown = newlyShown.count;
  }

  /** Visits what came since the count was `count`, the same completion more than once perhaps. @returns false where that is not known any more */
  visitSince(count: number, visit: (completion: number) => void): boolean {
    return count >= this.#wholeFrom && this.#came.visitFrom(count, visit);
  }
}

/** What is counted of a shown completion; undefined where nothing is. */
export function tallyOf(shown: ShownCompletion, clicks: ClickRates): Tally | undefined {
  if (shown.tally === undefined || shown.tally.isGone) shown.tally = clicks.tallyOf(shown.id);
  return shown.tally;
}
