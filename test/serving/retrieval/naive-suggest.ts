import { JOINER, queryTerms, sequenceTerms } from '../../../dictionaries/terms.ts';
import type { CountedCompletion } from '../../../indexer/segment/counted-completion.ts';
import { compareTerms } from '../../../indexer/segment/term-dictionary.ts';

/** The documented rules of retrieval (ARCHITECTURE.md), applied plainly to every completion. */
export interface NaiveResult {
  readonly text: string;
  readonly source: 'prefix' | 'infix';
}

/** The score of a completion in a market, or null when it is no candidate there. */
export function naiveMarketScore(entry: CountedCompletion, market: string): number | null {
  if (market === 'und' || entry.markets === undefined) return entry.score;
  const own = entry.markets.find((item) => item.market === market)?.score;
  const unplaced = entry.markets.find((item) => item.market === 'und')?.score;
  if (own === undefined && unplaced === undefined) return null;
  return (own ?? 0) + (unplaced ?? 0);
}

export function naiveSuggest(
  entries: readonly CountedCompletion[],
  typed: string,
  limit: number,
  market = 'und',
): NaiveResult[] {
  const scored = entries
    .map((entry) => ({ entry, score: naiveMarketScore(entry, market) }))
    .filter((item): item is { entry: CountedCompletion; score: number } => item.score !== null)
    .sort(
      (a, b) =>
        b.score - a.score ||
        compareSequences(sequenceTerms(a.entry.normalised), sequenceTerms(b.entry.normalised)),
    )
    .map(({ entry }) => entry);
  const direct = scored.filter((entry) => startsWith(entry, typed)).slice(0, limit);
  const results: NaiveResult[] = direct.map(({ surface }) => ({ text: surface, source: 'prefix' }));
  if (typed === '') return results;
  for (const entry of scored) {
    if (results.length >= limit) break;
    if (!direct.includes(entry) && naiveMatchesAnyOrder(entry.normalised, typed)) {
      results.push({ text: entry.surface, source: 'infix' });
    }
  }
  return results;
}

export function startsWith({ normalised, aliases }: CountedCompletion, typed: string): boolean {
  return [normalised, ...(aliases ?? [])].some((form) => `${form} `.startsWith(typed));
}

export function compareSequences(a: readonly string[], b: readonly string[]): number {
  for (let i = 0; i < Math.min(a.length, b.length); i++) {
    const difference = compareTerms(a[i]!, b[i]!);
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}

/** Whether all typed terms can be put at distinct places of the completion, trying every way. */
export function naiveMatchesAnyOrder(normalised: string, typed: string): boolean {
  const pieces = sequenceTerms(normalised);
  const wanted = queryTerms(typed);
  const free = pieces.map(() => true);
  const place = (index: number): boolean => {
    const term = wanted[index];
    if (term === undefined) return true;
    const parts = term.script === 'spaced' ? [term.text] : sequenceTerms(term.text).map(bare);
    for (let at = 0; at + parts.length <= pieces.length; at++) {
      const fits = parts.every((part, i) => {
        const piece = pieces[at + i]!;
        if (!free[at + i] || (i > 0 && !piece.startsWith(JOINER))) return false;
        const open = term.last && i === parts.length - 1;
        return open ? bare(piece).startsWith(part) : bare(piece) === part;
      });
      if (!fits) continue;
      free.fill(false, at, at + parts.length);
      const rest = place(index + 1);
      free.fill(true, at, at + parts.length);
      if (rest) return true;
    }
    return false;
  };
  return wanted.length > 0 && place(0);
}

function bare(piece: string): string {
  return piece.startsWith(JOINER) ? piece.slice(JOINER.length) : piece;
}
