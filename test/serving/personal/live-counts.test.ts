import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Segment } from '../../../indexer/segment/segment.ts';
import { SegmentBuilder } from '../../../indexer/segment/segment-builder.ts';
import { LiveCounts } from '../../../serving/personal/live-counts.ts';
import { finish } from '../../../serving/sliced-work.ts';

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

describe('what changed of live counts', () => {
  const changedSince = (counts: LiveCounts, revision: number) => {
    const completions: number[] = [];
    const isKnown = counts.visitChanged(revision, (completion) => completions.push(completion));
    return isKnown ? [...new Set(completions)].sort((a, b) => a - b) : null;
  };

  it('is told by completion, for as long as it is known: of a search that counts, and of a count that made room', () => {
    const counts = new LiveCounts(2);
    counts.useSnapshot(segmentOf('news', 'weather', 'maps'));
    const first = counts.revision;
    search(counts, 'weather', 'ann');
    search(counts, 'nowhere', 'ann');
    expect(changedSince(counts, first)).toEqual([1]);
    const second = counts.revision;
    search(counts, 'weather', 'ann', AT_MS + HOUR_MS);
    expect(counts.revision).toBe(second);
    search(counts, 'weather', 'bob');
    expect(counts.revision).toBeGreaterThan(second);
    search(counts, 'news', 'bob');
    search(counts, 'maps', 'bob');
    expect(changedSince(counts, second)).toEqual([0, 1, 2]);
    expect(changedSince(counts, counts.revision)).toEqual([]);
  });

  it('is not known of before a snapshot, before searches were counted again, or of too long ago', () => {
    const counts = new LiveCounts();
    counts.useSnapshot(segmentOf('news', 'weather'));
    search(counts, 'news', 'ann');
    const first = counts.revision;
    counts.useSnapshot(segmentOf('weather', 'news'));
    expect(counts.revision).toBeGreaterThan(first);
    expect(changedSince(counts, first)).toBeNull();
    const second = counts.revision;
    counts.forgetUser('ann');
    expect(counts.revision).toBeGreaterThan(second);
    expect(changedSince(counts, second)).toBeNull();
    const third = counts.revision;
    for (let i = 0; i < 4_096; i++) search(counts, 'news', `user ${i}`);
    expect(changedSince(counts, third)).toEqual([1]);
    search(counts, 'news', 'one more');
    expect(changedSince(counts, third)).toBeNull();
  });
});

describe('live counts beside a snapshot that counts events of the log', () => {
  const texts = ['news', 'weather', 'maps'];
  const segments = [segmentOf(...texts), segmentOf(...texts)] as const;
  const happening = fc.record({
    query: fc.constantFrom(...texts),
    user: fc.constantFrom('ann', 'bob', 'cem'),
    passedMs: fc.integer({ min: 0, max: 5 * HOUR_MS }),
  });

  function countsOf(
    happenings: readonly { query: string; user: string; passedMs: number }[],
    isCounted: (offset: number, user: string) => boolean,
  ): LiveCounts {
    const counts = new LiveCounts();
    counts.useSnapshot(segments[0]);
    let atMs = AT_MS;
    happenings.forEach(({ query, user, passedMs }, offset) => {
      atMs += passedMs;
      if (!isCounted(offset, user)) return;
      const event = { type: 'search', eventId: `e${offset}`, atMs, query } as const;
      counts.apply({ event, arrivedMs: atMs, user, session: null, market: 'und' }, offset);
    });
    return counts;
  }

  const contentOf = (counts: LiveCounts) => texts.map((_, id) => ({ ...counts.of(id) }));

  it('count what it does not, whichever snapshots came before', () => {
    const events = fc.array(happening, { maxLength: 30 });
    fc.assert(
      fc.property(events, fc.array(fc.nat(30), { minLength: 1 }), (happenings, froms) => {
        const counts = countsOf(happenings, () => true);
        for (const from of froms) {
          counts.useSnapshot(segments[from % 2 === 0 ? 0 : 1], from);
          const fresh = countsOf(happenings, (offset) => offset >= from);
          expect(contentOf(counts)).toEqual(contentOf(fresh));
        }
      }),
    );
  });

  it('need no replay of what it counts', () => {
    const log = { first: 0, end: 1_000, nowMs: AT_MS, arrivedSince: () => 300 };
    const counts = new LiveCounts();
    expect(counts.replayFrom(log)).toBe(300);
    for (const [from, begin] of [
      [200, 300],
      [600, 600],
      [2_000, 1_000],
    ] as const) {
      counts.useSnapshot(segments[0], from);
      expect(counts.replayFrom(log)).toBe(begin);
    }
  });

  it('leave out at once what comes later and is counted there already', () => {
    const counts = new LiveCounts();
    counts.useSnapshot(segmentOf('news'), 5);
    const event = { type: 'search', eventId: 'e', atMs: AT_MS, query: 'news' } as const;
    const record = { event, arrivedMs: AT_MS, user: 'ann', session: null, market: 'und' };
    counts.apply(record, 4);
    expect(counts.of(0)).toBeUndefined();
    counts.apply(record, 5);
    expect(counts.of(0)?.day).toBe(1);
  });

  it('are without who is forgotten what they would be had they never searched', () => {
    fc.assert(
      fc.property(fc.array(happening, { maxLength: 30 }), fc.nat(30), (happenings, from) => {
        const counts = countsOf(happenings, () => true);
        counts.useSnapshot(segments[1], from);
        const own = happenings.filter(({ user }) => user === 'bob').length;
        expect(counts.forgetUser('bob')).toBe(own);
        const fresh = countsOf(happenings, (offset, user) => offset >= from && user !== 'bob');
        expect(contentOf(counts)).toEqual(contentOf(fresh));
      }),
    );
  });

  it('are the same whatever comes, goes and is served while they are counted again', () => {
    const users = Array.from({ length: 8 }, (_, i) => `u${i}`);
    const many = Array.from({ length: 5_000 }, (_, i) => ({
      query: texts[(i * i) % texts.length]!,
      user: users[(i * 7) % users.length]!,
      passedMs: 60_000,
    }));
    const meanwhile = fc.array(
      fc.oneof(
        fc.record({ kind: fc.constant('search' as const), user: fc.nat({ max: 5 }) }),
        fc.record({ kind: fc.constant('go on' as const), user: fc.nat({ max: 1 }) }),
        fc.record({ kind: fc.constant('snapshot' as const), user: fc.nat({ max: 5_000 }) }),
      ),
      { maxLength: 12 },
    );
    fc.assert(
      fc.property(meanwhile, (steps) => {
        const happenings = [...many];
        const counts = countsOf(happenings, () => true);
        let from = 0;
        const works = ['u6', 'u7'].map((user) => counts.forgetUsers(new Set([user])));
        for (const work of works) work.next();
        let atMs = AT_MS + many.length * 60_000;
        for (const [number, { kind, user }] of steps.entries()) {
          if (kind === 'go on') works[user]?.next();
          else if (kind === 'snapshot') {
            from = user;
            counts.useSnapshot(segments[number % 2]!, from);
          } else {
            const happening = { query: texts[number % 3]!, user: users[user]!, passedMs: 60_000 };
            atMs += 60_000;
            const { query } = happening;
            const event = { type: 'search', eventId: `m${number}`, atMs, query } as const;
            const who = { user: happening.user, session: null };
            const record = { event, arrivedMs: atMs, market: 'und', ...who };
            counts.apply(record, happenings.push(happening) - 1);
          }
        }
        for (const work of works) finish(work);
        const isForgotten = (user: string) => user === 'u6' || user === 'u7';
        const fresh = countsOf(happenings, (offset, user) => offset >= from && !isForgotten(user));
        expect(contentOf(counts)).toEqual(contentOf(fresh));
      }),
      { numRuns: 20 },
    );
  });
});
