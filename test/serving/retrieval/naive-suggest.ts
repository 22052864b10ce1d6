import { JOINER, type QueryTerm, queryTerms, sequenceTerms } from '../../../dictionaries/terms.ts';
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

/** A candidate of a market with its sequence terms, which every comparison and match asks for. */
export interface NaiveCandidate {
  readonly entry: CountedCompletion;
  readonly score: number;
  readonly pieces: readonly string[];
}

export function naiveSuggest(
  entries: readonly CountedCompletion[],
  typed: string,
  limit: number,
  market = 'und',
): NaiveResult[] {
  return naiveAnswer(naiveOrder(entries, market), typed, limit);
}

/** The candidates of a market, best first. */
export function naiveOrder(
  entries: readonly CountedCompletion[],
  market = 'und',
): NaiveCandidate[] {
  return entries
    .flatMap((entry) => {
      const score = naiveMarketScore(entry, market);
      return score === null ? [] : [{ entry, score, pieces: sequenceTerms(entry.normalised) }];
    })
    .sort((a, b) => b.score - a.score || compareSequences(a.pieces, b.pieces));
}

/** The answer over candidates that are in order. */
export function naiveAnswer(
  ordered: readonly NaiveCandidate[],
  typed: string,
  limit: number,
): NaiveResult[] {
  const direct = ordered.filter(({ entry }) => startsWith(entry, typed)).slice(0, limit);
  const results: NaiveResult[] = direct.map(({ entry }) => ({
    text: entry.surface,
    source: 'prefix',
  }));
  if (typed === '') return results;
  const wanted = queryTerms(typed);
  for (const candidate of ordered) {
    if (results.length >= limit) break;
    if (!direct.includes(candidate) && matchesAnyOrder(candidate.pieces, wanted)) {
      results.push({ text: candidate.entry.surface, source: 'infix' });
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
function matchesAnyOrder(pieces: readonly string[], wanted: readonly QueryTerm[]): boolean {
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
