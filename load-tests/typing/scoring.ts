import { randomBelow, seededRandom } from '../micro/seeded-random.ts';
import { quantile } from '../micro/statistics.ts';
import type { TrialCell, TypedLength } from './trials.ts';
import { ERROR_KINDS, type ErrorKind } from './typing-errors.ts';

/** Normalised forms of the ten best completions for a typed text. */
export type TenBest = (typed: string) => readonly string[];

/** A share with its 95% interval. */
export interface Share {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/** One cell of the typing benchmark, counted. */
export interface CellScore {
  readonly length: TypedLength;
  readonly errors: number;
  readonly trials: number;
  /** Trials whose completion is among the ten best of what was typed. */
  readonly hits: number;
  /** The same for the clean text of the same trials, with and without corrections. */
  readonly cleanHits: number;
  readonly exactHits: number;
  /** Trials found clean without corrections and no longer found with them, and the other way round. */
  readonly lost: number;
  readonly gained: number;
  /** `hits / cleanHits`. */
  readonly ofClean: Share;
  readonly byKind: readonly KindScore[];
}

/** Trials with one error of a kind. */
export interface KindScore {
  readonly kind: ErrorKind;
  readonly trials: number;
  readonly hits: number;
  readonly cleanHits: number;
}

const RESAMPLES = 1000;
const RESAMPLING_SEED = 20_261_122;

/**
 * Counts success@10 of a cell, each trial beside its own clean text. `exact` answers without corrections. Cost: three
 * suggestions a trial.
 */
export function scoreCell(cell: TrialCell, corrected: TenBest, exact: TenBest): CellScore {
  const outcomes = cell.trials.map((trial) => {
    const isHit = corrected(trial.typed).includes(trial.wanted);
    const isTypedClean = trial.typed === trial.clean;
    const isCleanHit = isTypedClean ? isHit : corrected(trial.clean).includes(trial.wanted);
    return {
      isHit,
      isCleanHit,
      isExactHit: exact(trial.clean).includes(trial.wanted),
      kind: trial.kinds.length === 1 ? trial.kinds[0] : undefined,
    };
  });
  const count = (holds: (outcome: (typeof outcomes)[number]) => boolean): number =>
    outcomes.filter(holds).length;
  const both = count(({ isHit, isCleanHit }) => isHit && isCleanHit);
  const hits = count(({ isHit }) => isHit);
  const cleanHits = count(({ isCleanHit }) => isCleanHit);
  return {
    length: cell.length,
    errors: cell.errors,
    trials: outcomes.length,
    hits,
    cleanHits,
    exactHits: count(({ isExactHit }) => isExactHit),
    lost: count(({ isCleanHit, isExactHit }) => isExactHit && !isCleanHit),
    gained: count(({ isCleanHit, isExactHit }) => !isExactHit && isCleanHit),
    ofClean: pairedRatio({ trials: outcomes.length, both, hits, cleanHits }),
    byKind: ERROR_KINDS.map((kind) => ({
      kind,
      trials: count((outcome) => outcome.kind === kind),
      hits: count((outcome) => outcome.kind === kind && outcome.isHit),
      cleanHits: count((outcome) => outcome.kind === kind && outcome.isCleanHit),
    })),
  };
}

/** Counts of trials by whether they hit typed with errors and typed clean. */
export interface PairedCounts {
  readonly trials: number;
  readonly both: number;
  readonly hits: number;
  readonly cleanHits: number;
}

/**
 * `hits / cleanHits`, with the 95% interval of a percentile bootstrap over the trials, each resampled with both its outcomes
 * (Efron and Tibshirani, 1993, chapter 13). NaN of no clean hit.
 */
export function pairedRatio({ trials, both, hits, cleanHits }: PairedCounts): Share {
  const value = hits / cleanHits;
  const random = seededRandom(RESAMPLING_SEED);
  const ratios = new Float64Array(RESAMPLES);
  for (let resample = 0; resample < RESAMPLES; resample++) {
    let resampledHits = 0;
    let resampledClean = 0;
    for (let draw = 0; draw < trials; draw++) {
      // Trials in the order: both, typed only, clean only, neither.
      const at = randomBelow(random, trials);
      if (at < hits) resampledHits++;
      if (at < both || (at >= hits && at < hits + cleanHits - both)) resampledClean++;
    }
    ratios[resample] = resampledHits / Math.max(1, resampledClean);
  }
  return { value, low: quantile(ratios, 0.025), high: quantile(ratios, 0.975) };
}

/** A share of independent trials with its 95% interval (Wilson, JASA 1927). NaN of none. */
export function wilsonShare(hits: number, trials: number): Share {
  const value = hits / trials;
  const z2 = 1.959964 ** 2;
  const middle = (value + z2 / (2 * trials)) / (1 + z2 / trials);
  const half =
    (Math.sqrt((value * (1 - value)) / trials + z2 / (4 * trials * trials)) * Math.sqrt(z2)) /
    (1 + z2 / trials);
  return { value, low: middle - half, high: middle + half };
}
