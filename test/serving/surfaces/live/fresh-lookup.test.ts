import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { EventRecord } from '../../../../indexer/events/event-record.ts';
import { FreshCompletions } from '../../../../serving/surfaces/live/fresh-completions.ts';
import type { FreshSnapshot } from '../../../../serving/surfaces/live/fresh-snapshot.ts';
import { TrendingStore } from '../../../../serving/surfaces/live/trending-store.ts';

const MINUTE_MS = 60_000;
const QUERIES = ['pin one', 'pin two', 'one pin', 'lamp', 'lamp pin', '東京 pin'] as const;
const TYPED = ['p', 'pin', 'pin ', 'one', 'l', '東', 'lamp p'] as const;
const MARKETS = ['und', 'en'] as const;

/** A snapshot that has some texts, each in all markets or in one. */
function snapshotWith(held: readonly string[], minUsers: number): FreshSnapshot {
  return {
    ...{ minUsers, halfLifeDays: 1, safety: true, fillsOnly: false },
    choose: (market) => ({ market, views: [] }),
    holds: (form, { market }) => held.includes(form) || held.includes(`${form} in ${market}`),
    topLogScore: () => 10,
  };
}

/** Fresh completions with their own trends, over one clock. */
function make(nowMs: () => number) {
  const trending = new TrendingStore();
  return { trending, fresh: new FreshCompletions({ trending, nowMs }) };
}

const step = fc.oneof(
  fc.record({
    kind: fc.constant('search' as const),
    query: fc.constantFrom(...QUERIES),
    user: fc.nat(5),
    market: fc.constantFrom(...MARKETS),
  }),
  fc.record({ kind: fc.constant('forget' as const), user: fc.nat(5) }),
  fc.record({ kind: fc.constant('wait' as const), minutes: fc.constantFrom(2, 60, 3_000) }),
  fc.record({
    kind: fc.constant('swap' as const),
    held: fc.subarray(['lamp', 'pin two in und', 'pin one in en', 'one pin in und']),
    minUsers: fc.constantFrom(1, 2),
  }),
);

describe('FreshLookup', () => {
  it('finds what it would had nobody asked before, whatever happened since they did', () => {
    let compared = 0;
    fc.assert(
      fc.property(fc.array(step, { minLength: 10, maxLength: 60 }), (steps) => {
        let nowMs = Date.parse('2026-05-01T00:00:00Z');
        const asked = make(() => nowMs);
        const worlds = [asked, make(() => nowMs)];
        for (const { fresh } of worlds) fresh.useSnapshot(snapshotWith([], 2));
        const ask = ({ fresh }: typeof asked) =>
          TYPED.flatMap((typed) =>
            MARKETS.map((market) => fresh.find(typed, { market, views: [] }, 3)),
          );
        steps.forEach((each, i) => {
          nowMs += 1_000;
          if (each.kind === 'wait') nowMs += each.minutes * MINUTE_MS;
          for (const { fresh, trending } of worlds) {
            if (each.kind === 'forget') {
              fresh.forgetUser(`u${each.user}`);
              trending.forgetUser(`u${each.user}`);
            } else if (each.kind === 'swap') {
              fresh.useSnapshot(snapshotWith(each.held, each.minUsers));
            } else if (each.kind === 'search') {
              const { query, user, market } = each;
              const event = { type: 'search', eventId: `e${i}`, atMs: nowMs, query } as const;
              const record = {
                ...{ event, arrivedMs: nowMs, user: `u${user}`, session: null, market },
              } as EventRecord;
              trending.apply(record);
              fresh.apply(record);
            }
          }
          ask(asked);
        });
        const [after, never] = worlds.map(ask);
        expect(namesOf(after)).toEqual(namesOf(never));
        compared += never?.flat().length ?? 0;
      }),
    );
    expect(compared).toBeGreaterThan(200);
  });

  it('gives the same list until something changes that may be in it, or a minute passed', () => {
    let nowMs = Date.parse('2026-05-01T00:00:00Z');
    const { fresh, trending } = make(() => nowMs);
    let looks = 0;
    const snapshot = snapshotWith([], 2);
    const holds: FreshSnapshot['holds'] = (...of) => {
      looks++;
      return snapshot.holds(...of);
    };
    fresh.useSnapshot({ ...snapshot, holds });
    const search = (query: string, user: string) => {
      const event = { type: 'search', eventId: `${query} ${user}`, atMs: nowMs, query } as const;
      fresh.apply({ event, arrivedMs: nowMs, user, session: null, market: 'en' } as EventRecord);
    };
    for (const user of ['a', 'b']) search('pin one', user);
    const find = () => fresh.find('pin', { market: 'und', views: [] }, 3);
    const before = looks;
    const first = find();
    expect(first).toHaveLength(1);
    expect(find()).toBe(first);
    for (const user of ['a', 'b']) search('lamp', user);
    expect(find()).toBe(first);
    nowMs += MINUTE_MS;
    const faded = find();
    expect(faded).not.toBe(first);
    expect(faded[0]!.logScore).toBeLessThan(first[0]!.logScore);
    search('pin one', 'c');
    expect(find()[0]!.logScore).toBeGreaterThan(faded[0]!.logScore);
    // Three searches asked whether the snapshot has it, and the first lookup of another market; no later one did.
    expect(looks - before).toBe(1 + 3);
    expect(trending.trendingIn('und', nowMs).queries).toEqual([]);
  });
});

/** What is found, its scores to what fades within a minute. */
function namesOf(found: readonly (readonly { readonly normalised: string }[])[] | undefined) {
  return found?.map((list) => list.map(({ normalised }) => normalised));
}
