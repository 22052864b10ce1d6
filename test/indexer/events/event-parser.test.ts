import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ReceivedEvent } from '../../../indexer/events/event.ts';
import { parseEvent } from '../../../indexer/events/event-parser.ts';
import { REJECTION_CODES, Rejection } from '../../../indexer/events/event-rejection.ts';

const NOW_MS = Date.UTC(2026, 5, 1);
const AT = '2026-05-31T12:00:00Z';
const parse = (value: unknown) => parseEvent(value, { nowMs: NOW_MS });
const base = { eventId: 'e1', at: AT };

function taken(value: unknown): ReceivedEvent {
  const parsed = parse(value);
  if (parsed instanceof Rejection) throw new Error(`${parsed.code}: ${parsed.detail}`);
  return parsed;
}

/** One of each type with every field. */
const WHOLE = {
  search: {
    query: 'new york',
    origin: 'typed',
    requestId: 'r',
    video: 'v',
    clicked: 'https://example.org/x',
    results: 3,
  },
  impression: { requestId: 'r', surface: 'suggest', items: [{ id: 'a', position: 1 }] },
  click: { requestId: 'r', surface: 'entities', id: 'a', position: 2 },
  video: {
    video: 'v',
    title: 't',
    description: 'd',
    tags: ['x', 'y'],
    transcript: 'words',
    creator: 'c',
  },
  comment: { comment: 'c', video: 'v', text: 'nice' },
  watch: { video: 'v', seconds: 12.5 },
  remove: { id: 'a' },
} as const;
const TYPES = Object.keys(WHOLE) as (keyof typeof WHOLE)[];

describe('parseEvent', () => {
  it.each(TYPES)('takes a whole %s event, user and session apart', (type) => {
    const context = { device: 'tv', __proto__: null };
    const value = { type, ...base, user: 'u', session: 's', market: 'EN-us', context };
    expect(taken({ ...value, ...WHOLE[type] })).toEqual({
      event: {
        type,
        eventId: 'e1',
        atMs: Date.parse(AT),
        context: { device: 'tv' },
        ...WHOLE[type],
      },
      user: 'u',
      session: 's',
      market: 'en-US',
    });
  });

  it.each([
    ['search', 'query'],
    ['impression', 'requestId'],
    ['impression', 'surface'],
    ['impression', 'items'],
    ['click', 'requestId'],
    ['click', 'surface'],
    ['click', 'id'],
    ['click', 'position'],
    ['video', 'video'],
    ['video', 'title'],
    ['comment', 'comment'],
    ['comment', 'video'],
    ['comment', 'text'],
    ['watch', 'video'],
    ['watch', 'seconds'],
    ['remove', 'id'],
  ] as const)('misses in a %s event its %s, absent or null', (type, field) => {
    for (const fields of [{ [field]: undefined }, { [field]: null }]) {
      expect(parse({ type, ...base, ...WHOLE[type], ...fields })).toMatchObject({
        code: 'missing_field',
        detail: expect.stringContaining(field),
      });
    }
  });

  it('takes an event without anything that may be left out, or with null for it', () => {
    const least = { type: 'search', ...base, query: 'q' };
    const nothing = { user: null, session: null, market: null, context: null, origin: null };
    expect(taken({ ...least, ...nothing })).toEqual(taken(least));
    expect(taken(least)).toEqual({
      event: { type: 'search', eventId: 'e1', atMs: Date.parse(AT), query: 'q' },
      user: null,
      session: null,
      market: 'und',
    });
  });

  it('keeps nothing of fields that it does not know', () => {
    const event = taken({ type: 'watch', ...base, ...WHOLE.watch, email: 'x', v: 2 }).event;
    expect(Object.keys(event).sort()).toEqual(['atMs', 'eventId', 'seconds', 'type', 'video']);
  });

  it('keeps a context key that an assignment would lose', () => {
    const value = JSON.parse(`{"type":"watch","eventId":"e","at":0,"video":"v","seconds":0,
      "context":{"__proto__":"a","constructor":"b"}}`);
    expect(JSON.stringify(taken(value).event.context)).toBe('{"__proto__":"a","constructor":"b"}');
  });

  it.each([
    ['a string', 'x', 'invalid_event'],
    ['null', null, 'invalid_event'],
    ['a list', [], 'invalid_event'],
    ['no type', base, 'missing_field'],
    ['an unknown type', { type: 'buy', ...base }, 'unknown_type'],
    ['an inherited name as type', { type: 'constructor', ...base }, 'unknown_type'],
    ['no id', { type: 'search', at: AT, query: 'q' }, 'missing_field'],
    ['an empty id', { type: 'search', ...base, eventId: '', query: 'q' }, 'invalid_field'],
    ['a number as id', { type: 'search', ...base, eventId: 7, query: 'q' }, 'invalid_field'],
    [
      'half a character in an id',
      { type: 'watch', ...base, video: '\ud83d', seconds: 1 },
      'invalid_field',
    ],
    ['a blank query', { type: 'search', ...base, query: ' \t' }, 'invalid_field'],
    ['an unknown origin', { type: 'search', ...base, query: 'q', origin: 'x' }, 'invalid_field'],
    [
      'an unknown surface',
      { type: 'click', ...base, ...WHOLE.click, surface: 'x' },
      'invalid_field',
    ],
    ['position 0', { type: 'click', ...base, ...WHOLE.click, position: 0 }, 'invalid_field'],
    ['position 1.5', { type: 'click', ...base, ...WHOLE.click, position: 1.5 }, 'invalid_field'],
    ['position "1"', { type: 'click', ...base, ...WHOLE.click, position: '1' }, 'invalid_field'],
    [
      'an item off its form',
      { type: 'impression', ...base, ...WHOLE.impression, items: [1] },
      'invalid_field',
    ],
    [
      'an item without id',
      { type: 'impression', ...base, ...WHOLE.impression, items: [{ position: 1 }] },
      'missing_field',
    ],
    [
      'a negative time watched',
      { type: 'watch', ...base, video: 'v', seconds: -1 },
      'invalid_field',
    ],
    [
      'a number in context',
      { type: 'watch', ...base, ...WHOLE.watch, context: { a: 1 } },
      'invalid_field',
    ],
    ['a list as context', { type: 'watch', ...base, ...WHOLE.watch, context: [] }, 'invalid_field'],
    ['negative results', { type: 'search', ...base, query: 'q', results: -1 }, 'invalid_field'],
    ['a malformed market', { type: 'search', ...base, query: 'q', market: 'e!' }, 'invalid_market'],
    ['a number as market', { type: 'search', ...base, query: 'q', market: 1 }, 'invalid_market'],
    ['both ways to remove', { type: 'remove', ...base, id: 'a', query: 'b' }, 'invalid_field'],
  ] as const)('rejects %s', (_, value, code) => {
    const parsed = parse(value);
    expect(parsed).toBeInstanceOf(Rejection);
    expect(parsed).toMatchObject({ code, detail: expect.any(String) });
  });

  it.each([
    ['eventId', 'search', 128],
    ['user', 'search', 128],
    ['session', 'search', 128],
    ['requestId', 'search', 128],
    ['video', 'search', 128],
    ['id', 'click', 128],
    ['creator', 'video', 128],
    ['comment', 'comment', 128],
  ] as const)('takes %s of a %s event up to %i bytes of UTF-8', (field, type, bytes) => {
    const value = { type, ...base, ...WHOLE[type] };
    for (const unit of ['x', 'é', '北', '👍']) {
      const longest = unit.repeat(bytes / Buffer.byteLength(unit));
      expect(parse({ ...value, [field]: longest })).not.toBeInstanceOf(Rejection);
      expect(parse({ ...value, [field]: `${longest}${unit}` })).toMatchObject({ code: 'too_long' });
    }
  });

  it.each([
    ['query', 'search', 1_024],
    ['title', 'video', 5_000],
    ['description', 'video', 5_000],
    ['transcript', 'video', 100_000],
    ['text', 'comment', 5_000],
  ] as const)('takes %s of a %s event up to %i code points', (field, type, length) => {
    const value = { type, ...base, ...WHOLE[type] };
    for (const unit of ['x', '👍']) {
      const longest = unit.repeat(length);
      expect(parse({ ...value, [field]: longest })).not.toBeInstanceOf(Rejection);
      expect(parse({ ...value, [field]: `${longest}y` })).toMatchObject({ code: 'too_long' });
    }
  });

  it('takes an event up to five minutes from the future, and any from the past', () => {
    const at = (value: unknown) => parse({ type: 'search', eventId: 'e', query: 'q', at: value });
    expect(at(NOW_MS + 300_000)).not.toBeInstanceOf(Rejection);
    expect(at(NOW_MS + 300_001)).toMatchObject({ code: 'future_time' });
    for (const old of [0, -1, '1969-12-31', '0001-01-01T00:00:00Z', -8.64e15]) {
      expect(at(old)).not.toBeInstanceOf(Rejection);
    }
  });

  it.each([
    ['2026-05-31T12:00:00Z', Date.UTC(2026, 4, 31, 12)],
    ['2026-05-31T12:00:00', Date.UTC(2026, 4, 31, 12)],
    ['2026-05-31 12:00', Date.UTC(2026, 4, 31, 12)],
    ['2026-05-31', Date.UTC(2026, 4, 31)],
    ['2026-05-31T12:00:00.1239+02:00', Date.UTC(2026, 4, 31, 10, 0, 0, 123)],
    ['2026-05-31T12:00:60-0130', Date.UTC(2026, 4, 31, 13, 31)],
    ['20260531T120000Z', Date.UTC(2026, 4, 31, 12)],
    ['0050-01-01', new Date('0050-01-01T00:00:00Z').getTime()],
    [1_700_000_000_000, 1_700_000_000_000],
    ['1700000000000', 1_700_000_000_000],
    [1.9, 1],
  ])('reads the time %j', (at, atMs) => {
    expect(taken({ type: 'search', eventId: 'e', query: 'q', at }).event.atMs).toBe(atMs);
  });

  it.each([
    'yesterday',
    '',
    '2026-02-30',
    '2026-13-01',
    '2026-05-31T24:00',
    '2026-05-31T12:61',
    '12:00',
    true,
    {},
    9e15,
    '2026-05-31T12:00:00+99:00',
    '2026-5-1',
  ])('does not take %j for a time', (at) => {
    const parsed = parse({ type: 'search', eventId: 'e', query: 'q', at });
    expect(parsed).toMatchObject({ code: 'invalid_time' });
  });

  it('answers any JSON, and never with a value in the detail', () => {
    const secret = 'alice@example.org';
    const anything = fc.oneof(fc.jsonValue(), fc.constant(secret), fc.constant([secret]));
    const fields = [
      'eventId',
      'at',
      'user',
      'market',
      'context',
      'query',
      'items',
      'surface',
      'id',
    ];
    const event = fc.tuple(
      fc.constantFrom(...TYPES),
      fc.dictionary(fc.constantFrom(...fields), anything),
    );
    fc.assert(
      fc.property(event, ([type, changed]) => {
        const parsed = parse({ type, ...base, ...WHOLE[type], ...changed });
        if (!(parsed instanceof Rejection)) return;
        expect(REJECTION_CODES).toContain(parsed.code);
        expect(parsed.detail).not.toContain(secret);
      }),
    );
  });
});
