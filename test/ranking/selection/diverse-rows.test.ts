import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CandidateTable, MOST_TERMS_READ } from '../../../ranking/features/candidate-table.ts';
import { diverseRows } from '../../../ranking/selection/diverse-rows.ts';

interface Ranked {
  readonly scores: Float32Array;
  readonly terms: readonly (readonly number[])[];
}

const RANKED: fc.Arbitrary<Ranked> = fc
  .array(
    fc.record({
      score: fc.integer({ min: -8, max: 8 }),
      terms: fc.uniqueArray(fc.nat({ max: 5 }), { maxLength: 4 }),
    }),
    { maxLength: 30 },
  )
  .map((rows) => {
    const sorted = [...rows].sort((a, b) => b.score - a.score);
    return {
      scores: Float32Array.from(sorted, ({ score }) => score / 4),
      terms: sorted.map(({ terms }) => terms),
    };
  });

function tableOf(terms: Ranked['terms']): CandidateTable {
  const table = new CandidateTable(Math.max(1, terms.length));
  terms.forEach((each, id) => {
    const row = table.add(id, 0);
    table.termCounts[row] = each.length;
    table.terms.set(each, row * MOST_TERMS_READ);
  });
  return table;
}

function choose({ scores, terms }: Ranked, diversity: number, limit: number, firstTerm: number) {
  const ranked = Uint16Array.from(terms, (_, row) => row);
  const chosen = new Uint16Array(64);
  const options = { diversity, limit, firstTerm };
  const count = diverseRows(tableOf(terms), scores, ranked, terms.length, options, chosen);
  return [...chosen.subarray(0, count)];
}

/** Maximal marginal relevance by its definition. */
function chooseByDefinition(
  { scores, terms }: Ranked,
  diversity: number,
  limit: number,
  firstTerm: number,
): number[] {
  const share = (a: number, b: number): number => {
    const [left, right] = [a, b].map((row) => new Set(terms[row]!.slice(firstTerm)));
    if (left!.size === 0 || right!.size === 0) return 0;
    const common = [...left!].filter((term) => right!.has(term)).length;
    return common / (left!.size + right!.size - common);
  };
  const chosen: number[] = [];
  while (chosen.length < Math.min(limit, terms.length)) {
    const worths = terms.map((_, row) =>
      chosen.includes(row)
        ? Number.NEGATIVE_INFINITY
        : scores[row]! -
          diversity * Math.fround(Math.max(0, ...chosen.map((other) => share(row, other)))),
    );
    chosen.push(worths.indexOf(Math.max(...worths)));
  }
  return chosen;
}

describe('diverseRows', () => {
  it('chooses as its definition says', () => {
    fc.assert(
      fc.property(
        RANKED,
        fc.constantFrom(0, 0.2, 1, 3),
        fc.integer({ min: 1, max: 20 }),
        fc.nat({ max: 2 }),
        (ranked, diversity, limit, firstTerm) => {
          expect(choose(ranked, diversity, limit, firstTerm)).toEqual(
            chooseByDefinition(ranked, diversity, limit, firstTerm),
          );
        },
      ),
      { numRuns: 500 },
    );
  });

  it('lets what says the same stand lower, and never drops it while there is room', () => {
    const ranked = {
      scores: Float32Array.of(3, 2.9, 2.5),
      terms: [
        [0, 1],
        [0, 1],
        [0, 2],
      ],
    };
    expect(choose(ranked, 1, 3, 1)).toEqual([0, 2, 1]);
    expect(choose(ranked, 0, 3, 1)).toEqual([0, 1, 2]);
    expect(choose(ranked, 1, 2, 1)).toEqual([0, 2]);
  });
});
