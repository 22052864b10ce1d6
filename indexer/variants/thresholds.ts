/** What a merge needs; in the audit as they were when it was written. */
export const THRESHOLDS = {
  /** Users who opened something, for each of the two, before clicks say anything; and before they contradict. */
  leastClickers: 3,
  contradictingClickers: 10,
  /** Likeness of what was opened that agrees, and below which it contradicts. */
  clicksAgree: 0.3,
  clicksContradict: 0.05,
  /** Users who went from one to the other, and their share of the less used one's users. */
  leastSwitchers: 3,
  switchersShare: 0.05,
  /** Company: its cosine, or its corrected cosine, that agrees, words shared at least, and below which it contradicts. */
  companyAgrees: 0.5,
  companyCorrected: 0.6,
  companyShared: 2,
  companyContradicts: 0.2,
  /** Longer queries that each needs before company contradicts. */
  companyQueries: 12,
  /** How many times as often the one is used as the other: a single word without accents, a misspelling, one with usage's support. */
  accentRatio: 10,
  spellingRatio: 20,
  supportedSpellingRatio: 8,
  /**
   * A misspelt word may stand in queries that nobody writes the right way, one to so many queries of the right word, or with this
   * share of its use.
   */
  spellingOwnQueries: 10,
  spellingOwnShare: 0.25,
} as const;

export type Thresholds = Readonly<Record<keyof typeof THRESHOLDS, number>>;
