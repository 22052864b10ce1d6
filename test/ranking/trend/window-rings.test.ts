import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { baselineDecay, TREND_WINDOWS } from '../../../ranking/trend/trend-window.ts';
import { WindowRings } from '../../../ranking/trend/window-rings.ts';

const HOUR_MS = 3_600_000;
const START_MS = Date.parse('2026-01-01T00:00:00Z');
const LONGEST = TREND_WINDOWS.at(-1)!;

/** What the rings promise, from all times: whole buckets, the one of now the last. */
function naiveCount(times: readonly number[], window: number, nowMs: number): number {
  const { bucketMs, buckets } = TREND_WINDOWS[window]!;
  const now = Math.floor(nowMs / bucketMs);
  return times.filter((at) => {
    const bucket = Math.floor(at / bucketMs);
    return bucket <= now && bucket > now - buckets;
  }).length;
}

function naiveBefore(times: readonly number[], nowMs: number): number {
  const { bucketMs, buckets } = LONGEST;
  const first = Math.floor(nowMs / bucketMs) - buckets + 1;
  return times
    .map((at) => first - Math.floor(at / bucketMs))
    .filter((age) => age > 0)
    .reduce((sum, age) => sum + baselineDecay(age * bucketMs), 0);
}

describe('WindowRings', () => {
  it('count as all times do, in whatever order they come', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 24 * 40 * 4 }), { maxLength: 120 }),
        (quarters) => {
          const rings = new WindowRings(2);
          const times = quarters.map((quarter) => START_MS + quarter * (HOUR_MS / 4));
          for (const at of times) rings.add(1, at, 1);
          const nowMs = Math.max(START_MS, ...times) + HOUR_MS / 8;
          TREND_WINDOWS.forEach((_, window) => {
            expect(rings.countIn(1, window, nowMs)).toBe(naiveCount(times, window, nowMs));
          });
          expect(rings.before(1, nowMs)).toBeCloseTo(naiveBefore(times, nowMs), 6);
          expect(rings.countIn(0, 2, nowMs)).toBe(0);
        },
      ),
    );
  });

  it('forget with time what fell out of a window, and a cleared slot all', () => {
    const rings = new WindowRings(1);
    rings.add(0, START_MS, 1);
    expect(rings.countIn(0, 0, START_MS + 2 * HOUR_MS)).toBe(0);
    expect(rings.countIn(0, 1, START_MS + 2 * HOUR_MS)).toBe(1);
    expect(rings.before(0, START_MS + 21 * 24 * HOUR_MS)).toBeCloseTo(0.5, 1);
    rings.clear(0);
    expect(rings.before(0, START_MS + 21 * 24 * HOUR_MS)).toBe(0);
  });

  it('take back what was counted, and keep counts when they grow', () => {
    const rings = new WindowRings(1);
    rings.add(0, START_MS, 1);
    rings.add(0, START_MS, 1);
    rings.add(0, START_MS, -1);
    rings.grow(9);
    rings.add(8, START_MS, 1);
    expect([rings.countIn(0, 0, START_MS), rings.countIn(8, 0, START_MS)]).toEqual([1, 1]);
  });
});
