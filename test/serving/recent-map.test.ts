import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RecentMap } from '../../serving/recent-map.ts';
import { finish } from '../../serving/sliced-work.ts';

const key = fc.constantFrom(...'abcdefghij');
const step = fc.oneof(
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('set'), key, size: fc.nat(12) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('delete'), key, size: fc.constant(0) }) },
);

describe('RecentMap', () => {
  it('has the latest half of what its bounds allow, nothing that was replaced or deleted, and keeps within them', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const bounds = { entries: 6, size: 40 };
        const map = new RecentMap<number>(bounds);
        // The oracle: all that was put and neither replaced nor deleted, and all that ever was, oldest first.
        let put: { key: string; value: number; size: number }[] = [];
        const ever: typeof put = [];
        for (const [value, { kind, key, size }] of steps.entries()) {
          const known = map.get(key);
          put = put.filter((each) => each.key !== key);
          if (kind === 'delete') {
            expect(map.delete(key)).toBe(known !== undefined);
          } else {
            map.set(key, value, size);
            put.push({ key, value, size });
            ever.push({ key, value, size });
          }
          const kept = [...map.entries()];
          expect(map.entryCount).toBe(kept.length);
          expect(kept.length).toBeLessThanOrEqual(bounds.entries);
          const sizes = kept.map(([name]) => put.find((each) => each.key === name)?.size ?? 0);
          expect(map.size).toBe(sizes.reduce((sum, each) => sum + each, 0));
          expect(map.size).toBeLessThanOrEqual(bounds.size);
          for (const [name, known] of kept) {
            expect(map.get(name)).toBe(known);
            expect(put.find((each) => each.key === name)?.value).toBe(known);
          }
          // What was put last, as much as half of each bound allows.
          let left = bounds.size / 2;
          for (const [place, each] of [...ever].reverse().entries()) {
            left -= each.size;
            if (place >= bounds.entries / 2 || left < 0) break;
            if (put.some(({ value }) => value === each.value)) {
              expect(map.get(each.key)).toBe(each.value);
            }
          }
        }
      }),
    );
  });

  it('has of what is added under new keys what it has of what is set', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(25), { maxLength: 40 }), (sizes) => {
        const [added, set] = [0, 1].map(() => new RecentMap<number>({ entries: 12, size: 40 }));
        sizes.forEach((size, i) => {
          added!.add(`key ${i}`, i, size);
          set!.set(`key ${i}`, i, size);
          expect([...added!.entries()]).toEqual([...set!.entries()]);
          expect(added!.size).toBe(set!.size);
        });
      }),
    );
  });

  it('does not keep what is larger than half of its bound, and lets go of what it replaces', () => {
    const map = new RecentMap<string>({ entries: 10, size: 10 });
    map.set('a', 'small', 1);
    map.set('a', 'large', 6);
    expect([map.get('a'), map.entryCount, map.size]).toEqual([undefined, 0, 0]);
  });

  it('lets a generation go at a time, or all', () => {
    const map = new RecentMap<string>({ entries: 10 });
    map.set('a', 'first');
    map.age();
    map.set('b', 'second');
    expect([map.get('a'), map.get('b')]).toEqual(['first', 'second']);
    map.age();
    expect([map.get('a'), map.get('b')]).toEqual([undefined, 'second']);
    map.clear();
    expect(map.entryCount).toBe(0);
  });

  it('deletes all that is asked for, whatever comes and goes while it leaves off', () => {
    const doomed = (key: string) => key.startsWith('x');
    fc.assert(
      fc.property(
        fc.array(fc.boolean(), { minLength: 4_000, maxLength: 9_000 }),
        fc.integer({ min: 2_000, max: 8_000 }),
        fc.array(fc.array(fc.nat(6_000), { maxLength: 3_000 }), { maxLength: 6 }),
        (marked, entries, meanwhile) => {
          const map = new RecentMap<number>({ entries });
          const keyOf = (i: number) => `${marked[i % marked.length] ? 'x' : 'y'}${i}`;
          for (let i = 0; i < marked.length; i++) map.set(keyOf(i), i);
          const before = [...map.entries()].filter(([key]) => doomed(key)).length;
          const work = map.deleteWhere((_, key) => doomed(key));
          let came = 0;
          for (const puts of meanwhile) {
            if (work.next().done) return;
            for (const i of puts) map.set(keyOf(i), i);
            came += puts.length;
          }
          const deleted = finish(work);
          expect([...map.entries()].filter(([key]) => doomed(key))).toEqual([]);
          expect(deleted).toBeLessThanOrEqual(before + came);
          if (came === 0) expect(deleted).toBe(before);
        },
      ),
      { numRuns: 25 },
    );
  });
});
