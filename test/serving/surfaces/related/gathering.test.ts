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

describe('the diverse choice', () => {
  it('is by worth where nothing is alike', () => {
    const candidates = [3, 2, 1].map((chance, at) => ({ chance, terms: [at] }));
    expect(chooseDiverse(candidates, 2)).toEqual(candidates.slice(0, 2));
  });

  it('puts what says the same behind what says something else', () => {
    const first = { chance: 1, terms: [1, 2] };
    const same = { chance: 0.9, terms: [2, 1] };
    const other = { chance: 0.5, terms: [3, 4] };
    expect(chooseDiverse([first, same, other], 3)).toEqual([first, other, same]);
  });
});
