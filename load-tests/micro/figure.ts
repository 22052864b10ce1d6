import type { Spread } from './statistics.ts';

/** A measured figure beside its bar. */
export interface Figure {
  /** Stable; the baseline is stored by it. */
  readonly name: string;
  readonly measured: Spread;
  readonly unit: string;
  readonly bar: { readonly kind: 'at most' | 'at least'; readonly value: number };
  /** Whether it compares two sides of one run, so that it holds on other machines and goes into the baseline. */
  readonly isRatio: boolean;
  /** Why the bar is not for this run; null when it is. */
  readonly notJudged: string | null;
}

export type Verdict = 'met' | 'missed' | 'not judged';

/** By the median over the rounds. */
export function verdictOf({ measured, bar, notJudged }: Figure): Verdict {
  if (notJudged !== null) return 'not judged';
  const holds =
    bar.kind === 'at most' ? measured.median <= bar.value : measured.median >= bar.value;
  return holds ? 'met' : 'missed';
}
