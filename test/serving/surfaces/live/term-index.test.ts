import fc from 'fast-check';
import { Index } from 'flexsearch';
import { describe, expect, it } from 'vitest';
import { TermIndex } from '../../../../serving/surfaces/live/term-index.ts';

const textOf = (number: number) => `all word${number} third${number % 3}`;

/** An index, with how many texts each of its generations was ever given. */
function makeIndex() {
  const given: number[] = [];
  const index = new TermIndex({
    termsOf: textOf,
    create: () => {
      const generation = given.push(0) - 1;
      const made = new Index({ encode: (terms: string) => terms.split(' '), fastupdate: true });
      return {
        add: (id, content) => {
          given[generation] = (given[generation] ?? 0) + 1;
          return made.add(id, content);
        },
        remove: (id) => made.remove(id),
        search: (...asked: Parameters<Index['search']>) => made.search(...asked),
      } as Pick<Index, 'add' | 'remove' | 'search'>;
    },
  });
  return { index, given };
}

describe('an index of texts that come and go', () => {
  it('finds each text once that is there, and none that went, through every change of generations', () => {
    const { index, given } = makeIndex();
    const live = new Set<number>();
    let next = 0;
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 900 }), { maxLength: 6 }), (steps) => {
        for (const [at, step] of steps.entries()) {
          for (let i = 0; i < step; i++) {
            if (at % 2 === 0) {
              live.add(next);
              index.add(next++);
            } else {
              const [first] = live;
              if (first === undefined) break;
              live.delete(first);
              index.remove(first);
            }
          }
        }
        const found = index.search('all', { limit: 1e6 });
        expect(found.length).toBe(live.size);
        expect(new Set(found)).toEqual(live);
        const [some] = live;
        if (some !== undefined) expect(index.search(`word${some}`, { limit: 9 })).toEqual([some]);
        expect(index.search(`word${next}`, { limit: 9 })).toEqual([]);
      }),
      { numRuns: 60 },
    );
    expect(given.length).toBeGreaterThan(2);
  });

  it('never gives one generation many more texts than are there', () => {
    const { index, given } = makeIndex();
    const live = 500;
    for (let number = 0; number < 40_000; number++) {
      index.add(number);
      if (number >= live) index.remove(number - live);
    }
    expect(Math.max(...given)).toBeLessThan(6 * live);
    expect(index.search('all', { limit: 1e6 }).length).toBe(live);
  });

  it('forgets what is removed twice or was never there', () => {
    const { index } = makeIndex();
    index.add(1);
    index.remove(2);
    index.remove(1);
    index.remove(1);
    expect(index.search('all', { limit: 9 })).toEqual([]);
  });
});
