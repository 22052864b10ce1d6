import { BREVITY } from './brevity.ts';
import type { CandidateTable } from './candidate-table.ts';
import { CHANCE } from './chance.ts';
import { CLICK_RATE } from './click-rate.ts';
import { CORRECTION } from './correction.ts';
import { DAY_COUNT } from './day-count.ts';
import { DAY_PART } from './day-part.ts';
import { ENTITY_TASTE } from './entity-taste.ts';
import type { Feature, FeatureContext } from './feature.ts';
import { FeatureWriter, MARKED_GROUPS } from './feature-writer.ts';
import { FOLLOW_UP } from './follow-up.ts';
import { GENERALISES } from './generalises.ts';
import { HOUR_COUNT } from './hour-count.ts';
import { IN_SESSION } from './in-session.ts';
import { INFIX_MATCH } from './infix-match.ts';
import { LANGUAGE_FIT } from './language-fit.ts';
import { LETTERS_LEFT } from './letters-left.ts';
import { MARKET_FIT } from './market-fit.ts';
import { NOVELTY } from './novelty.ts';
import { OWN_AGAIN } from './own-again.ts';
import { OWN_AGE } from './own-age.ts';
import { OWN_ALONE } from './own-alone.ts';
import { OWN_BITS } from './own-bits.ts';
import { OWN_COUNT } from './own-count.ts';
import { OWN_HABIT } from './own-habit.ts';
import { OWN_HOUR } from './own-hour.ts';
import { OWN_ORDER } from './own-order.ts';
import { OWN_PLACE } from './own-place.ts';
import { OWN_POPULARITY } from './own-popularity.ts';
import { OWN_QUERY } from './own-query.ts';
import { OWN_SHARE } from './own-share.ts';
import { PLACE } from './place.ts';
import { POPULARITY } from './popularity.ts';
import { PREFIX_CLICK_RATE } from './prefix-click-rate.ts';
import { PREFIX_MATCH } from './prefix-match.ts';
import { READING_BITS } from './reading-bits.ts';
import { REWRITING } from './rewriting.ts';
import { RISE } from './rise.ts';
import { SCRIPT_FIT } from './script-fit.ts';
import { SESSION_TOPIC } from './session-topic.ts';
import { SLIP_CORRECTION } from './slip-correction.ts';
import { SPECIALISES } from './specialises.ts';
import { SUPPORT } from './support.ts';
import { TERM_TASTE } from './term-taste.ts';
import { TERMS_KNOWN } from './terms-known.ts';
import { TERMS_LEFT } from './terms-left.ts';
import { TOP_PLACE } from './top-place.ts';
import { TOPIC_TASTE } from './topic-taste.ts';
import { VIDEO_FIT } from './video-fit.ts';
import { WEEK_COUNT } from './week-count.ts';

/** Raised when a feature's meaning changes, or one goes: weights of another version are refused. Further ones at the end need none. */
export const FEATURE_LIST_VERSION = 1;

/** All features, in the order of the numbers in a row. */
export const FEATURES: readonly Feature[] = [
  PLACE,
  TOP_PLACE,
  POPULARITY,
  MARKET_FIT,
  PREFIX_MATCH,
  INFIX_MATCH,
  CORRECTION,
  REWRITING,
  READING_BITS,
  LETTERS_LEFT,
  TERMS_LEFT,
  SCRIPT_FIT,
  HOUR_COUNT,
  DAY_COUNT,
  WEEK_COUNT,
  RISE,
  NOVELTY,
  CLICK_RATE,
  PREFIX_CLICK_RATE,
  OWN_QUERY,
  OWN_ALONE,
  OWN_ORDER,
  OWN_AGE,
  OWN_COUNT,
  OWN_SHARE,
  OWN_HABIT,
  OWN_HOUR,
  DAY_PART,
  SPECIALISES,
  GENERALISES,
  TERM_TASTE,
  TERMS_KNOWN,
  ENTITY_TASTE,
  TOPIC_TASTE,
  SESSION_TOPIC,
  IN_SESSION,
  FOLLOW_UP,
  VIDEO_FIT,
  OWN_BITS,
  OWN_PLACE,
  OWN_POPULARITY,
  SUPPORT,
  CHANCE,
  BREVITY,
  SLIP_CORRECTION,
  LANGUAGE_FIT,
  OWN_AGAIN,
];

export const FEATURE_NAMES: readonly string[] = FEATURES.map(({ name }) => name);

/** The place of a feature in a row; throws for a name that is none. */
export function featureIndex(name: string): number {
  const index = FEATURE_NAMES.indexOf(name);
  if (index < 0) throw new RangeError(`expected the name of a feature, got '${name}'`);
  return index;
}

/** Writes all features of all candidates to `out`, row by row: `candidates.size * FEATURES.length` finite numbers. Allocates nothing for a candidate. */
export function writeFeatures(
  candidates: CandidateTable,
  context: FeatureContext,
  out: Float32Array,
): void {
  WRITER.write(candidates, context, out);
}

/** The same in less time, by the marks of the profile's terms (`BoundProfile.termMarks`). */
export function writeMarkedFeatures(
  candidates: CandidateTable,
  context: FeatureContext,
  out: Float32Array,
): void {
  MARKED_WRITER.write(candidates, context, out);
}

const WRITER = new FeatureWriter(FEATURES);
const MARKED_WRITER = new FeatureWriter(FEATURES, MARKED_GROUPS);
