import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decayedOne } from '../../../ranking/profiles/decayed-weight.ts';
import {
  HISTORY_HALF_LIFE_MS,
  type ProfileQuery,
  profileQuery,
} from '../../../ranking/profiles/profile-query.ts';
import { SearchHistory } from '../../../ranking/profiles/search-history.ts';
import { varintBytes } from '../../../ranking/profiles/varint.ts';
import { START_MS } from './event-records.ts';

function queryOf(normalised: string, lastMs: number, count: number): ProfileQuery {
  const weight = decayedOne(lastMs, HISTORY_HALF_LIFE_MS) + (count - 1) * 1_000;
  return profileQuery(
    { normalised, surface: normalised, isBlocked: false },
    { lastMs, count, weight },
  );
}

/** What a list takes, added up anew. */
function bytesOf(queries: readonly ProfileQuery[]): number {
  return queries.reduce((sum, query, place) => {
    const later = queries[place - 1];
    return (
      sum + query.storedBytes + (later === undefined ? 0 : varintBytes(later.lastMs - query.lastMs))
    );
  }, 0);
}

const changes = fc.array(
  fc.record({
    kind: fc.constantFrom('insert', 'remove', 'count'),
    text: fc.constantFrom('a', 'b', 'two words', '東京', 'été', 'long '.repeat(40).trim()),
    ageMs: fc.oneof(fc.nat(200), fc.nat(10_000_000_000)),
    count: fc.integer({ min: 1, max: 300 }),
  }),
  { maxLength: 40 },
);

describe('the searches of a profile', () => {
  test('stay in order, are found, and take what they take, whatever comes and goes', () => {
    fc.assert(
      fc.property(changes, (log) => {
        const history = new SearchHistory();
        let naive: ProfileQuery[] = [];
        for (const { kind, text, ageMs, count } of log) {
          const place = history.placeOf(text);
          expect(place).toBe(naive.findIndex(({ normalised }) => normalised === text));
          const known = naive[place];
          if (kind === 'count' && known !== undefined) {
            const counted = queryOf(text, known.lastMs, count);
            history.replace(place, counted);
            naive[place] = counted;
          } else if (known !== undefined) {
            history.remove(place);
            naive.splice(place, 1);
          }
          if (kind === 'insert') {
            const query = queryOf(text, START_MS - ageMs, count);
            history.insert(query);
            // Sorting is stable: of one time, what came last stands first.
            naive = [query, ...naive].sort((a, b) => b.lastMs - a.lastMs);
          }
          expect(history.queries).toEqual(naive);
          expect(history.storedBytes).toBe(bytesOf(naive));
        }
        const read = new SearchHistory();
        for (const query of naive) read.append(query);
        expect(read.queries).toEqual(naive);
        expect(read.storedBytes).toBe(history.storedBytes);
      }),
    );
  });
});
