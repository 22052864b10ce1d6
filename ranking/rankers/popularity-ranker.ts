import { FEATURES, featureIndex } from '../features/feature-list.ts';
import { LinearRanker } from './linear-ranker.ts';
import type { Ranker } from './ranker.ts';

/** Weights by the names of features; 0 for those that are not named. */
export function weightsOf(named: Readonly<Record<string, number>>): Float64Array {
  const weights = new Float64Array(FEATURES.length);
  for (const [name, weight] of Object.entries(named)) weights[featureIndex(name)] = weight;
  return weights;
}

/** The order that somebody of whom nothing is known sees. */
export function createPopularityRanker(): Ranker {
  return new LinearRanker('popularity', weightsOf({ place: 1 }));
}

/** More than any place in a table of candidates. */
const BEYOND_PLACES = 1024;

/** The user's own searches, the newest first, then the order of popularity. */
export function createOwnRecencyRanker(): Ranker {
  return new LinearRanker('own-recency', weightsOf({ place: 1, ownOrder: BEYOND_PLACES }));
}
