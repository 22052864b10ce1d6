import { Engine } from '../../serving/retrieval/engine.ts';
import type { SnapshotContent } from '../../serving/snapshot/snapshot-content.ts';
import { RelatedSearches } from '../../serving/surfaces/related/related-searches.ts';
import { idOf } from './next-query-systems.ts';
import type { NextQuery } from './next-query-world.ts';

const ROUNDS = 100;

/**
 * The weights of a mixture of P(next | query) by each kind of evidence, and by popularity, that make what was searched next likeliest: expectation maximisation.
 * Written as a line.
 */
export function fitMixture(content: SnapshotContent, pairs: readonly NextQuery[]): string {
  const { segment, manifest } = content;
  const related = new RelatedSearches(segment, manifest, new Engine(segment, manifest));
  const names = [...related.generators.map(({ name }) => name), 'popularity'];
  let total = 0;
  for (const log of segment.logScores) total += 2 ** log;
  const seen: number[][] = [];
  for (const { query, next, market } of pairs) {
    const id = idOf(content, next);
    if (id < 0 || id === idOf(content, query)) continue;
    const chances = related.propose(query, market).map(({ proposals }) => {
      const proposal = proposals.find((each) => each.id === id);
      return proposal === undefined ? 0 : 2 ** -proposal.bits;
    });
    seen.push([...chances, 2 ** (segment.logScores[id] ?? 0) / total]);
  }
  let weights = names.map(() => 1 / names.length);
  for (let round = 0; round < ROUNDS; round++) {
    const sums = names.map(() => 0);
    for (const chances of seen) {
      const all = chances.reduce((sum, chance, i) => sum + chance * (weights[i] ?? 0), 0);
      chances.forEach((chance, i) => {
        sums[i] = (sums[i] ?? 0) + (chance * (weights[i] ?? 0)) / all;
      });
    }
    weights = sums.map((sum) => sum / seen.length);
  }
  return names.map((name, i) => `${name} ${(weights[i] ?? 0).toFixed(3)}`).join(', ');
}
