import { Engine } from '../../serving/retrieval/engine.ts';
import type { SnapshotContent } from '../../serving/snapshot/snapshot-content.ts';
import { MIXTURE, type Mixture } from '../../serving/surfaces/related/mixture.ts';
import { RelatedSearches } from '../../serving/surfaces/related/related-searches.ts';
import { idOf } from './next-query-systems.ts';
import type { NextQuery } from './next-query-world.ts';

const ROUNDS = 400;
/** Cases in which a kind of evidence named what came next, from which on its weight is the worlds' and not what was set by hand. */
const ENOUGH_CASES = 20;
const POPULARITY = 'popularity';

/** A search with what came next: by kind of evidence, where there was any, how likely it held the next to be; 0 where it did not name it. */
export type FitCase = ReadonlyMap<string, number>;

export interface FittedMixture {
  readonly mixture: Mixture;
  /** What the weights rest on, a line each. */
  readonly notes: readonly string[];
}

/** What each kind of evidence said of the pairs whose next query the index holds. */
export function readFitCases(content: SnapshotContent, pairs: readonly NextQuery[]): FitCase[] {
  const { segment, manifest } = content;
  const related = new RelatedSearches(segment, manifest, new Engine(segment, manifest));
  let total = 0;
  for (const log of segment.logScores) total += 2 ** log;
  const cases: FitCase[] = [];
  for (const { query, next, market } of pairs) {
    const id = idOf(content, next);
    if (id < 0 || id === idOf(content, query)) continue;
    const said = new Map([[POPULARITY, 2 ** (segment.logScores[id] ?? 0) / total]]);
    for (const { name, proposals } of related.propose(query, market)) {
      if (proposals.length === 0) continue;
      const proposal = proposals.find((each) => each.id === id);
      said.set(name, proposal === undefined ? 0 : 2 ** -proposal.bits);
    }
    cases.push(said);
  }
  return cases;
}

/**
 * The weights that make what came next likeliest, by minorisation and maximisation (Hunter and Lange, 2004). A case is judged by the mixture of the kinds of evidence that it has,
 * their weights made to sum to one: a kind that is scarce is weighed by the cases that have it, or it would be taken for worthless. Kinds that named too few of
 * the next keep the weight that they have in `MIXTURE`, relative to popularity.
 */
export function fitMixture(cases: readonly FitCase[]): FittedMixture {
  const names = [...Object.keys(MIXTURE.weights), POPULARITY];
  const given = new Map([...Object.entries(MIXTURE.weights), [POPULARITY, MIXTURE.popularity]]);
  const named = (name: string) => cases.filter((said) => (said.get(name) ?? 0) > 0).length;
  const isFree = (name: string) => name === POPULARITY || named(name) >= ENOUGH_CASES;
  let weights = given as ReadonlyMap<string, number>;
  for (let round = 0; round < ROUNDS; round++) {
    const step = improve(cases, weights);
    // Only ratios matter: what is not fitted stays in proportion to popularity.
    const scale = MIXTURE.popularity / (step.get(POPULARITY) ?? 1);
    weights = new Map(
      names.map((name) => [
        name,
        isFree(name) ? (step.get(name) ?? 0) * scale : (given.get(name) ?? 0),
      ]),
    );
  }
  const weightOf = (name: string) => Number((weights.get(name) ?? 0).toPrecision(2));
  return {
    mixture: {
      weights: Object.fromEntries(
        names.filter((name) => name !== POPULARITY).map((name) => [name, weightOf(name)]),
      ),
      popularity: weightOf(POPULARITY),
    },
    notes: names.map((name) => {
      const present = cases.filter((said) => said.has(name)).length;
      return `${name} ${weightOf(name)} (in ${present} of ${cases.length} cases, named the next in ${named(name)}${isFree(name) ? '' : '; as set by hand'})`;
    }),
  };
}

/** One round: each weight times what its evidence explained over what it was given. */
function improve(
  cases: readonly FitCase[],
  weights: ReadonlyMap<string, number>,
): ReadonlyMap<string, number> {
  const explained = new Map<string, number>();
  const given = new Map<string, number>();
  const add = (sums: Map<string, number>, name: string, part: number) =>
    sums.set(name, (sums.get(name) ?? 0) + part);
  for (const said of cases) {
    let likelihood = 0;
    let sum = 0;
    for (const [name, chance] of said) {
      likelihood += (weights.get(name) ?? 0) * chance;
      sum += weights.get(name) ?? 0;
    }
    if (!(likelihood > 0)) continue;
    for (const [name, chance] of said) {
      add(explained, name, ((weights.get(name) ?? 0) * chance) / likelihood);
      add(given, name, 1 / sum);
    }
  }
  return new Map([...given].map(([name, part]) => [name, (explained.get(name) ?? 0) / part]));
}
