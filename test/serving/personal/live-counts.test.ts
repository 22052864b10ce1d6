import { describe, expect, it } from 'vitest';
import { Segment } from '../../../indexer/segment/segment.ts';
import { SegmentBuilder } from '../../../indexer/segment/segment-builder.ts';
import { LiveCounts } from '../../../serving/personal/live-counts.ts';

const AT_MS = Date.UTC(2026, 4, 31);
const HOUR_MS = 3_600_000;

function segmentOf(...texts: readonly string[]): Segment {
  const builder = new SegmentBuilder();
  texts.forEach((text, i) => {
    builder.add({ surface: text, normalised: text, score: 10 - i });
  });
  return Segment.open(builder.finish());
}

function search(counts: LiveCounts, query: string, user: string, atMs = AT_MS) {
  const event = { type: 'search', eventId: `${user}${atMs}`, atMs, query } as const;
  counts.apply({ event, arrivedMs: atMs, user, session: null, market: 'und' });
}

describe('live counts', () => {
  it('count people, not how often one repeats, and fade with each half-life', () => {
    const counts = new LiveCounts();
    counts.useSnapshot(segmentOf('news', 'weather'));
    search(counts, 'News', 'ann');
    search(counts, 'news', 'ann', AT_MS + HOUR_MS);
    expect(counts.of(0)?.hour).toBe(1);
    search(counts, 'news', 'bob', AT_MS + HOUR_MS);
    expect(counts.of(0)?.hour).toBeCloseTo(1.5);
    expect(counts.of(0)?.week).toBeCloseTo(1 + 2 ** (-1 / 168));
    expect(counts.of(1)).toBeUndefined();
  });

  it('follow the snapshot, and take up what only a later one holds', () => {
    const counts = new LiveCounts();
    counts.useSnapshot(segmentOf('news'));
    search(counts, 'weather', 'ann');
    expect(counts.isEmpty).toBe(true);
    counts.useSnapshot(segmentOf('weather', 'news'));
    expect(counts.of(0)?.day).toBe(1);
  });

  it('keep no more than they may, and never who is to be forgotten or what holds personal data', () => {
    const counts = new LiveCounts(1);
    counts.useSnapshot(segmentOf('news', 'weather', 'jane.roe@example.com'));
    search(counts, 'news', 'ann');
    search(counts, 'weather', 'bob');
    search(counts, 'jane.roe@example.com', 'bob');
    expect([0, 1, 2].map((id) => counts.of(id) !== undefined)).toEqual([false, true, false]);
    expect(counts.forgetUser('bob')).toBe(1);
    expect(counts.forgetUser('bob')).toBe(0);
  });
});
