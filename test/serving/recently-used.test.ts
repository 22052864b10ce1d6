import fc from 'fast-check';
import { LRUCache } from 'lru-cache';
import { describe, expect, it } from 'vitest';
import { RecentlyUsed } from '../../serving/recently-used.ts';

const step = fc.record({
  kind: fc.constantFrom('get', 'get', 'get', 'peek', 'set', 'set', 'delete'),
  key: fc.constantFrom(...'abcdefghij'),
});

describe('RecentlyUsed', () => {
  it('has, forgets and tells of the same entries as lru-cache, in the same order', () => {
    fc.assert(
      fc.property(
        fc.array(step, { maxLength: 400 }),
        fc.integer({ min: 1, max: 6 }),
        (steps, most) => {
          const gone: string[] = [];
          const goneThere: string[] = [];
          const ours = new RecentlyUsed<number>({
            most,
            onGone: (v, key) => gone.push(`${key}${v}`),
          });
          const theirs = new LRUCache<string, number>({
            max: most,
            noDisposeOnSet: true,
            dispose: (value, key) => goneThere.push(`${key}${value}`),
          });
          for (const [value, { kind, key }] of steps.entries()) {
            if (kind === 'get') expect(ours.get(key)).toBe(theirs.get(key));
            if (kind === 'peek') expect(ours.peek(key)).toBe(theirs.peek(key));
            if (kind === 'delete') expect(ours.delete(key)).toBe(theirs.delete(key));
            if (kind === 'set') {
              ours.set(key, value);
              theirs.set(key, value);
            }
            expect(ours.size).toBe(theirs.size);
          }
          expect([...ours.entries()]).toEqual([...theirs.rentries()]);
          expect(gone).toEqual(goneThere);
        },
      ),
    );
  });

  it('tells of all when it is cleared, and begins anew', () => {
    const gone: string[] = [];
    const used = new RecentlyUsed<number>({ most: 2, onGone: (_, key) => gone.push(key) });
    for (const key of ['a', 'b', 'c']) used.set(key, 1);
    used.clear();
    expect(gone).toEqual(['a', 'b', 'c']);
    expect([...used.entries()]).toEqual([]);
    used.set('d', 2);
    expect([...used.entries()]).toEqual([['d', 2]]);
  });
});
