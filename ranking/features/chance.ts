import type { BoundProfile } from './bound-profile.ts';
import type { CandidateTable } from './candidate-table.ts';
import type { Feature, FeatureContext } from './feature.ts';
import { quickLog2 } from './quick-log2.ts';
import { themeLift } from './theme-lift.ts';

/** What each kind of evidence counts for: chosen by hand near the best on simulated worlds, not fitted with the weights. */
const OWN = 0.22;
const OTHERS = 0.6;
const VIDEO = 0.5;
const SESSION = 0.02;
/** Of what no evidence leads to: 2^-24. */
const LEAST = 2 ** -24;

/**
 * How likely it is searched next by all evidence together: the user's own searches, those of others (fitted to taste and session), the video on screen, the session. A sum of
 * probabilities, as one piece of evidence is enough; a weighted sum of their logarithms would ask for all of them.
 */
export const CHANCE: Feature = {
  name: 'chance',
  unit: 'bits',
  state: 'profile',
  default: -24,
  write(candidates, context, out, at, stride) {
    const { size } = candidates;
    const { profile, sessionLifts } = context;
    const all = allScores(context);
    for (let row = 0; row < size; row++) {
      const taste = themeLift(candidates, profile?.themeLifts ?? null, row);
      const lift = meanLift(taste, sessionLifts, themeLift(candidates, sessionLifts, row));
      out[row * stride + at] = chanceBits(candidates, profile, all, lift, row);
    }
  },
};

/** The sum of the scores of the market. */
export function allScores({ totalPopularity }: FeatureContext): number {
  return 2 ** totalPopularity;
}

/** How much likelier taste and session together make a candidate; `session` counts only where lifts of a session are known. */
export function meanLift(taste: number, lifts: Float32Array | null, session: number): number {
  return lifts === null ? taste : (taste + session) / 2;
}

/** log2 of the chance of a candidate that taste and session make `lift` times likelier. */
export function chanceBits(
  { popularity, history, video, followUp }: CandidateTable,
  profile: BoundProfile | null,
  all: number,
  lift: number,
  row: number,
): number {
  let chance = LEAST;
  // Its share of the market's searches, one search of it counting for less: what was searched once is seldom searched again.
  chance += lift * chanceOfOthers(popularity[row]!, all);
  const place = history[row]!;
  if (place >= 0 && profile !== null) {
    chance += (OWN * profile.decayedCounts[place]!) / profile.totalCount;
  }
  if (video[row]! > -24) chance += VIDEO * powerOf2(video[row]!);
  if (followUp[row]! > -24) chance += SESSION * powerOf2(followUp[row]!);
  return Math.log2(chance);
}

/** The chance that the searches of others give a candidate, from its log2 score and the sum of all scores. */
function chanceOfOthers(popularity: number, all: number): number {
  if (!(popularity > -24)) return 0;
  const score = powerOf2(popularity);
  return (OTHERS * score * score) / (1 + score) / all;
}

/** The share of a candidate's chance that does not depend on taste and session, where there is no evidence but the searches of others: the same whoever asks. */
export function fixedShare(popularity: number, all: number): number {
  return LEAST / (LEAST + chanceOfOthers(popularity, all));
}

/** log2 of how many times likelier a candidate of such a share is searched next by somebody to whom taste and session make it `lift` times likelier. */
export function chanceGain(fixed: number, lift: number): number {
  return lift === 1 ? 0 : quickLog2(lift + fixed * (1 - lift));
}

/** A third of the time of `**`. */
function powerOf2(exponent: number): number {
  return Math.exp(Math.LN2 * exponent);
}
