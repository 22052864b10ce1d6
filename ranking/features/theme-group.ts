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
    for (let row = 0, first = 0; row < size; row++, first += stride) {
      const taste = themeLift(candidates, tasteLifts, row);
      const session = themeLift(candidates, sessionLifts, row);
      const lift = meanLift(taste, sessionLifts, session);
      out[first + topicTaste] = tasteLifts === null ? 0 : liftBits(taste);
      out[first + sessionTopic] = sessionLifts === null ? 0 : liftBits(session);
      out[first + chance] = chanceBits(candidates, profile, all, lift, row);
    }
  },
};
