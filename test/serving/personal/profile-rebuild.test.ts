import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { MemoryEventLog } from '../../../indexer/events/memory-event-log.ts';
import { encodeProfile } from '../../../ranking/profiles/profile-codec.ts';
import { rebuildProfiles } from '../../../serving/personal/profile-rebuild.ts';
import {
  decodeStoredProfile,
  encodeStoredProfile,
  PROFILES,
} from '../../../serving/personal/stored-profile.ts';
import { decodeWatermark, WATERMARKS } from '../../../serving/personal/watermark.ts';
import { MemoryFeatureStore } from '../../../serving/stores/memory-feature-store.ts';
import { anyRecord, fold, START_MS, search } from '../../ranking/profiles/event-records.ts';

const LOG_ID = 'L'.repeat(16);

describe('rebuilding profiles', () => {
  test('gives the bytes that the events gave as they came, of each user', async () => {
    const users = ['A', 'B', 'C'];
    const anyOf = fc.tuple(anyRecord, fc.constantFrom(...users, null));
    await fc.assert(
      fc.asyncProperty(fc.array(anyOf, { maxLength: 60 }), async (drawn) => {
        const records = drawn.map(([record, user]) => ({ ...record, user }));
        const log = new MemoryEventLog();
        await log.append(records);
        // The log holds JSON, which knows no NaN: what it gives is what was folded live.
        const logged = [];
        for await (const { record } of log.read(0)) logged.push(record);
        const store = new MemoryFeatureStore();
        const { profiles } = await rebuildProfiles({ log, logId: LOG_ID, store });
        let found = 0;
        for (const user of users) {
          const stored = await store.get(PROFILES, user);
          if (stored === null) continue;
          found++;
          const { folded, profile } = decodeStoredProfile(stored.bytes);
          const live = fold(logged.filter((record) => record.user === user));
          expect(Buffer.compare(profile, encodeProfile(live))).toBe(0);
          expect(folded).toEqual([{ log: LOG_ID, end: log.end }]);
        }
        expect(found).toBe(profiles);
      }),
      { numRuns: 40 },
    );
  });

  test('leaves nothing of users whom the log does not name, and marks the log as folded', async () => {
    const log = new MemoryEventLog();
    await log.append([search('cars', START_MS, { user: 'A' })]);
    const store = new MemoryFeatureStore();
    const folded = [{ log: 'M'.repeat(16), end: 9 }];
    const profile = encodeProfile(fold([search('boats', START_MS)]));
    const bytes = encodeStoredProfile({ folded, profile });
    await store.write(PROFILES, [
      { key: 'A', bytes, expected: null },
      { key: 'Z', bytes, expected: null },
    ]);
    const counts = await rebuildProfiles({ log, logId: LOG_ID, store });
    expect(counts).toMatchObject({
      events: 1,
      dropped: 0,
      profiles: 1,
      removed: 1,
      ofOtherLogs: 2,
    });
    expect(await store.get(PROFILES, 'Z')).toBeNull();
    const mark = await store.get(WATERMARKS, LOG_ID);
    expect(mark === null ? null : decodeWatermark(mark.bytes)).toBe(1);
  });

  test('tells how much of the log is gone', async () => {
    const log = new MemoryEventLog();
    await log.append([
      search('cars', START_MS, { arrivedMs: 1 }),
      search('boats', START_MS, { arrivedMs: 2 }),
    ]);
    await log.dropArrivedBefore(2);
    const counts = await rebuildProfiles({ log, logId: LOG_ID, store: new MemoryFeatureStore() });
    expect(counts).toMatchObject({ events: 1, dropped: 1 });
  });
});
