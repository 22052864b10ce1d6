import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { RecentValues } from '../../../serving/personal/recent-values.ts';

describe('values of recent keys', () => {
  test('are the latest of their key, or gone; the latest keys never are', () => {
    const step = fc.tuple(fc.constantFrom('set', 'get'), fc.integer({ min: 0, max: 12 }));
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 4 }), fc.array(step), (most, steps) => {
        const values = new RecentValues<number>(most);
        const truth = new Map<string, number>();
        const used: string[] = [];
        steps.forEach(([what, number], value) => {
          const key = `key ${number}`;
          if (what === 'set') {
            values.set(key, value);
            truth.set(key, value);
          } else {
            const got = values.get(key);
            const isRecent = [...new Set(used)].slice(0, most).includes(key);
            if (got !== undefined || isRecent) expect(got).toBe(truth.get(key));
            if (got === undefined) return;
          }
          used.unshift(key);
        });
        const kept = [...truth.keys()].filter((key) => values.get(key) !== undefined);
        expect(kept.length).toBeLessThanOrEqual(2 * most);
      }),
      { numRuns: 500 },
    );
  });
});
