import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { AppendedRange, EventLog } from '../../../indexer/events/event-log.ts';
import { EventLogError } from '../../../indexer/events/event-log-error.ts';
import type { EventRecord } from '../../../indexer/events/event-record.ts';
import { MemoryEventLog } from '../../../indexer/events/memory-event-log.ts';
import { UserHasher } from '../../../indexer/events/user-hasher.ts';
import { EventIntake, type EventIntakeOptions } from '../../../serving/events/event-intake.ts';
import type { EventListener, ReplayedLog } from '../../../serving/events/event-listener.ts';
import { openEventStore } from '../../../serving/events/event-store.ts';
import { SeenIds } from '../../../serving/events/seen-ids.ts';
import { readAll } from '../../contracts/event-log.ts';

const NOW_MS = Date.UTC(2026, 5, 1);
const hasher = new UserHasher([Buffer.alloc(32, 7)]);

/** A log whose appends wait until the test lets them go on or fail. */
class HeldLog extends MemoryEventLog {
  readonly held: (() => void)[] = [];
  isHolding = true;
  failure: EventLogError | null = null;
  readonly #order: Promise<unknown>[] = [Promise.resolve()];

  override append(records: readonly EventRecord[]): Promise<AppendedRange> {
    const turn = this.#order.at(-1)!.then(async () => {
      if (this.isHolding) await new Promise<void>((release) => this.held.push(release));
      if (this.failure !== null) throw this.failure;
      return super.append(records);
    });
    this.#order.push(turn.catch(() => {}));
    return turn;
  }

  /** Lets the append that waits go on, once there is one. */
  async release(): Promise<void> {
    for (let turn = 0; turn < 100 && this.held.length === 0; turn++) await Promise.resolve();
    const release = this.held.shift();
    if (release === undefined) throw new Error('expected an append to wait');
    release();
  }
}

class Recorder implements EventListener {
  readonly name = 'recorder';
  readonly offsets: number[] = [];
  readonly records: EventRecord[] = [];
  readonly replayFrom?: () => number;

  constructor(from?: number) {
    if (from !== undefined) this.replayFrom = () => from;
  }

  apply(record: EventRecord, offset: number): void {
    this.offsets.push(offset);
    this.records.push(record);
  }
}

function fakeSeen(ids = new SeenIds({ low: 1, high: 2 })): EventIntakeOptions['seen'] {
  return { ids, end: 0, close: async () => {} };
}

async function start(
  log: EventLog,
  options: Partial<EventIntakeOptions> = {},
  listeners: readonly EventListener[] = [],
) {
  const reports: string[] = [];
  const intake = new EventIntake({
    log,
    seen: fakeSeen(),
    hasher,
    now: () => NOW_MS,
    report: (line) => reports.push(line),
    ...options,
  });
  for (const listener of listeners) intake.register(listener);
  await intake.start();
  return { intake, reports };
}

const search = (eventId: string, more: object = {}) => ({
  type: 'search',
  eventId,
  at: NOW_MS,
  query: `query of ${eventId}`,
  ...more,
});
const idsIn = async (log: EventLog) =>
  (await readAll(log)).map(({ record }) => record.event.eventId);

describe('EventIntake', () => {
  it('replays to each listener what it asks for, once and in order, and few from further back', async () => {
    const log = new MemoryEventLog();
    const { intake: before } = await start(log);
    await before.accept(
      ['a', 'b', 'c', 'd', 'e'].map((id) => search(id)),
      1,
    );
    const tail = new Recorder(3);
    const withEarlier = Object.assign(new Recorder(3), {
      replayEarlier: () => ({
        from: 1,
        mentions: ['"eventId":"a"', '"eventId":"c"', '"eventId":"e"'],
      }),
    });
    let told: ReplayedLog | null = null;
    const asking: EventListener = {
      name: 'asking',
      replayFrom: (asked) => {
        told = asked;
        return asked.end;
      },
      apply: () => {
        throw new Error('expected nothing to be replayed');
      },
    };
    const { intake, reports } = await start(log, {}, [tail, withEarlier, asking]);
    expect(tail.offsets).toEqual([3, 4]);
    expect(withEarlier.offsets).toEqual([2, 3, 4]);
    expect(told).toMatchObject({ first: 0, end: 5, nowMs: NOW_MS });
    expect(told!.arrivedSince(NOW_MS)).toBe(0);
    expect(told!.arrivedSince(NOW_MS + 1)).toBe(5);
    expect(reports).toEqual([]);
    await intake.accept([search('f')], 1);
    expect(withEarlier.offsets.at(-1)).toBe(5);
  });

  it('accepts each event once, in a batch and over batches, and says what it rejects', async () => {
    const log = new MemoryEventLog();
    const recorder = new Recorder();
    const { intake } = await start(log, {}, [recorder]);
    const items = [search('a'), search('b'), search('a'), 7, search('c', { query: '' })];
    expect(await intake.accept(items, 1)).toEqual({
      accepted: 2,
      duplicates: 1,
      rejected: [
        { index: 3, code: 'invalid_event', detail: expect.any(String) },
        { index: 4, code: 'invalid_field', detail: expect.any(String) },
      ],
    });
    expect(await intake.accept([search('b'), search('c')], 1)).toMatchObject({
      accepted: 1,
      duplicates: 1,
    });
    expect(await idsIn(log)).toEqual(['a', 'b', 'c']);
    expect(recorder.offsets).toEqual([0, 1, 2]);
    expect(intake.counts).toMatchObject({ accepted: 3, duplicates: 2, waitingEvents: 0 });
    expect(Object.fromEntries(intake.counts.rejected)).toEqual({
      invalid_event: 1,
      invalid_field: 1,
    });
  });

  it('lets an id that was rejected be accepted afterwards', async () => {
    const { intake } = await start(new MemoryEventLog());
    await intake.accept([search('a', { query: 1 })], 1);
    expect(await intake.accept([search('a')], 1)).toMatchObject({ accepted: 1 });
  });

  it('stores hashes instead of users and sessions, the market or und, and when it came', async () => {
    const log = new MemoryEventLog();
    const { intake } = await start(log);
    await intake.accept(
      [search('a', { user: 'alice', session: 'alice', market: 'EN-us' }), search('b')],
      1,
    );
    const records = (await readAll(log)).map(({ record }) => record);
    expect(records).toMatchObject([
      {
        user: hasher.hashUser('alice'),
        session: hasher.hashSession('alice'),
        market: 'en-US',
        arrivedMs: NOW_MS,
      },
      { user: null, session: null, market: 'und' },
    ]);
    expect(JSON.stringify(records)).not.toContain('alice');
  });

  it('stores events of a request that asked not to be personalised without user and session', async () => {
    const log = new MemoryEventLog();
    const { intake } = await start(log, { isAnonymousRequest: (id) => id === 'quiet' });
    const who = { user: 'u', session: 's' };
    await intake.accept(
      [
        search('a', { ...who, requestId: 'quiet' }),
        {
          ...search('b', who),
          type: 'click',
          requestId: 'quiet',
          surface: 'suggest',
          id: 'i',
          position: 1,
        },
        search('c', { ...who, requestId: 'other' }),
      ],
      1,
    );
    const users = (await readAll(log)).map(({ record }) => [record.user, record.session]);
    expect(users).toEqual([
      [null, null],
      [null, null],
      [hasher.hashUser('u'), hasher.hashSession('s')],
    ]);
  });

  it('stores what is known of an event beside it', async () => {
    const log = new MemoryEventLog();
    const enriched = { version: 1, snapshot: 's', data: { terms: [1] } };
    const { intake } = await start(log, {
      enrich: ({ event }) => (event.eventId === 'a' ? enriched : null),
    });
    await intake.accept([search('a'), search('b')], 1);
    const stored = (await readAll(log)).map(({ record }) => record.enriched);
    expect(stored).toEqual([enriched, undefined]);
  });

  it('answers after the records are durable and folded in, not before', async () => {
    const log = new HeldLog();
    const recorder = new Recorder();
    const { intake } = await start(log, {}, [recorder]);
    let isAnswered = false;
    const answer = intake.accept([search('a')], 1).then(() => {
      isAnswered = true;
      expect(recorder.offsets).toEqual([0]);
    });
    for (let turn = 0; turn < 20; turn++) await Promise.resolve();
    expect([isAnswered, recorder.offsets]).toEqual([false, []]);
    await log.release();
    await answer;
  });

  it('goes on when a listener throws, counts it, and reports it once', async () => {
    const recorder = new Recorder();
    const broken: EventListener = {
      name: 'broken',
      apply() {
        throw new Error('oops');
      },
    };
    const { intake, reports } = await start(new MemoryEventLog(), {}, [broken, recorder]);
    expect(await intake.accept([search('a'), search('b')], 1)).toMatchObject({ accepted: 2 });
    expect(recorder.offsets).toEqual([0, 1]);
    expect(intake.counts.listenerFailures.get('broken')).toBe(2);
    expect(reports).toEqual(['broken failed over event 0 (1 so far): oops']);
  });
});

describe('an intake whose listeners settle later', () => {
  const settling = (settle: () => Promise<void> | null): EventListener => ({
    name: 'settling',
    apply: () => {},
    settle,
  });

  it('answers when they have', async () => {
    let settle = () => {};
    const settled = new Promise<void>((resolve) => {
      settle = resolve;
    });
    const { intake } = await start(new MemoryEventLog(), {}, [settling(() => settled)]);
    let isAnswered = false;
    const answer = intake.accept([search('a')], 1).then(() => {
      isAnswered = true;
    });
    await new Promise((resolve) => setImmediate(resolve));
    expect(isAnswered).toBe(false);
    settle();
    await answer;
  });

  it('accepts the event whether they do or not', async () => {
    const never = settling(() => new Promise(() => {}));
    const failing = settling(() => Promise.reject(new Error('told to')));
    const { intake } = await start(new MemoryEventLog(), { settleMs: 1 }, [never, failing]);
    expect(await intake.accept([search('a')], 1)).toMatchObject({ accepted: 1 });
    expect(intake.counts).toMatchObject({ waitingEvents: 0, failed: 0 });
  });
});

describe('an intake whose log fails', () => {
  const failure = new EventLogError('write-failed', 'the event log could not be written: ENOSPC');

  it('accepts nothing of the batch, and all of it when it is sent again', async () => {
    const log = new HeldLog();
    log.isHolding = false;
    log.failure = failure;
    const recorder = new Recorder();
    const { intake } = await start(log, {}, [recorder]);
    const batch = [search('a'), search('b')];
    await expect(intake.accept(batch, 1)).rejects.toMatchObject({ code: 'unavailable' });
    expect([recorder.offsets, intake.counts.waitingEvents]).toEqual([[], 0]);
    log.failure = null;
    expect(await intake.accept(batch, 1)).toMatchObject({ accepted: 2, duplicates: 0 });
    expect(recorder.offsets).toEqual([0, 1]);
  });

  it('does not tell "duplicate" of an event that another batch then fails to store', async () => {
    const log = new HeldLog();
    const { intake } = await start(log);
    const first = intake.accept([search('a')], 1);
    const second = intake.accept([search('a'), search('b')], 1);
    const outcomes = Promise.allSettled([first, second]);
    log.failure = failure;
    log.isHolding = false;
    expect((await outcomes).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    log.failure = null;
    expect(await intake.accept([search('a'), search('b')], 1)).toMatchObject({ accepted: 2 });
    expect(await idsIn(log)).toEqual(['a', 'b']);
  });

  it('waits for the other batch before it tells "duplicate"', async () => {
    const log = new HeldLog();
    const { intake } = await start(log);
    const first = intake.accept([search('a')], 1);
    let isAnswered = false;
    const second = intake.accept([search('a')], 1).then((answer) => {
      isAnswered = true;
      return answer;
    });
    for (let turn = 0; turn < 20; turn++) await Promise.resolve();
    expect(isAnswered).toBe(false);
    await log.release();
    expect(await Promise.all([first, second])).toMatchObject([
      { accepted: 1 },
      { accepted: 0, duplicates: 1 },
    ]);
  });

  it('neither loses nor doubles, whatever fails and whoever sends again', async () => {
    const ids = fc.constantFrom('a', 'b', 'c', 'd', 'e');
    const round = fc.record({
      batches: fc.array(fc.array(ids, { maxLength: 4 }), { minLength: 1, maxLength: 4 }),
      fails: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(round, { maxLength: 8 }), async (rounds) => {
        const log = new HeldLog();
        log.isHolding = false;
        const recorder = new Recorder();
        const { intake } = await start(log, {}, [recorder]);
        const acknowledged = new Set<string>();
        for (const { batches, fails } of rounds) {
          log.failure = fails ? failure : null;
          const sent = batches.map(async (batch) => {
            await intake.accept(
              batch.map((id) => search(id)),
              1,
            );
            for (const id of batch) acknowledged.add(id);
          });
          await Promise.allSettled(sent);
        }
        // A batch is refused with the first of the writes that it waits for: its own may still be under way.
        await intake.close();
        const stored = await idsIn(log);
        expect(new Set(stored).size).toBe(stored.length);
        for (const id of acknowledged) expect(stored).toContain(id);
        expect(recorder.records.map(({ event }) => event.eventId)).toEqual(stored);
        expect(recorder.offsets).toEqual(stored.map((_, offset) => offset));
      }),
      { numRuns: 200 },
    );
  });
});

describe('an intake with more than it can write', () => {
  it('refuses whole batches beyond its bounds and accepts nothing of them', async () => {
    const log = new HeldLog();
    const bounds = { waitingEvents: 3, waitingBytes: 1_000 };
    const { intake } = await start(log, { bounds });
    const first = intake.accept([search('a'), search('b')], 100);
    const refused = { code: 'overloaded' };
    await expect(intake.accept([search('c'), search('d')], 1)).rejects.toMatchObject(refused);
    await expect(intake.accept([search('c')], 901)).rejects.toMatchObject(refused);
    const last = intake.accept([search('c')], 900);
    await expect(intake.accept([search('a')], 1)).rejects.toMatchObject(refused);
    expect(intake.counts).toMatchObject({ refused: 3, waitingEvents: 3, waitingBytes: 1_000 });
    await log.release();
    await first;
    await log.release();
    await last;
    log.isHolding = false;
    expect(await intake.accept([search('d')], 1)).toMatchObject({ accepted: 1 });
    expect(await idsIn(log)).toEqual(['a', 'b', 'c', 'd']);
  });

  it('takes one batch of any size while nothing waits', async () => {
    const log = new MemoryEventLog();
    const { intake } = await start(log, { bounds: { waitingEvents: 1, waitingBytes: 1 } });
    expect(await intake.accept([search('a'), search('b')], 100)).toMatchObject({ accepted: 2 });
  });
});

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
