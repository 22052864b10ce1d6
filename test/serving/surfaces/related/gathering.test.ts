import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chooseDiverse } from '../../../../serving/surfaces/related/diverse-choice.ts';
import { Gathering } from '../../../../serving/surfaces/related/gathering.ts';

describe('gathering', () => {
  it('adds up and finds the likeliest as sorting a map would', () => {
    const entry = fc.tuple(fc.nat(5_000), fc.integer({ min: 1, max: 64 }));
    const gathering = new Gathering();
    fc.assert(
      fc.property(fc.array(entry, { maxLength: 3_000 }), fc.nat(40), (entries, limit) => {
        gathering.clear();
        const sums = new Map<number, number>();
        // Sums of powers of two are exact in any order.
        for (const [id, sixtyFourths] of entries) {
          const chance = sixtyFourths / 2 ** 24;
          gathering.add(id, chance, 'e');
          sums.set(id, (sums.get(id) ?? 0) + chance);
        }
        const expected = [...sums]
          .sort(([a, x], [b, y]) => y - x || a - b)
          .slice(0, limit)
          .map(([id, chance]) => ({ id, chance, evidence: 'e' }));
        expect(gathering.likeliest(limit)).toEqual(expected);
      }),
      { numRuns: 50 },
    );
  });

  it('names the evidence that said most', () => {
    const gathering = new Gathering();
    gathering.add(7, 0.1, 'little');
    gathering.add(7, 0.3, 'much');
    gathering.add(7, 0.2, 'some');
    expect(gathering.likeliest(1)[0]?.evidence).toBe('much');
  });
});

interface Candidate {
  readonly chance: number;
  readonly terms: readonly number[];
}
const termsOf = ({ terms }: Candidate) => terms;

describe('the diverse choice', () => {
  it('is by worth where nothing is alike', () => {
    const candidates = [3, 2, 1].map((chance, at) => ({ chance, terms: [at] }));
    expect(chooseDiverse(candidates, 2, { termsOf })).toEqual(candidates.slice(0, 2));
  });

  it('puts what says the same behind what says something else', () => {
    const first = { chance: 1, terms: [1, 2] };
    const same = { chance: 0.9, terms: [2, 1] };
    const other = { chance: 0.5, terms: [3, 4] };
    expect(chooseDiverse([first, same, other], 3, { termsOf })).toEqual([first, other, same]);
  });

  it('chooses as comparing all would, whatever is refused', () => {
    const terms = fc.uniqueArray(fc.nat(6), { minLength: 1, maxLength: 4 });
    const candidate = fc.record({
      chance: fc.integer({ min: 1, max: 64 }),
      terms,
      isBad: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(candidate, { maxLength: 30 }), fc.nat(12), (drawn, limit) => {
        const candidates = [...drawn].sort((a, b) => b.chance - a.chance);
        const isWanted = ({ isBad }: { isBad: boolean }) => !isBad;
        const chosen = chooseDiverse(candidates, limit, { termsOf, isWanted });
        expect(chosen).toEqual(choosePlainly(candidates.filter(isWanted), limit));
      }),
    );
  });

  it('compares so many at a time only', () => {
    const first = { chance: 1, terms: [1] };
    const same = { chance: 0.9, terms: [1] };
    const other = { chance: 0.5, terms: [2] };
    const chosen = chooseDiverse([first, same, other], 2, { termsOf, compared: 1 });
    expect(chosen).toEqual([first, same]);
  });
});

/** By the definition: at each turn the worth of all that are left. */
function choosePlainly<T extends Candidate>(candidates: readonly T[], limit: number): T[] {
  const left = [...candidates];
  const chosen: T[] = [];
  const share = (a: readonly number[], b: readonly number[]) => {
    const all = new Set([...a, ...b]).size;
    return (a.length + b.length - all) / all;
  };
  while (chosen.length < limit && left.length > 0) {
    const worths = left.map(
      ({ chance, terms }) =>
        chance * (1 - 0.6 * Math.max(0, ...chosen.map((other) => share(other.terms, terms)))),
    );
    chosen.push(...left.splice(worths.indexOf(Math.max(...worths)), 1));
  }
  return chosen;
}
