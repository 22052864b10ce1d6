import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ForgottenCounts } from '../../../ranking/trend/forgotten-counts.ts';
import { BASELINE_HALF_LIFE_MS } from '../../../ranking/trend/trend-window.ts';

const START_MS = Date.parse('2026-01-01T00:00:00Z');

describe('ForgottenCounts', () => {
  it('gives back once what was put last, faded by its age', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.string({ maxLength: 6 }), fc.integer({ min: 1, max: 1_000 })), {
          maxLength: 40,
        }),
        fc.integer({ min: 0, max: 4 }),
        (puts, halfLives) => {
          // Far more room than queries: nothing is pushed out.
          const counts = new ForgottenCounts(65_536);
          for (const [query, weight] of puts) counts.put(query, weight, START_MS);
          const nowMs = START_MS + halfLives * BASELINE_HALF_LIFE_MS;
          for (const [query, weight] of new Map(puts)) {
            expect(counts.take(query, nowMs)).toBeCloseTo(weight / 2 ** halfLives, 3);
            expect(counts.take(query, nowMs)).toBe(0);
          }
          expect(counts.take('never put', nowMs)).toBe(0);
        },
      ),
    );
  });

  it('lets the light go for the heavy, never the heavy for the light', () => {
    const counts = new ForgottenCounts(8);
    for (let i = 0; i < 8; i++) counts.put(`heavy ${i}`, 10 + i, START_MS);
    for (let i = 0; i < 100; i++) counts.put(`light ${i}`, 1, START_MS);
    counts.put('heaviest', 50, START_MS);
    const kept = [...Array(8).keys()].map((i) => counts.take(`heavy ${i}`, START_MS));
    expect(kept).toEqual([0, 11, 12, 13, 14, 15, 16, 17]);
    expect(counts.take('heaviest', START_MS)).toBe(50);
    for (let i = 0; i < 100; i++) expect(counts.take(`light ${i}`, START_MS)).toBe(0);
  });
});
