import { expect, test } from 'vitest';
import { historyId } from '../../../indexer/events/suggestion-id.ts';
import { decodeProfile, encodeProfile } from '../../../ranking/profiles/profile-codec.ts';
import { fold, MINUTE_MS, OWNER, remove, START_MS, search, watch } from './event-records.ts';

/** Bytes of every version, as they were written; never to be changed. */
const VERSION_1 =
  'AXk2D8gvAHRva3lvdG93ZXLDp29yYmFyZWRlbkxhdG52MXRva3lvIHRvd2VycmVkw6dvcmJhwPKeicBooNEZBAX/DwX/DwUAAwABCQAAAIAgAQcAAAAAAQIAAQT/HwEA/x8BAsCpBwIfeBUG8Wyog4CmHQFdi2Pi/q3bwfwVAqDRGQGAEAQAAIEQAAGBEAQA0wYFANMGA7ABAAKAEDjg1ANY4KcS';
const VERSION_2 =
  'AqGwTskiAJMLGQ+TF0A2PwIBRgRH/QBMRA4WHJMLGVWTF0BGBDY/AgHA8p6JwGig0RkEBf8PBf8PBQADAAEJAAAAgCABBwAAAAABAgABBP8fAQD/HwECwKkHAh94FQbxbKiDgKYdAV2LY+L+rdvB/BUCoNEZAYAQBAAAgRAAAYEQBADTBgUA0wYDLAACgBAN4NQDFeCnEg==';

function sample() {
  const at = (minutes: number) => START_MS + minutes * MINUTE_MS;
  const data = {
    terms: ['red'],
    entities: [7],
    topics: [[9, 0.25]],
    language: 'en',
    script: 'Latn',
  };
  const enriched = {
    version: 1,
    snapshot: 's',
    data: { kind: 'search', normalised: 'red', ...data },
  };
  return fold([
    search('Tokyo Tower', at(0)),
    search('çorba', at(1)),
    search('gone', at(2)),
    remove({ query: 'gone' }, at(3)),
    remove({ id: historyId(OWNER, 'never seen') }, at(4)),
    watch('v1', at(5)),
    search('red', at(6), { enriched }),
    search('tokyo tower', at(7)),
  ]);
}

test.each([
  [1, VERSION_1],
  [2, VERSION_2],
])('bytes of version %i are read', (_, bytes) => {
  const profile = decodeProfile(Buffer.from(bytes, 'base64'));
  expect(profile.history.map(({ surface, count }) => [surface, count])).toEqual([
    ['tokyo tower', 2],
    ['red', 1],
    ['çorba', 1],
  ]);
  expect([...profile.terms.keys()]).toEqual(['tokyo', 'tower', 'çorba', 'red']);
  expect([...profile.topics.keys()]).toEqual([9]);
  expect(profile.removed).toHaveLength(2);
  expect(profile.videos).toEqual([{ video: 'v1', atMs: START_MS + 5 * MINUTE_MS }]);
});

test('the fold gives the bytes of the latest version today as it did then', () => {
  expect(Buffer.from(encodeProfile(sample())).toString('base64')).toBe(VERSION_2);
  const read = decodeProfile(Buffer.from(VERSION_1, 'base64'));
  expect(Buffer.from(encodeProfile(read)).toString('base64')).toBe(VERSION_2);
});
