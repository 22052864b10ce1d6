import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { HeaviestTexts } from '../../../../serving/surfaces/live/heaviest-texts.ts';

interface Weighed {
  level: number;
  isGone: boolean;
}

describe('HeaviestTexts', () => {
  it('gives the heaviest after any changes, and never more than are remembered and changed', () => {
    const step = fc.record({
      kind: fc.constantFrom('add', 'weigh', 'remove', 'ask'),
      at: fc.nat(999),
      level: fc.integer({ min: 0, max: 50 }),
    });
    fc.assert(
      fc.property(fc.array(step, { minLength: 20, maxLength: 900 }), (steps) => {
        const most = 32;
        const heaviest = new HeaviestTexts<Weighed>(most, ({ level }) => level);
        let all: Weighed[] = [];
        let looks = 0;
        const members = () => {
          looks++;
          return all;
        };
        let changes = 0;
        for (const { kind, at, level } of [...steps, { kind: 'ask', at: 0, level: 0 }]) {
          const known = all[at % Math.max(1, all.length)];
          if (kind === 'ask') {
            const given = [...heaviest.of('group', members)];
            expect(given.length).toBeLessThanOrEqual(most + 256);
            const levels = [...new Set(given)].filter(({ isGone }) => !isGone).map((e) => e.level);
            const wanted = all.map((each) => each.level).sort((a, b) => b - a);
            const best = levels.sort((a, b) => b - a);
            // Half of those that are remembered may go before others are looked for.
            expect(best.slice(0, most / 2)).toEqual(wanted.slice(0, most / 2));
            continue;
          }
          if (kind === 'add' || known === undefined) {
            const added = { level, isGone: false };
            all = [...all, added];
            heaviest.noteChange(added);
          } else if (kind === 'weigh') {
            known.level = Math.max(known.level, level);
            heaviest.noteChange(known);
          } else {
            known.isGone = true;
            all = all.filter((each) => each !== known);
            heaviest.noteChange(known);
          }
          changes++;
        }
        expect(looks).toBeLessThanOrEqual(1 + changes / (most / 2));
      }),
    );
  });

  it('looks among all members once while nothing changed', () => {
    const all = Array.from({ length: 500 }, (_, level) => ({ level, isGone: false }));
    const heaviest = new HeaviestTexts<Weighed>(10, ({ level }) => level);
    let looks = 0;
    const members = () => {
      looks++;
      return all;
    };
    const ask = () =>
      [...heaviest.of('group', members)].map(({ level }) => level).sort((a, b) => a - b);
    expect(ask()).toEqual([490, 491, 492, 493, 494, 495, 496, 497, 498, 499]);
    ask();
    expect(looks).toBe(1);
    heaviest.clear();
    ask();
    expect(looks).toBe(2);
  });
});
