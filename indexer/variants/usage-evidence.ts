import type { CompanyLikeness } from './company.ts';
import { THRESHOLDS } from './thresholds.ts';

/** What people did with two queries, as distinct users. */
export interface PairUsage {
  /** Users who went from one to the other within a session. */
  readonly switchers: number;
  /** Users who opened something after each. */
  readonly clickers: readonly [number, number];
  /** Cosine of what was opened; null where one of them has no clicks. */
  readonly clickLikeness: number | null;
}

/** A pair of which the log says nothing. */
export const NO_USAGE: PairUsage = { switchers: 0, clickers: [0, 0], clickLikeness: null };

/** Whether usage says that two queries, or words, mean the same. */
export type Verdict = 'agrees' | 'contradicts' | 'unknown';

/** By what was opened: the plainest evidence, where there is enough. */
export function judgeClicks({ clickers, clickLikeness }: PairUsage): Verdict {
  const fewest = Math.min(...clickers);
  if (clickLikeness === null || fewest < THRESHOLDS.leastClickers) return 'unknown';
  if (clickLikeness >= THRESHOLDS.clicksAgree) return 'agrees';
  const isTelling = fewest >= THRESHOLDS.contradictingClickers;
  return isTelling && clickLikeness < THRESHOLDS.clicksContradict ? 'contradicts' : 'unknown';
}

/** By users who wrote it the other way when they tried again. Nobody doing so says nothing. */
export function judgeSwitches({ switchers }: PairUsage, fewerUsers: number): Verdict {
  const needed = Math.max(THRESHOLDS.leastSwitchers, THRESHOLDS.switchersShare * fewerUsers);
  return switchers >= needed ? 'agrees' : 'unknown';
}

/** By the words beside them in longer queries. */
export function judgeCompany({ shared, cosine, corrected }: CompanyLikeness): Verdict {
  if (corrected !== null) {
    if (corrected < THRESHOLDS.companyContradicts) return 'contradicts';
    if (corrected >= THRESHOLDS.companyCorrected && shared > THRESHOLDS.companyShared)
      return 'agrees';
    return 'unknown';
  }
  const isAlike = cosine >= THRESHOLDS.companyAgrees && shared >= THRESHOLDS.companyShared;
  return isAlike ? 'agrees' : 'unknown';
}

/** Clicks decide where they say something; otherwise a contradiction outweighs what agrees. */
export function combine(clicks: Verdict, others: readonly Verdict[]): Verdict {
  if (clicks !== 'unknown') return clicks;
  if (others.includes('contradicts')) return 'contradicts';
  return others.includes('agrees') ? 'agrees' : 'unknown';
}
