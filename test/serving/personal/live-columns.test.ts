import { describe, expect, it } from 'vitest';
import { Segment } from '../../../indexer/segment/segment.ts';
import { SegmentBuilder } from '../../../indexer/segment/segment-builder.ts';
import { Profile } from '../../../ranking/profiles/profile.ts';
import { LiveCounts } from '../../../serving/personal/live-counts.ts';
import { PersonalRanking, readingOf } from '../../../serving/personal/personal-ranking.ts';
import { Engine } from '../../../serving/retrieval/engine.ts';
import { manifestFor } from '../retrieval/manifest-fixture.ts';

const AS_OF_MS = Date.UTC(2026, 4, 31, 12);
const HOUR_MS = 3_600_000;
/** `news` may be rising: its hour and day are known; `new york` is not. */
const LATE = [
  { input: 0, windows: [4, 16, 64], before: 10, spread: null, isRecent: true },
  { input: 1, windows: [2, 8, 32], before: 500, spread: null, isRecent: false },
] as const;

function openSnapshot() {
  const builder = new SegmentBuilder();
  for (const [place, surface] of ['news', 'new york', 'newt'].entries()) {
    builder.add({ surface, normalised: surface, score: 10 - place });
  }
  const all = { windows: [10, 100, 1_000], before: 9_000 } as const;
  builder.setTrends({ leastSearches: 2, markets: [{ market: 'und', all, completions: LATE }] });
  const segment = Segment.open(builder.finish());
  const asOf = new Date(AS_OF_MS).toISOString();
  const manifest = { ...manifestFor(segment), group: 'surface' as const, asOf };
  return { segment, manifest, engine: new Engine(segment, manifest) };
}

const SNAPSHOT = openSnapshot();

/** Hour, day and week counts of completions as features see them, by id. */
function countsAt(nowMs: number, counts: LiveCounts | null): number[][] {
  const ranking = new PersonalRanking({ states: { counts, clicks: null } });
  const { rows, candidates } = ranking.matrix(SNAPSHOT, {
    ...{ typed: 'new', limit: 10, market: 'und', ownerHash: 'u', nowMs },
    ...{ session: null, video: null, reading: readingOf(new Profile()) },
  });
  const { ids, hourCounts, dayCounts, weekCounts } = candidates;
  const found: number[][] = [];
  for (let row = 0; row < rows; row++) {
    found[ids[row]!] = [hourCounts[row]!, dayCounts[row]!, weekCounts[row]!];
  }
  return found;
}

function search(counts: LiveCounts, query: string, user: string, offset: number): void {
  const event = { type: 'search', eventId: `e${offset}`, atMs: AS_OF_MS, query } as const;
  const record = { event, arrivedMs: AS_OF_MS, user, session: null, market: 'und' };
  counts.apply(record, offset);
}

describe('what is counted of a completion', () => {
  it('is what the snapshot counted in the last hour, day and week, as far as it says, without any event', () => {
    expect(countsAt(AS_OF_MS, null)).toEqual([
      [4, 16, 64],
      [0, 0, 32],
      [0, 0, 0],
    ]);
    expect(countsAt(AS_OF_MS, new LiveCounts())).toEqual(countsAt(AS_OF_MS, null));
  });

  it('fades from the time of the snapshot on, each by its half-life', () => {
    const [news = []] = countsAt(AS_OF_MS + 2 * HOUR_MS, null);
    expect(news[0]).toBeCloseTo(4 / 4, 5);
    expect(news[1]).toBeCloseTo(16 * 2 ** (-2 / 24), 4);
    expect(news[2]).toBeCloseTo(64 * 2 ** (-2 / 168), 4);
  });

  it('has the searches on top that the snapshot does not count, and none of the others', () => {
    const counts = new LiveCounts();
    counts.useSnapshot(SNAPSHOT.segment, 2);
    search(counts, 'news', 'ann', 0);
    search(counts, 'newt', 'ann', 1);
    expect(countsAt(AS_OF_MS, counts)).toEqual(countsAt(AS_OF_MS, null));
    search(counts, 'news', 'bob', 2);
    search(counts, 'newt', 'bob', 3);
    expect(countsAt(AS_OF_MS, counts)).toEqual([
      [5, 17, 65],
      [0, 0, 32],
      [1, 1, 1],
    ]);
  });
});
