/** Weights are kept as logarithms to base 2 in so many steps: one step is 0.07% of a weight. */
export const STEPS = 1024;

/** The widest times that are told apart, in milliseconds from the epoch: 4,400 years to both sides. Six bytes hold them. */
const WIDEST_MS = 2 ** 47 - 1;

/**
 * A sum of weights that all decay with one half-life in the time of the events, as `STEPS` times its binary logarithm at the epoch: a whole number. As each
 * part decays alike, what is kept never changes by time passing: forward decay (Cormode et al., "Forward Decay", 2009, section 3). Adding takes one step,
 * whether the addition is late or not, and sums compare as their logarithms do.
 */
export type DecayedWeight = number;

/** A time that profiles can hold: those beyond its range are its ends. */
export function clampMs(atMs: number): number {
  return Math.max(-WIDEST_MS, Math.min(WIDEST_MS, Math.floor(atMs)));
}

/** What something of a weight (above 0) that happened at a time comes to. */
export function decayedWeight(weight: number, atMs: number, halfLifeMs: number): DecayedWeight {
  const one = decayedOne(atMs, halfLifeMs);
  return weight === 1 ? one : one + Math.round(Math.log2(weight) * STEPS);
}

/** The same of weight 1. */
export function decayedOne(atMs: number, halfLifeMs: number): DecayedWeight {
  return Math.round((atMs / halfLifeMs) * STEPS);
}

/** How much the sum of two weights is above the larger one, by how many steps they are apart; beyond the last, nothing. */
const ABOVE_LARGER = Uint16Array.from({ length: 12 * STEPS }, (_, apart) =>
  Math.round(Math.log2(1 + 2 ** (-apart / STEPS)) * STEPS),
);

/** The sum of both. What is below 1/3,000 of the other is lost. */
export function addDecayed(a: DecayedWeight, b: DecayedWeight): DecayedWeight {
  const apart = Math.abs(a - b);
  return Math.max(a, b) + (apart < ABOVE_LARGER.length ? ABOVE_LARGER[apart]! : 0);
}

/** Of a time before the events a weight would be more than all of them; beyond this it is no number any more. */
const LARGEST_LOG = 64;

/** What is left of a weight at a time: 1 for one event of weight 1 just then. */
export function weightAt(weight: DecayedWeight, nowMs: number, halfLifeMs: number): number {
  return 2 ** Math.min(LARGEST_LOG, weight / STEPS - nowMs / halfLifeMs);
}
