import fc from 'fast-check';
import { expect, it } from 'vitest';
import { CountedSearches } from '../../../serving/personal/counted-searches.ts';

const step = fc.oneof(
  { weight: 8, arbitrary: fc.constantFrom('ann', 'bob', 'cem', null) },
  { weight: 1, arbitrary: fc.subarray(['ann', 'bob', 'cem'], { minLength: 1 }) },
);

it('are the last ones in their order, without those of who was taken out', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 8 }),
      fc.array(step, { maxLength: 60 }),
      (most, steps) => {
        const searches = new CountedSearches(most);
        let kept: { offset: number; atMs: number; form: string; who: string | null }[] = [];
        for (const [offset, who] of steps.entries()) {
          if (Array.isArray(who)) {
            const left = kept.filter((each) => each.who === null || !who.includes(each.who));
            expect(searches.remove(new Set(who))).toBe(kept.length - left.length);
            kept = left;
          } else {
            const search = { offset, atMs: 2 * offset, form: `q${offset}`, who };
            searches.add(search.offset, search.atMs, search.form, who);
            kept = [...kept, search].slice(-most);
          }
          expect([...searches]).toEqual(kept);
          expect(searches.size).toBe(kept.length);
        }
      },
    ),
  );
});

it('are gone through with what comes meanwhile, and without what had to make room', () => {
  const searches = new CountedSearches(4);
  const add = (offset: number) => searches.add(offset, offset, `q${offset}`, null);
  for (let offset = 0; offset < 4; offset++) add(offset);
  const seen: number[] = [];
  for (const { offset } of searches) {
    seen.push(offset);
    if (offset === 0) for (let more = 4; more < 7; more++) add(more);
    if (offset === 6) add(7);
  }
  expect(seen).toEqual([0, 3, 4, 5, 6, 7]);
});
