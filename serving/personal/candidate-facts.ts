import { NO_THEME, THEMES_A_COMPLETION } from '../../indexer/segment/completion-themes.ts';
import type { Segment } from '../../indexer/segment/segment.ts';
import type { TrendSectionTable } from '../../indexer/segment/trend-section-table.ts';
import { type CandidateTable, MOST_TERMS_READ } from '../../ranking/features/candidate-table.ts';
import type { CompletionLanguages } from './completion-languages.ts';
import { scriptOfBytes } from './script-code.ts';

/** Searches that an expectation is smoothed by. */
const SMOOTHING = 2;

/** What a snapshot knows beside its segment. */
export interface MarketFacts {
  /** Of the market that is asked. */
  readonly trends: TrendSectionTable | null;
  readonly languages: CompletionLanguages | null;
}

/** Fills in what a snapshot knows of a completion, whoever asks; hour, day and week counts as of the snapshot, the first two of what may be rising. */
export function readFacts(
  segment: Segment,
  { trends, languages }: MarketFacts,
  candidates: CandidateTable,
  row: number,
  id: number,
): void {
  candidates.mergedPopularity[row] = segment.logScores[id]!;
  if (languages !== null) candidates.languages[row] = languages.mixOf[id]!;
  readTerms(segment, candidates, row, id);
  readThemes(segment, candidates, row, id);
  if (trends !== null) readTrends(trends, candidates, row, id);
}

function readTerms(
  { forward, terms }: Segment,
  candidates: CandidateTable,
  row: number,
  id: number,
): void {
  const start = forward.start(id);
  const count = forward.start(id + 1) - start;
  const first = row * MOST_TERMS_READ;
  let bytes = 0;
  for (let i = 0; i < count; i++) {
    const term = forward.termAt(start + i);
    bytes += terms.offsets[term + 1]! - terms.offsets[term]!;
    if (i < MOST_TERMS_READ) candidates.terms[first + i] = term;
  }
  const letter = terms.offsets[candidates.terms[first]!]!;
  candidates.bytes[row] = bytes;
  candidates.termCounts[row] = Math.min(255, count);
  candidates.scripts[row] = scriptOfBytes(terms.text[letter]!, terms.text[letter + 1] ?? 0);
}

function readThemes(
  { topics }: Segment,
  candidates: CandidateTable,
  row: number,
  id: number,
): void {
  if (topics === null) return;
  for (let i = 0; i < THEMES_A_COMPLETION; i++) {
    const theme = topics.best[THEMES_A_COMPLETION * id + i]!;
    if (theme === NO_THEME) return;
    candidates.themes[THEMES_A_COMPLETION * row + i] = theme;
    candidates.themeShares[THEMES_A_COMPLETION * row + i] = topics.shareAt(
      THEMES_A_COMPLETION * id + i,
    );
  }
}

function readTrends(
  trends: TrendSectionTable,
  candidates: CandidateTable,
  row: number,
  id: number,
): void {
  const late = trends.rowOf(id);
  if (late < 0) return;
  const all = trends.all.windows[2];
  const beforeAll = trends.all.before;
  const week = trends.weekAt(late);
  const before = trends.beforeAt(late);
  const expected = beforeAll > 0 ? (before * all) / beforeAll : before;
  candidates.weekCounts[row] = week;
  const recent = trends.recentOf(late);
  if (recent >= 0) {
    candidates.hourCounts[row] = trends.hourAt(recent);
    candidates.dayCounts[row] = trends.dayAt(recent);
  }
  candidates.rise[row] = Math.log2((week + SMOOTHING) / (expected + SMOOTHING));
  candidates.novelty[row] = week / Math.max(1, week + before);
}
