import fc from 'fast-check';
import type { Event } from '../../../indexer/events/event.ts';
import type { EventRecord } from '../../../indexer/events/event-record.ts';
import { historyId, suggestionId } from '../../../indexer/events/suggestion-id.ts';
import { Profile } from '../../../ranking/profiles/profile.ts';
import { updateProfile } from '../../../ranking/profiles/update-profile.ts';

export const OWNER = 'AAAAAAAAAAAAAAAAAAAAAA';
export const MINUTE_MS = 60_000;
export const DAY_MS = 86_400_000;
/** Some Sunday at midnight. */
export const START_MS = Date.UTC(2026, 10, 22);

let count = 0;

export function search(query: string, atMs: number, more: Partial<EventRecord> = {}): EventRecord {
  return record({ type: 'search', query, eventId: `e${count++}`, atMs }, more);
}

export function remove(
  named: { readonly id: string } | { readonly query: string },
  atMs: number,
): EventRecord {
  return record({ type: 'remove', eventId: `e${count++}`, atMs, ...named });
}

export function watch(video: string, atMs: number, seconds = 60): EventRecord {
  return record({ type: 'watch', video, seconds, eventId: `e${count++}`, atMs });
}

export function record(event: Event, more: Partial<EventRecord> = {}): EventRecord {
  return { event, arrivedMs: START_MS, user: OWNER, session: null, market: 'und', ...more };
}

export function fold(records: readonly EventRecord[], profile = new Profile()): Profile {
  return records.reduce(updateProfile, profile);
}

export function queriesOf(profile: Profile): string[] {
  return profile.history.map(({ normalised }) => normalised);
}

const word = fc.constantFrom(
  ...['new', 'york', 'New', 'cars', 'Ferrari', 'red', 'r', 're', '東京', 'タワー', 'çorba', '🚗'],
  ...['ﬁne', 'MÜNCHEN', 'a'.repeat(120), '𝒳'.repeat(100), '\ud800', 'new yo', 'john@example.com'],
);
const query = fc.oneof(
  { weight: 5, arbitrary: fc.array(word, { minLength: 1, maxLength: 4 }).map((w) => w.join(' ')) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 140 }).map((text) => `x${text}`) },
  { weight: 1, arbitrary: fc.constant('q'.repeat(1_024)) },
);
const atMs = fc.oneof(
  { weight: 6, arbitrary: fc.integer({ min: 0, max: 3 * DAY_MS }).map((ms) => START_MS + ms) },
  { weight: 6, arbitrary: fc.integer({ min: 0, max: 60_000 }).map((ms) => START_MS + ms) },
  { weight: 1, arbitrary: fc.constantFrom(-8.64e15, 8.64e15, 0, START_MS - 4_000 * DAY_MS) },
);
const id = fc.oneof(
  query.map(suggestionId),
  query.map((text) => historyId(OWNER, text)),
  fc.string({ minLength: 1, maxLength: 20 }),
);
const data = fc.record(
  {
    terms: fc.array(fc.string({ minLength: 1, maxLength: 24 }), { maxLength: 12 }),
    entities: fc.array(fc.nat({ max: 2 ** 32 - 1 }), { maxLength: 4 }),
    topics: fc.array(
      fc.tuple(fc.nat({ max: 2 ** 32 - 1 }), fc.double({ min: 0, max: 1, noNaN: true })),
      { maxLength: 9 },
    ),
    language: fc.constantFrom('en', 'tr', 'ja', 'ko', 'de', 'fr', 'es', 'it'),
    script: fc.constantFrom('Latn', 'Jpan', 'Cyrl'),
  },
  { requiredKeys: [] },
);

/** Any record of OWNER that a log may hold. */
export const anyRecord: fc.Arbitrary<EventRecord> = fc.oneof(
  { weight: 6, arbitrary: fc.tuple(query, atMs).map(([text, at]) => search(text, at)) },
  {
    weight: 3,
    arbitrary: fc.tuple(query, atMs, data).map(([text, at, known]) => {
      const { normalised } = {
        normalised: text
          .toLowerCase()
          .slice(0, 128)
          .replace(/\p{Surrogate}/gu, ''),
      };
      const enriched = {
        version: 1,
        snapshot: 's',
        data: { kind: 'search', normalised, ...known },
      };
      return search(text, at, { enriched });
    }),
  },
  {
    weight: 2,
    arbitrary: fc
      .tuple(
        fc.constantFrom('v1', 'v2', 'v'.repeat(128), 'ü'.repeat(64), '視'.repeat(42), 'v5'),
        atMs,
        fc.constantFrom(0, -5, 1e300, Number.NaN, Number.POSITIVE_INFINITY, 30, 0.001),
        data,
      )
      .map(([video, at, seconds, known]) => ({
        ...watch(video, at, seconds),
        enriched: { version: 1, snapshot: 's', data: { kind: 'item', ...known } },
      })),
  },
  { weight: 1, arbitrary: fc.tuple(query, atMs).map(([text, at]) => remove({ query: text }, at)) },
  { weight: 1, arbitrary: fc.tuple(id, atMs).map(([named, at]) => remove({ id: named }, at)) },
);

/** Logs of any length, the long ones full. */
export const anyLog: fc.Arbitrary<readonly EventRecord[]> = fc.oneof(
  fc.array(anyRecord, { maxLength: 30 }),
  fc.array(anyRecord, { minLength: 150, maxLength: 400 }),
);
