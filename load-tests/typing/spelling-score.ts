import { normalise } from '../../dictionaries/normalise.ts';
import type { Misspelling } from './birkbeck.ts';
import type { TenBest } from './scoring.ts';

/** Distances that are told apart; what is farther counts with the last. */
export const DISTANCES = ['0', '1', '2', '3', '4 and more'] as const;

/** How often the word that was meant is among the ten best, at one distance. */
export interface DistanceScore {
  readonly distance: (typeof DISTANCES)[number];
  readonly misspellings: number;
  /** Typed whole, as in a search bar. */
  readonly hits: number;
  /** Typed whole and a space after it. */
  readonly spacedHits: number;
  /** Typed whole, the word that was meant first of the ten. */
  readonly firstHits: number;
}

/** Success@10 of whole misspelt words by their distance from the word that was meant. Cost: two suggestions each. */
export function scoreMisspellings(
  misspellings: readonly Misspelling[],
  tenBest: TenBest,
): DistanceScore[] {
  const counts = DISTANCES.map(() => ({ misspellings: 0, hits: 0, spacedHits: 0, firstHits: 0 }));
  for (const { typed, meant, distance } of misspellings) {
    const count = counts[Math.min(distance, DISTANCES.length - 1)];
    if (count === undefined) throw new Error(`expected a distance from 0, got ${distance}`);
    const wanted = normalise(meant);
    const answers = tenBest(typed);
    count.misspellings++;
    if (answers.includes(wanted)) count.hits++;
    if (answers[0] === wanted) count.firstHits++;
    if (tenBest(`${typed} `).includes(wanted)) count.spacedHits++;
  }
  return counts.map((count, at) => ({ distance: DISTANCES[at] ?? '0', ...count }));
}
