import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  decodeRecord,
  type EventRecord,
  encodeRecord,
} from '../../../indexer/events/event-record.ts';
import { MemoryEventLog } from '../../../indexer/events/memory-event-log.ts';
import { PROFILES } from '../../../serving/personal/stored-profile.ts';
import { WATERMARKS } from '../../../serving/personal/watermark.ts';
import { GuardedStore } from '../../../serving/stores/guarded-store.ts';
import { MemoryFeatureStore } from '../../../serving/stores/memory-feature-store.ts';
import { anyRecord, MINUTE_MS, START_MS, search } from '../../ranking/profiles/event-records.ts';
import { FakeTimers } from '../../support/fake-timers.ts';
import { FaultyStore } from '../../support/faulty-store.ts';
import { hexOf, KeptLog, LOG_ID, plainFold, stored } from './keeper-fixture.ts';

const ANN = 'ann-ann-ann-ann-ann-an';
const BOB = 'bob-bob-bob-bob-bob-bo';
const USERS = [ANN, BOB];

const searchOf = (user: string, query: string, minute = 0) =>
  search(query, START_MS + minute * MINUTE_MS, { user });
const searches = (user: string, from: number, to: number) =>
  Array.from({ length: to - from }, (_, i) => searchOf(user, `query ${from + i}`, from + i));

const recordOfSome = fc
  .tuple(anyRecord, fc.constantFrom(...USERS, null))
  // As a log gives it back: an infinite number does not outlive JSON.
  .map(([record, user]) => decodeRecord(encodeRecord({ ...record, user }), 'made'));

describe('ProfileKeeper', () => {
  it('has an accepted event in the very next answer, over a store that is read at once', async () => {
    const { keeper, log } = await new KeptLog(new MemoryFeatureStore()).start();
    const record = searchOf(ANN, 'red shoes');
    await log.append([record]);
    keeper.apply(record, 0);
    expect(keeper.settle()).toBeNull();
    const reading = keeper.profileOf({ kind: 'user', hash: ANN });
    expect(reading).toMatchObject({ isDegraded: false });
    expect((await reading).profile?.history.map(({ normalised }) => normalised)).toEqual([
      'red shoes',
    ]);
  });

  it('has it once it is settled, over a store that is read through a promise', async () => {
    const memory = new MemoryFeatureStore();
    const before = await new KeptLog(memory).start();
    await before.accept(searchOf(ANN, 'blue hat'));
    await before.keeper.close();

    const after = await new KeptLog(new FaultyStore(memory), { log: before.log }).start();
    const record = searchOf(ANN, 'red shoes', 90);
    await after.log.append([record]);
    after.keeper.apply(record, 1);
    expect(after.keeper.inMemory(ANN)).toBeNull();
    await after.keeper.settle();
    const reading = after.keeper.profileOf({ kind: 'user', hash: ANN });
    expect(reading).not.toBeInstanceOf(Promise);
    expect((await reading).profile?.history.map(({ normalised }) => normalised)).toEqual([
      'red shoes',
      'blue hat',
    ]);
  });

  it('changes the revision of a reading with every event, so that what is derived can be kept', async () => {
    const kept = await new KeptLog(new MemoryFeatureStore()).start();
    await kept.accept(searchOf(ANN, 'a'));
    const reading = kept.keeper.inMemory(ANN);
    const revision = reading?.revision;
    await kept.accept(searchOf(BOB, 'b'));
    expect(kept.keeper.inMemory(ANN)?.revision).toBe(revision);
    await kept.accept(searchOf(ANN, 'c', 1));
    expect(kept.keeper.inMemory(ANN)).toBe(reading);
    expect(reading?.revision).not.toBe(revision);
  });

  it('knows nothing of a stranger, without degrading', async () => {
    const { keeper } = await new KeptLog(new FaultyStore(new MemoryFeatureStore())).start();
    const reading = await keeper.profileOf({ kind: 'user', hash: ANN });
    expect(reading).toMatchObject({ profile: null, isDegraded: false });
    const session = await keeper.profileOf({ kind: 'session', hash: 'nobody' });
    expect(session).toMatchObject({ profile: null, isDegraded: false });
  });

  it('keeps a session without a user in memory alone, over a restart as well', async () => {
    const store = new MemoryFeatureStore();
    const first = await new KeptLog(store).start();
    const record = search('red shoes', START_MS, { user: null, session: 'session-1' });
    await first.accept(record, searchOf(ANN, 'mine'));
    await first.keeper.close();
    expect(await store.get(PROFILES, 'session-1')).toBeNull();
    const again = await new KeptLog(store, { log: first.log }).start();
    const owner = { kind: 'session', hash: 'session-1' } as const;
    const { profile } = await again.keeper.profileOf(owner);
    expect(profile?.history).toHaveLength(1);
    expect(profile?.history[0]?.count).toBe(1);
  });

  it('starts from the watermark, not from the beginning of the log', async () => {
    const store = new MemoryFeatureStore();
    const first = await new KeptLog(store).start();
    await first.accept(...searches(ANN, 0, 50));
    await first.keeper.close();
    const again = await new KeptLog(store, { log: first.log }).start();
    expect(again.keeper.counts.replayed).toBe(0);
    await again.log.append(searches(BOB, 0, 2));
    const third = await new KeptLog(store, { log: first.log }).start();
    expect(third.keeper.counts.replayed).toBe(2);
    expect(await third.seen(BOB)).toBe(plainFold(searches(BOB, 0, 2), BOB));
  });

  it('lets two servers over one store lose nothing of each other', async () => {
    const memory = new MemoryFeatureStore();
    const one = await new KeptLog(new FaultyStore(memory), { logId: 'log-of-server-01' }).start();
    const two = await new KeptLog(new FaultyStore(memory), { logId: 'log-of-server-02' }).start();
    for (let i = 0; i < 30; i++) {
      const server = i % 2 === 0 ? one : two;
      await server.accept(searchOf(ANN, `query ${i}`, i * 60), searchOf(ANN, 'both', i * 60 + 1));
      if (i % 5 === 0) await Promise.all([one.keeper.flush(), two.keeper.flush()]);
    }
    await Promise.all([one.keeper.flush(), two.keeper.flush()]);
    await Promise.all([one.keeper.close(), two.keeper.close()]);
    expect(one.keeper.counts.conflicts + two.keeper.counts.conflicts).toBeGreaterThan(0);
    const reader = await new KeptLog(memory, { logId: 'log-of-server-03' }).start();
    const { profile } = await reader.keeper.profileOf({ kind: 'user', hash: ANN });
    const counts = new Map(profile?.history.map(({ normalised, count }) => [normalised, count]));
    expect(counts.get('both')).toBe(30);
    for (let i = 0; i < 30; i++) expect(counts.get(`query ${i}`)).toBe(1);
  });

  it('answers without a profile, and says so, while the store does not answer, and recovers', async () => {
    const timers = new FakeTimers();
    const faulty = new FaultyStore(new MemoryFeatureStore());
    const store = new GuardedStore(faulty, { now: timers.now, startTimer: timers.start });
    const kept = await new KeptLog(store).start();
    faulty.mode = 'silent';
    const reading = Promise.resolve(kept.keeper.profileOf({ kind: 'user', hash: ANN }));
    timers.advance(20);
    expect(await reading).toMatchObject({ profile: null, isDegraded: true });

    faulty.mode = 'failing';
    const records = searches(ANN, 0, 10);
    for (const record of records) await kept.accept(record);
    await kept.keeper.flush();
    expect(store.state).toBe('open');
    expect(await kept.seen(ANN)).toBeNull();

    faulty.mode = 'well';
    timers.advance(1_000);
    expect(await kept.seen(ANN)).toBe(plainFold(records, ANN));
    await kept.keeper.flush();
    expect(await stored(store, ANN)).toBe(plainFold(records, ANN));
    expect(store.state).toBe('closed');
  });

  it('serves who is in memory while the store is dead', async () => {
    const faulty = new FaultyStore(new MemoryFeatureStore());
    const kept = await new KeptLog(faulty).start();
    await kept.accept(searchOf(ANN, 'before'));
    faulty.mode = 'failing';
    await kept.accept(searchOf(ANN, 'after', 60));
    await kept.keeper.flush();
    const { profile, isDegraded } = await kept.keeper.profileOf({ kind: 'user', hash: ANN });
    expect(profile?.history).toHaveLength(2);
    expect(isDegraded).toBe(false);
  });

  it('starts without its store, and catches up when that comes', async () => {
    const faulty = new FaultyStore(new MemoryFeatureStore());
    const log = new MemoryEventLog();
    const records = searches(ANN, 0, 5);
    await log.append(records.slice(0, 3));
    faulty.mode = 'failing';
    const kept = await new KeptLog(faulty, { log }).start();
    await kept.accept(...records.slice(3));
    expect(await kept.seen(ANN)).toBeNull();
    faulty.mode = 'well';
    await kept.keeper.flush();
    expect(await kept.seen(ANN)).toBe(plainFold(records, ANN));
  });

  it('folds the log anew when the store has lost what it had', async () => {
    const stores = [new MemoryFeatureStore(), new MemoryFeatureStore()];
    const faulty = new FaultyStore(stores[0]!);
    const kept = await new KeptLog(faulty).start();
    const records = [...searches(ANN, 0, 3), ...searches(BOB, 0, 3)];
    await kept.accept(...records);
    await kept.keeper.flush();
    faulty.store = stores[1]!;
    const more = searches(ANN, 3, 5);
    await kept.accept(...more);
    // Finds out, then folds anew.
    await kept.keeper.flush();
    expect(kept.keeper.isBehind).toBe(true);
    expect(await kept.seen(ANN)).toBeNull();
    await kept.keeper.flush();
    expect(kept.keeper.counts.fellBehind).toBe(1);
    for (const user of USERS) {
      const expected = plainFold([...records, ...more], user);
      expect(await kept.seen(user)).toBe(expected);
      expect(await stored(stores[1]!, user)).toBe(expected);
    }
  });

  it('holds no more records for a dead store than it may, and loses none', async () => {
    const faulty = new FaultyStore(new MemoryFeatureStore());
    const kept = await new KeptLog(faulty, { mostPending: 10 }).start();
    faulty.mode = 'failing';
    const records = searches(ANN, 0, 25);
    for (const record of records) await kept.accept(record);
    expect(kept.keeper.isBehind).toBe(true);
    expect(kept.keeper.changed).toBe(0);
    faulty.mode = 'well';
    await kept.keeper.flush();
    expect(await kept.seen(ANN)).toBe(plainFold(records, ANN));
  });

  it('takes a writing whose answer was lost for written', async () => {
    const faulty = new FaultyStore(new MemoryFeatureStore());
    const kept = await new KeptLog(faulty).start();
    const records = searches(ANN, 0, 4);
    await kept.accept(...records.slice(0, 2));
    faulty.onCall = (call) => {
      faulty.mode = call === 'write' ? 'lost' : 'well';
    };
    await kept.keeper.flush();
    await kept.accept(...records.slice(2));
    faulty.onCall = () => {
      faulty.mode = 'well';
    };
    await kept.keeper.flush();
    expect(await stored(faulty, ANN)).toBe(plainFold(records, ANN));
    expect(await kept.seen(ANN)).toBe(plainFold(records, ANN));
  });

  it('does not pass over events that came while profiles were being written', async () => {
    const memory = new MemoryFeatureStore();
    const faulty = new FaultyStore(memory, true);
    const first = await new KeptLog(faulty).start();
    await first.accept(searchOf(ANN, 'before'));
    let coming: Promise<void> | null = null;
    faulty.onCall = (call, namespace) => {
      if (call !== 'write' || namespace !== PROFILES) return;
      coming ??= first.accept(searchOf(BOB, 'meanwhile'));
    };
    await first.keeper.flush();
    await coming;
    faulty.mode = 'failing';
    await first.keeper.close();
    expect(await stored(memory, BOB)).toBe(hexOf(null));
    const again = await new KeptLog(memory, { log: first.log }).start();
    expect(await again.seen(BOB)).toBe(plainFold([searchOf(BOB, 'meanwhile')], BOB));
  });

  it('begins anew with a profile that is damaged, and says so', async () => {
    const store = new MemoryFeatureStore();
    await store.write(PROFILES, [{ key: ANN, bytes: Buffer.from('garbage'), expected: null }]);
    const kept = await new KeptLog(store).start();
    await kept.accept(searchOf(ANN, 'a'));
    await kept.keeper.flush();
    expect(await stored(store, ANN)).toBe(plainFold([searchOf(ANN, 'a')], ANN));
    expect(kept.keeper.counts.damaged).toBe(1);
    expect(kept.lines.join()).toContain('begins anew');
  });

  it('forgets a user in memory and in the store, also with writes on their way', async () => {
    const store = new FaultyStore(new MemoryFeatureStore());
    const kept = await new KeptLog(store).start();
    await kept.accept(searchOf(ANN, 'a'), searchOf(BOB, 'b'));
    const flushing = kept.keeper.flush();
    expect(await kept.keeper.forgetUser(ANN)).toBe(true);
    await flushing;
    await kept.keeper.flush();
    expect(await store.get(PROFILES, ANN)).toBeNull();
    expect(await kept.seen(ANN)).toBe(hexOf(null));
    expect(await kept.keeper.forgetUser(ANN)).toBe(false);
    expect(await kept.seen(BOB)).toBe(plainFold([searchOf(BOB, 'b')], BOB));
    await kept.accept(searchOf(ANN, 'new', 5));
    await kept.keeper.flush();
    expect(await stored(store, ANN)).toBe(plainFold([searchOf(ANN, 'new', 5)], ANN));
  });

  it('keeps few profiles in memory when it may keep few, and loses none', async () => {
    const store = new MemoryFeatureStore();
    const kept = await new KeptLog(store, { cachedBytes: 20_000 }).start();
    const users = Array.from({ length: 100 }, (_, i) => `user-${i}`);
    for (const user of users) await kept.accept(searchOf(user, `query of ${user}`));
    expect(kept.keeper.changed).toBe(100);
    await kept.keeper.flush();
    expect(kept.keeper.changed).toBe(0);
    expect(kept.keeper.cached).toBeLessThan(40);
    for (const user of users) {
      expect(await kept.seen(user)).toBe(plainFold([searchOf(user, `query of ${user}`)], user));
    }
  });
});

describe('ProfileKeeper, stopped between any two steps and started again', () => {
  it('has folded each record once', async () => {
    const steps = fc.array(
      fc.record({
        records: fc.array(recordOfSome, { maxLength: 4 }),
        isFlushed: fc.boolean(),
        crashAfterCalls: fc.option(fc.nat(6), { freq: 2 }),
        isLastLost: fc.boolean(),
      }),
      { maxLength: 6 },
    );
    await fc.assert(
      fc.asyncProperty(steps, fc.boolean(), async (list, isEmbedded) => {
        const memory = new MemoryFeatureStore();
        const log = new MemoryEventLog();
        const all: EventRecord[] = [];
        for (const { records, isFlushed, crashAfterCalls, isLastLost } of list) {
          let calls = 0;
          // What is called after the crash never arrives; the last call before it may have arrived, or not.
          const faulty = new FaultyStore(memory, isEmbedded);
          faulty.onCall = () => {
            const left = (crashAfterCalls ?? Number.POSITIVE_INFINITY) - calls++;
            faulty.mode = left > 0 ? 'well' : left === 0 && isLastLost ? 'lost' : 'failing';
          };
          const kept = await new KeptLog(faulty, { log }).start();
          if (records.length > 0) await kept.accept(...records);
          all.push(...records);
          if (isFlushed) await kept.keeper.flush();
          // A process that was killed writes nothing more.
          faulty.onCall = () => {
            faulty.mode = 'failing';
          };
          await kept.keeper.close();
        }
        const last = await new KeptLog(memory, { log }).start();
        for (const user of USERS) expect(await last.seen(user)).toBe(plainFold(all, user));
        await last.keeper.close();
        for (const user of USERS) expect(await stored(memory, user)).toBe(plainFold(all, user));
        const mark = await memory.get(WATERMARKS, LOG_ID);
        expect(Buffer.from(mark?.bytes ?? []).readDoubleLE(1)).toBe(all.length);
      }),
      { numRuns: 150 },
    );
  });
});
