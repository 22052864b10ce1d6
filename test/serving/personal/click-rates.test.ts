import { describe, expect, it } from 'vitest';
import type { Event } from '../../../indexer/events/event.ts';
import { ClickRates } from '../../../serving/personal/click-rates.ts';

const AT_MS = Date.UTC(2026, 4, 31);
let next = 0;

function apply(rates: ClickRates, event: Partial<Event> & { type: Event['type'] }, atMs = AT_MS) {
  const whole = { eventId: `e${next++}`, atMs, requestId: 'r', surface: 'suggest', ...event };
  rates.apply({ event: whole as Event, arrivedMs: atMs, user: 'u', session: null, market: 'und' });
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
