import type { CandidateTable } from './candidate-table.ts';
import type { Feature, FeatureContext } from './feature.ts';
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
    const { size, video, followUp } = candidates;
    const all = 2 ** context.totalPopularity;
    for (let row = 0; row < size; row++) {
      let chance = LEAST + OTHERS * othersChance(candidates, context, all, row);
      chance += OWN * ownChance(candidates, context, row);
      if (video[row]! > -24) chance += VIDEO * powerOf2(video[row]!);
      if (followUp[row]! > -24) chance += SESSION * powerOf2(followUp[row]!);
      out[row * stride + at] = Math.log2(chance);
    }
  },
};

function ownChance({ history }: CandidateTable, { profile }: FeatureContext, row: number): number {
  const place = history[row]!;
  return place < 0 || profile === null ? 0 : profile.decayedCounts[place]! / profile.totalCount;
}

/** Its share of the market's searches, one search of it counting for less: what was searched once is seldom searched again. */
function othersChance(
  candidates: CandidateTable,
  context: FeatureContext,
  all: number,
  row: number,
): number {
  const log = candidates.popularity[row]!;
  if (log <= -24) return 0;
  const score = powerOf2(log);
  const share = (score * score) / (1 + score) / all;
  const taste = themeLift(candidates, context.profile?.themeLifts ?? null, row);
  const { sessionLifts } = context;
  if (sessionLifts === null) return share * taste;
  return (share * (taste + themeLift(candidates, sessionLifts, row))) / 2;
}

/** A third of the time of `**`. */
function powerOf2(exponent: number): number {
  return Math.exp(Math.LN2 * exponent);
}
