import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { EventListener, ReplayedLog } from '../../../serving/events/event-listener.ts';
import {
  MOST_LOOKED_THROUGH,
  MOST_REPLAYED,
  replayWithin,
} from '../../../serving/events/replay-bound.ts';
import { ClickRates } from '../../../serving/personal/click-rates.ts';
import { LiveCounts } from '../../../serving/personal/live-counts.ts';
import { ServerClock } from '../../../serving/server-clock.ts';
import { FreshCompletions } from '../../../serving/surfaces/live/fresh-completions.ts';
import { TrendingStore } from '../../../serving/surfaces/live/trending-store.ts';
import { LiveVideos } from '../../../serving/surfaces/live/videos/live-videos.ts';
import { SessionMemory } from '../../../serving/surfaces/related/session-memory.ts';

/** A log of which so many records arrived, one each so many milliseconds, up to now. */
function logOf(end: number, stepMs: number): ReplayedLog {
  const nowMs = 1e12;
  const arrivedSince = (sinceMs: number) =>
    Math.min(end, Math.max(0, end - Math.floor((nowMs - sinceMs) / stepMs)));
  return { first: 0, end, nowMs, arrivedSince };
}

const trending = new TrendingStore();
const LISTENERS: readonly EventListener[] = [
  new ServerClock('wall'),
  new ServerClock('events'),
  trending,
  new FreshCompletions({ trending, nowMs: () => 0 }),
  new LiveVideos(),
  new SessionMemory((id) => id),
  new ClickRates(),
  new LiveCounts(),
];

describe('what is replayed at a start', () => {
  it.each(LISTENERS.map((listener) => [listener.name, listener] as const))(
    'is bounded for %s, however long and dense the log is',
    (_, listener) => {
      fc.assert(
        fc.property(fc.nat(1e9), fc.integer({ min: 1, max: 1e7 }), (end, stepMs) => {
          const log = logOf(end, stepMs);
          const from = listener.replayFrom?.(log) ?? end;
          expect(end - from).toBeLessThanOrEqual(MOST_REPLAYED);
          const earlier = listener.replayEarlier?.(log).from ?? from;
          expect(end - earlier).toBeLessThanOrEqual(MOST_LOOKED_THROUGH);
        }),
      );
    },
  );

  it('reaches back as far as is asked where few arrived, and no further', () => {
    expect(replayWithin(logOf(1_000_000, 1_000), 50_000)).toBe(1_000_000 - 50);
    expect(replayWithin(logOf(1_000_000, 1), 3e8)).toBe(1_000_000 - MOST_REPLAYED);
    expect(replayWithin(logOf(1_000, 1_000), 1e9)).toBe(0);
  });
});
