import { allScores, CHANCE, chanceBits, meanLift } from './chance.ts';
import type { FeatureGroup } from './feature.ts';
import { SESSION_TOPIC } from './session-topic.ts';
import { liftBits, themeLift } from './theme-lift.ts';
import { TOPIC_TASTE } from './topic-taste.ts';

/** What reads a candidate's themes: how well they fit taste and session is worked out once. */
export const THEME_GROUP: FeatureGroup = {
  features: [TOPIC_TASTE, SESSION_TOPIC, CHANCE],
  write(candidates, context, out, at, stride) {
    const { size } = candidates;
    const { profile, sessionLifts } = context;
    const tasteLifts = profile?.themeLifts ?? null;
    const [topicTaste = 0, sessionTopic = 0, chance = 0] = at;
    const all = allScores(context);
    // A loop each: the three logarithms of a row, one after another in one loop, wait for each other.
    if (lifts.length < 2 * size) lifts = new Float64Array(2 * size);
    for (let row = 0; row < size; row++) {
      lifts[2 * row] = themeLift(candidates, tasteLifts, row);
      lifts[2 * row + 1] = themeLift(candidates, sessionLifts, row);
    }
    for (let row = 0, first = 0; row < size; row++, first += stride) {
      const taste = lifts[2 * row]!;
      const session = lifts[2 * row + 1]!;
      // The logarithm of 1, as it is without lifts or themes, is known.
      out[first + topicTaste] = taste === 1 ? 0 : liftBits(taste);
      out[first + sessionTopic] = session === 1 ? 0 : liftBits(session);
    }
    for (let row = 0, first = 0; row < size; row++, first += stride) {
      const lift = meanLift(lifts[2 * row]!, sessionLifts, lifts[2 * row + 1]!);
      out[first + chance] = chanceBits(candidates, profile, all, lift, row);
    }
  },
};

// Requests are hydrated one at a time.
let lifts = new Float64Array(512);
