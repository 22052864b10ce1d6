import { LoadTestError } from './load-test-error.ts';

/** How strongly a user's latent taste decides what that user watches and searches. */
export type TasteStrength = 'weak' | 'medium' | 'strong';

export interface WorldOptions {
  readonly seed: number;
  readonly users: number;
  readonly days: number;
  readonly taste: TasteStrength;
}

/** The world ends here and begins `days` before, so that every row is in the past however long the log is. */
export const WORLD_END_MS = Date.UTC(2026, 5, 30);
export const DAY_MS = 86_400_000;

/** Committed searches of an average user a day; with traces and repeats it makes about 3.4 rows. */
export const SEARCHES_PER_USER_DAY = 2;

/**
 * Chance that position 1, 2, … of a list of suggestions is examined, independently of the others: 1 / position^0.7. A suggestion
 * is picked when it is examined and is what the user wants: the position-based model (Craswell and others, WSDM 2008).
 */
export const PROPENSITIES: readonly number[] = Array.from({ length: 10 }, (_, i) =>
  Number(((i + 1) ** -0.7).toFixed(4)),
);

/** What differs between the worlds, and the values that hold the marginals in each (see WORLD.md). */
export interface TasteParameters {
  /** Dirichlet concentrations of a user's taste over parents, and over the leaves of a parent: small is picky. */
  readonly parentConcentration: number;
  readonly leafConcentration: number;
  /** Chance that a search goes back to an earlier one of the same user. */
  readonly refind: number;
}

export const TASTES: Readonly<Record<TasteStrength, TasteParameters>> = {
  weak: { parentConcentration: 60, leafConcentration: 40, refind: 0.224 },
  medium: { parentConcentration: 10, leafConcentration: 6, refind: 0.214 },
  strong: { parentConcentration: 2.5, leafConcentration: 1.5, refind: 0.196 },
};

/** Where a new query comes from; the rest is the tail, composed for the occasion and hardly ever seen twice. */
export const HEAD_SHARE = 0.178;
export const TORSO_SHARE = 0.045;
/** Exponent and shift of the head's popularity within a topic. */
export const HEAD_EXPONENT = 1;
export const HEAD_SHIFT = 1;
/**
 * Head queries of an average topic in English, for a world of `HEAD_REFERENCE_SEARCHES`. The head grows with a power of the log
 * (Heaps), so that the share of it that a training part has seen stays about the same at any size.
 */
export const HEAD_SIZE = 80;
export const HEAD_REFERENCE_SEARCHES = 240_000;
export const HEAD_GROWTH = 0.4;
/** Power of a language's share by which its head is smaller than the English one. */
export const HEAD_BY_LANGUAGE = 0.75;
/** Videos for one expected committed search. */
export const VIDEOS_PER_SEARCH = 0.006;
/** Torso queries for one expected committed search. */
export const TORSO_SIZE_PER_SEARCH = 0.05;

/** How far back a user goes for an earlier search: a Lomax draw of steps (heavy-tailed, as in re-finding studies). */
export const REFIND_SCALE = 50;
export const REFIND_SHAPE = 1.6;
/** Earlier searches that a user can go back to. */
export const MEMORY = 128;

export const SESSION_GOES_ON = 0.42;
export const KEEPS_TOPIC = 0.45;
export const REFORMULATES = 0.12;
export const BROWSES = 0.05;
export const SEARCHES_FROM_VIDEO = 0.08;
export const LOGS_TRACE = 0.36;
export const ABANDONS = 0.04;
export const TURNS_PAGE = 0.1;
export const MISTYPES = 0.03;
export const CORRECTS = 0.6;
export const LISTS_SWAPPED = 0.2;
/** Users whose impressions and watches are logged: enough to learn from, and the truth stays small for large worlds. */
export const PANEL_USERS = 2_000;

/** Fails when the options describe no world: users 1 to 5,000,000, days 2 to 3,000, a seed that fits in 32 bits. */
export function checkOptions(options: WorldOptions): void {
  const whole = (name: string, value: number, least: number, most: number): void => {
    if (!Number.isInteger(value) || value < least || value > most)
      throw new LoadTestError(
        'BAD_OPTION',
        `expected ${name} to be a whole number from ${least} to ${most}, got ${value}`,
      );
  };
  whole('the seed', options.seed, 0, 0xffffffff);
  whole('users', options.users, 1, 5_000_000);
  whole('days', options.days, 2, 3_000);
}

export interface Split {
  readonly startMs: number;
  /** Everything before is for training, everything from here on is held out. */
  readonly heldOutFromMs: number;
  readonly endMs: number;
}

/** The held-out part: the last 30 days, or the last third of a shorter world. */
export function splitWorld(days: number): Split {
  const heldOutDays = Math.min(30, Math.max(1, Math.round(days / 3)));
  return {
    startMs: WORLD_END_MS - days * DAY_MS,
    heldOutFromMs: WORLD_END_MS - heldOutDays * DAY_MS,
    endMs: WORLD_END_MS,
  };
}
