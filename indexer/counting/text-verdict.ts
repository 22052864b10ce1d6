import { normalise } from '../../dictionaries/normalise.ts';
import { isBlocked } from '../../dictionaries/safety/blocklist.ts';
import { findPersonalData } from '../../dictionaries/safety/personal-data.ts';
import { cleanSurface } from '../../dictionaries/surface.ts';
import { countCodePoints } from '../input/query-row.ts';

const MOST_CODE_POINTS = 128;

/** Why a text is no evidence, by its number in the table `texts`; 0 is a usable text. */
export const REASONS = ['usable', 'empty', 'tooLong', 'personalData', 'blocked'] as const;

export type Verdict = (typeof REASONS)[number];

export interface JudgedText {
  readonly surface: string;
  readonly normalised: string;
  /** Texts with the same key become one completion. */
  readonly groupKey: string;
  readonly verdict: Verdict;
}

export interface JudgingRules {
  readonly group: 'none' | 'surface' | 'variants';
  /** Whether the blocklist applies; personal data is kept out in any case. */
  readonly safety: boolean;
}

/** What a query becomes: its surface, its normalised form, its group, and whether it may count at all. */
export function judgeText(query: string, rules: JudgingRules): JudgedText {
  const surface = cleanSurface(query);
  const normalised = normalise(surface);
  // Spacing is the only difference between surfaces of a group that normalising leaves.
  const groupKey = rules.group === 'none' ? normalised : normalised.replaceAll(' ', '');
  return { surface, normalised, groupKey, verdict: findVerdict(query, surface, normalised, rules) };
}

function findVerdict(
  query: string,
  surface: string,
  normalised: string,
  rules: JudgingRules,
): Verdict {
  if (normalised.length === 0) return 'empty';
  if (isTooLong(query) || isTooLong(surface) || isTooLong(normalised)) return 'tooLong';
  if (findPersonalData(query) !== null || findPersonalData(surface) !== null) return 'personalData';
  if (surface !== normalised && findPersonalData(normalised) !== null) return 'personalData';
  if (rules.safety && isBlocked(normalised, surface)) return 'blocked';
  return 'usable';
}

function isTooLong(text: string): boolean {
  return text.length > MOST_CODE_POINTS && countCodePoints(text) > MOST_CODE_POINTS;
}
