import { CHANCE } from '../features/chance.ts';
import { DAY_PART } from '../features/day-part.ts';
import type { Feature } from '../features/feature.ts';
import { FEATURES } from '../features/feature-list.ts';
import { LANGUAGE_FIT } from '../features/language-fit.ts';
import { SCRIPT_FIT } from '../features/script-fit.ts';
import { SESSION_TOPIC } from '../features/session-topic.ts';
import { TERM_GROUP } from '../features/term-group.ts';
import { TOPIC_TASTE } from '../features/topic-taste.ts';
import type { ScoreForm } from './ranker.ts';

/** What a profile or a session may tell of a row that neither names: what themes tell first, then what all rows have, then what terms tell. */
export const PERSONAL: readonly Feature[] = [
  ...[TOPIC_TASTE, SESSION_TOPIC, CHANCE],
  ...[SCRIPT_FIT, LANGUAGE_FIT, DAY_PART],
  ...TERM_GROUP.features,
];
export const PERSONAL_SIZE = PERSONAL.length;
/* Their places. */
export const TASTE = 0;
export const SESSION = 1;
export const GAIN = 2;
export const SCRIPT = 3;
export const LANGUAGE = 4;
export const DAY = 5;
export const TERMS = 6;
/** What themes tell has a slope in any model. */
export const THEMED = 3;

/** How a score goes with the personal features: it is linear in each of them (Rendle, "Factorization Machines", ICDM 2010, section III.A). */
export interface PersonalForm {
  /** Places in PERSONAL of what has slopes: of what themes tell, then of what has factors beside. */
  readonly sloping: readonly number[];
  /** Weights by place of what has no slope; 0 for others. */
  readonly plain: Float64Array;
  /** Products of the factors of each two, by their places. */
  readonly products: Float64Array;
}

export function personalFormOf(form: ScoreForm): PersonalForm {
  const vectors = PERSONAL.map((feature) => factorsOf(form, feature));
  const places = PERSONAL.map((_, place) => place);
  const sloping = places.filter((place) => place < THEMED || hasAny(vectors[place]!));
  return {
    sloping,
    plain: Float64Array.from(PERSONAL, (feature, place) =>
      sloping.includes(place) ? 0 : weightOf(form, feature),
    ),
    products: Float64Array.from(
      vectors.flatMap((one) => vectors.map((other) => product(one, other))),
    ),
  };
}

/** Whether a feature makes any difference. */
export function counts(form: ScoreForm, feature: Feature): boolean {
  return weightOf(form, feature) !== 0 || hasAny(factorsOf(form, feature));
}

export function weightOf({ weights }: ScoreForm, feature: Feature): number {
  return weights[FEATURES.indexOf(feature)]!;
}

export function factorsOf({ factors, depth }: ScoreForm, feature: Feature): number[] {
  const first = FEATURES.indexOf(feature) * depth;
  return Array.from({ length: depth }, (_, k) => factors[first + k]!);
}

function hasAny(factors: readonly number[]): boolean {
  return factors.some((factor) => factor !== 0);
}

function product(one: readonly number[], other: readonly number[]): number {
  return one.reduce((sum, factor, k) => sum + factor * other[k]!, 0);
}
