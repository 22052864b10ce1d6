import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Event } from '../../../indexer/events/event.ts';
import type { EventRecord } from '../../../indexer/events/event-record.ts';
import { ClickRates } from '../../../serving/personal/click-rates.ts';

const AT_MS = Date.UTC(2026, 4, 31);
const DAY_MS = 86_400_000;
let next = 0;

type Said = Partial<Event> & { type: Event['type'] };
type Who = Partial<Pick<EventRecord, 'user' | 'session'>>;

function recordOf(event: Said, who: Who, atMs = AT_MS): EventRecord {
  const whole = { eventId: `e${next++}`, atMs, requestId: 'r', surface: 'suggest', ...event };
  const base = { arrivedMs: atMs, user: null, session: null, market: 'und' };
  return { ...base, event: whole as Event, ...who };
}

/** Somebody else every time, unless somebody is named. */
function apply(rates: ClickRates, event: Said, who: Who = { user: `u${next}` }, atMs = AT_MS) {
  rates.apply(recordOf(event, who, atMs));
}

function show(rates: ClickRates, id: string, position: number, times = 1, requestId = 'r') {
  for (let i = 0; i < times; i++) {
    apply(rates, { type: 'impression', requestId, items: [{ id, position }] });
  }
}

function click(rates: ClickRates, id: string, times = 1, requestId = 'r') {
  for (let i = 0; i < times; i++) apply(rates, { type: 'click', requestId, id, position: 1 });
}

describe('click rates', () => {
  it('know nothing of what was never shown', () => {
    const rates = new ClickRates();
    expect(rates.isEmpty).toBe(true);
    expect(rates.rateOf('a')).toBe(0);
  });

  it('count a place less the less it is looked at', () => {
    const rates = new ClickRates({ positionBias: 1 });
    expect([1, 2, 10].map((position) => rates.propensityAt(position))).toEqual([1, 0.5, 0.1]);
    show(rates, 'low', 10, 100);
    show(rates, 'high', 1, 100);
    click(rates, 'low', 10);
    click(rates, 'high', 10);
    expect(rates.rateOf('low')).toBeGreaterThan(rates.rateOf('high') + 1);
  });

  it('are smoothed towards the usual: one click tells less than many', () => {
    const rates = new ClickRates();
    show(rates, 'once', 1, 1);
    click(rates, 'once', 1);
    show(rates, 'often', 1, 100);
    click(rates, 'often', 100);
    expect(rates.rateOf('once')).toBeGreaterThan(0);
    expect(rates.rateOf('often')).toBeGreaterThan(rates.rateOf('once'));
    show(rates, 'never', 1, 100);
    expect(rates.rateOf('never')).toBeLessThan(0);
  });

  it('tell one typed text from another where the request is known', () => {
    const rates = new ClickRates();
    rates.noteRequest('r1', 'ne');
    show(rates, 'a', 1, 50, 'r1');
    click(rates, 'a', 50, 'r1');
    expect(rates.rateAfter('ne', 'a')).toBeGreaterThan(1);
    expect(rates.rateAfter('new', 'a')).toBe(0);
  });

  it('hear of no other surface, and keep no more than they may', () => {
    const rates = new ClickRates({ capacity: 10 });
    apply(rates, { type: 'impression', surface: 'related', items: [{ id: 'x', position: 1 }] });
    expect(rates.isEmpty).toBe(true);
    for (let i = 0; i < 30; i++) show(rates, `a${i}`, 1, 5);
    expect(rates.rateOf('a0')).toBe(0);
    expect(rates.rateOf('a29')).toBeLessThan(0);
  });
});

describe('one person', () => {
  const look = (id: string, position = 1) =>
    ({ type: 'impression', items: [{ id, position }] }) as const;
  const take = (id: string) => ({ type: 'click', id, position: 1 }) as const;

  it('moves a rate by one click with a thousand of them, five people by five', () => {
    const [once, often, five] = [new ClickRates(), new ClickRates(), new ClickRates()];
    for (const rates of [once, often, five]) for (let i = 0; i < 20; i++) apply(rates, look('a'));
    apply(once, take('a'), { user: 'ann' });
    for (let i = 0; i < 1_000; i++) {
      apply(often, { ...take('a'), requestId: `r${i}` }, { user: 'ann' }, AT_MS + i);
    }
    for (let i = 0; i < 5; i++) apply(five, take('a'), { user: `p${i}` });
    expect(often.tallyOf('a')?.clicks).toBeCloseTo(1, 6);
    expect(often.rateOf('a')).toBeCloseTo(once.rateOf('a'), 4);
    expect(five.tallyOf('a')?.clicks).toBe(5);
  });

  it('looks once a day, at the best of the positions', () => {
    const rates = new ClickRates({ positionBias: 1 });
    for (const position of [4, 2, 8, 2, 4]) apply(rates, look('a', position), { session: 's' });
    expect(rates.tallyOf('a')?.looks).toBeCloseTo(0.5, 6);
    apply(rates, look('a', 4), { session: 's' }, AT_MS + DAY_MS);
    expect(rates.tallyOf('a')?.looks).toBeCloseTo(0.5 * 2 ** (-1 / 14) + 0.25, 6);
  });

  it('counts once after each typed text', () => {
    const rates = new ClickRates();
    rates.noteRequest('r1', 'n');
    rates.noteRequest('r2', 'ne');
    for (const requestId of ['r1', 'r2', 'r1', 'r2']) {
      apply(rates, { ...take('a'), requestId }, { user: 'ann' });
    }
    expect(rates.tallyOf('a')?.clicks).toBe(1);
    for (const typed of ['n', 'ne']) {
      expect(rates.talliesAfter(typed)?.tallies.get('a')?.clicks).toBe(1);
    }
  });

  it('counts a quarter, once a request, where neither user nor session is known', () => {
    const rates = new ClickRates();
    for (let i = 0; i < 3; i++) apply(rates, { ...take('a'), requestId: 'r1' }, {});
    expect(rates.tallyOf('a')?.clicks).toBe(0.25);
    apply(rates, { ...take('a'), requestId: 'r2' }, {});
    expect(rates.tallyOf('a')?.clicks).toBe(0.5);
  });

  it('never has more than a look and a click a day of a suggestion, whatever is sent', () => {
    const event = fc.record({
      id: fc.constantFrom('a', 'b'),
      user: fc.constantFrom('ann', 'bob'),
      position: fc.integer({ min: 1, max: 12 }),
      isClick: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(event, { maxLength: 60 }), (events) => {
        const rates = new ClickRates({ capacity: 64 });
        for (const { id, user, position, isClick } of events) {
          apply(rates, isClick ? take(id) : look(id, position), { user });
        }
        for (const id of ['a', 'b']) {
          const own = events.filter((each) => each.id === id);
          const lookers = new Map<string, number>();
          for (const { user, position, isClick } of own) {
            const seen = isClick ? 0 : rates.propensityAt(position);
            lookers.set(user, Math.max(lookers.get(user) ?? 0, seen));
          }
          const looks = [...lookers.values()].reduce((sum, seen) => sum + seen, 0);
          const takers = new Set(own.filter(({ isClick }) => isClick).map(({ user }) => user));
          expect(rates.tallyOf(id)?.looks ?? 0).toBeCloseTo(looks, 5);
          expect(rates.tallyOf(id)?.clicks ?? 0).toBe(takers.size);
        }
      }),
    );
  });
});

describe('a click', () => {
  it('on what the answer did not show counts nothing, where the answer is known', () => {
    const rates = new ClickRates({ capacity: 64 });
    rates.useAnswers({
      shows: (requestId, id) => (requestId === 'known' ? id === 'shown' : null),
      typedIn: (requestId) => (requestId === 'known' ? 'ne' : null),
    });
    click(rates, 'shown', 1, 'known');
    click(rates, 'other', 1, 'known');
    click(rates, 'other', 1, 'unknown');
    expect(rates.tallyOf('shown')?.clicks).toBe(1);
    expect(rates.tallyOf('other')?.clicks).toBe(1);
    expect([...(rates.talliesAfter('ne')?.tallies.keys() ?? [])]).toEqual(['shown']);
  });
});

/** Everything that rates tell of a few suggestions. */
function contentOf(rates: ClickRates) {
  const told = (id: string) => [rates.rateOf(id), { ...rates.tallyOf(id) }];
  return ['a', 'b', 'ç€'].map((id) => [
    told(id),
    ...['n', 'ne', 'new'].map((typed) => rates.rateAfter(typed, id)),
  ]);
}

const happening = fc.record({
  id: fc.constantFrom('a', 'b', 'ç€'),
  user: fc.constantFrom('ann', 'bob', null),
  request: fc.constantFrom('n', 'ne', 'new'),
  isClick: fc.boolean(),
  passedMs: fc.constantFrom(0, 1_000, 5 * 3_600_000),
});

type Happening = typeof happening extends fc.Arbitrary<infer Value> ? Value : never;

function applyAll(rates: ClickRates, happenings: readonly Happening[]): void {
  for (const typed of ['n', 'ne', 'new']) rates.noteRequest(typed, typed);
  let atMs = AT_MS;
  happenings.forEach(({ id, user, request, isClick, passedMs }, offset) => {
    atMs += passedMs;
    const event: Said = isClick
      ? { type: 'click', requestId: request, id, position: 2 }
      : { type: 'impression', requestId: request, items: [{ id, position: 2 }] };
    const record = recordOf(event, { user }, atMs);
    rates.apply(record, offset);
  });
}

describe('a checkpoint of click rates', () => {
  it('read, and what came after it folded in, tells the same to the last bit', () => {
    fc.assert(
      fc.property(fc.array(happening, { maxLength: 40 }), fc.nat(40), (all, cut) => {
        const whole = new ClickRates({ capacity: 64 });
        applyAll(whole, all);
        const before = new ClickRates({ capacity: 64 });
        applyAll(before, all.slice(0, cut));
        const after = new ClickRates({ capacity: 64 });
        after.restore(before.encode(), before.reached);
        // From some way before it, for who did what lately: all of the past day, here.
        applyAll(after, all);
        expect(contentOf(after)).toEqual(contentOf(whole));
        expect(after.reached).toBe(whole.reached);
      }),
    );
  });

  it('begins a little before where it was written, within a day, and without one further back', () => {
    const log = { first: 0, end: 1_000_000, nowMs: AT_MS, arrivedSince: () => 0 };
    const rates = new ClickRates({ capacity: 64 });
    expect(rates.replayFrom(log)).toBe(800_000);
    rates.restore(new ClickRates({ capacity: 64 }).encode(), 950_000);
    expect(rates.replayFrom(log)).toBe(930_000);
    expect(rates.replayFrom({ ...log, arrivedSince: () => 945_000 })).toBe(945_000);
    expect(rates.replayFrom({ ...log, arrivedSince: () => 999_000 })).toBe(950_000);
  });

  it('holds no text that was typed, and nothing that was forgotten', () => {
    const rates = new ClickRates({ capacity: 64 });
    rates.noteRequest('r1', 'a secret text');
    click(rates, 'mine', 1, 'r1');
    click(rates, 'theirs', 1, 'r2');
    expect(rates.encode().includes('secret')).toBe(false);
    expect(rates.encode().includes('mine')).toBe(true);
    rates.forgetTraces({ suggestionIds: new Set(['mine']), requestIds: new Set(['r1']) });
    expect(rates.encode().includes('mine')).toBe(false);
    expect(rates.encode().includes('theirs')).toBe(true);
  });

  it('of looks by another bias, cut short, or of another version is refused, and counts nothing', () => {
    const written = new ClickRates({ positionBias: 1 });
    show(written, 'a', 1, 5);
    const bytes = written.encode();
    const other = Buffer.from(bytes);
    other.writeUInt32LE(9, 0);
    const isRefused = (rates: ClickRates, content: Buffer) => {
      expect(() => rates.restore(content, 7)).toThrow(RangeError);
      expect([rates.isEmpty, rates.reached, rates.rateOf('a')]).toEqual([true, 0, 0]);
    };
    isRefused(new ClickRates({ capacity: 64 }), bytes);
    isRefused(new ClickRates({ positionBias: 1 }), bytes.subarray(0, bytes.length - 3));
    isRefused(new ClickRates({ positionBias: 1 }), other);
  });
});
