import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { EventRecord } from '../../../indexer/events/event-record.ts';
import { MemoryEventLog } from '../../../indexer/events/memory-event-log.ts';
import { EventIntake } from '../../../serving/events/event-intake.ts';
import { openEventStore } from '../../../serving/events/event-store.ts';
import { fakeSeen, hasher, NOW_MS, Recorder, search, start } from './intake-fixture.ts';

describe('the start of an intake', () => {
  const record = (id: string): EventRecord => ({
    event: { type: 'search', eventId: id, atMs: 0, query: id },
    arrivedMs: 0,
    user: null,
    session: null,
    market: 'und',
  });

  it('gives each listener what it lacks, then what comes, without a gap', async () => {
    const log = new MemoryEventLog();
    await log.append(['a', 'b', 'c'].map(record));
    const [all, some, none, live] = [
      new Recorder(-5),
      new Recorder(2),
      new Recorder(3),
      new Recorder(),
    ];
    const { intake } = await start(log, {}, [all, some, none, live]);
    await intake.accept([search('d')], 1);
    expect([all, some, none, live].map(({ offsets }) => offsets)).toEqual([
      [0, 1, 2, 3],
      [2, 3],
      [3],
      [3],
    ]);
    expect(() => intake.register(live)).toThrow('before the start');
  });

  it('remembers ids from the log that it did not know', async () => {
    const log = new MemoryEventLog();
    await log.append(['a', 'b'].map(record));
    const { intake } = await start(log);
    expect(await intake.accept([search('a'), search('c')], 1)).toMatchObject({
      accepted: 1,
      duplicates: 1,
    });
  });

  it('refuses events before it, and after the close', async () => {
    const options = { log: new MemoryEventLog(), seen: fakeSeen(), hasher, report: () => {} };
    const intake = new EventIntake(options);
    await expect(intake.accept([], 1)).rejects.toMatchObject({ code: 'unavailable' });
    await intake.start();
    await intake.close();
    await expect(intake.accept([], 1)).rejects.toMatchObject({ code: 'unavailable' });
  });
});

describe('the events of a data folder', () => {
  let dataDir: string;
  beforeEach(async () => {
    dataDir = await mkdtemp(path.join(tmpdir(), 'foretype-data-'));
  });
  afterEach(() => rm(dataDir, { recursive: true }));

  it('are there again, with their ids and hashes, after closing', async () => {
    const reports: string[] = [];
    const open = async () => {
      const intake = await openEventStore({
        dataDir: path.join(dataDir, 'made', 'new'),
        now: () => NOW_MS,
        report: (line) => reports.push(line),
      });
      await intake.start();
      return intake;
    };
    const first = await open();
    const under = first.accept([search('a', { user: 'alice' }), search('b')], 1);
    await first.close();
    await under;
    const second = await open();
    expect(second.logId).toBe(first.logId);
    expect(await second.accept([search('a'), search('c', { user: 'alice' })], 1)).toMatchObject({
      accepted: 1,
      duplicates: 1,
    });
    const users = [];
    for await (const { record } of second.log.read(0)) users.push(record.user);
    expect(users).toEqual([users[0], null, users[0]]);
    expect(users[0]).toBe(second.hasher.hashUser('alice'));
    await second.close();
    expect(reports).toEqual([]);
  });
});
