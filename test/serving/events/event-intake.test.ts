import { describe, expect, it } from 'vitest';
import { MemoryEventLog } from '../../../indexer/events/memory-event-log.ts';
import type { EventListener, ReplayedLog } from '../../../serving/events/event-listener.ts';
import { readAll } from '../../contracts/event-log.ts';
import { HeldLog, hasher, idsIn, NOW_MS, Recorder, search, start } from './intake-fixture.ts';

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
