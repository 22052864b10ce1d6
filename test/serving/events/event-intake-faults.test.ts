import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EventLogError } from '../../../indexer/events/event-log-error.ts';
import type { EventRecord } from '../../../indexer/events/event-record.ts';
import { MemoryEventLog } from '../../../indexer/events/memory-event-log.ts';
import { HeldLog, idsIn, Recorder, search, start } from './intake-fixture.ts';

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

describe('an intake whose server fails over an event', () => {
  it('accepts nothing of the batch, and all of it when it is sent again', async () => {
    const log = new MemoryEventLog();
    let isFailing = true;
    const enrich = ({ event }: EventRecord) => {
      if (isFailing && event.eventId === 'b') throw new Error('over b');
      return null;
    };
    const { intake } = await start(log, { enrich });
    const batch = [search('a'), search('b'), search('c')];
    await expect(intake.accept(batch, 1)).rejects.toThrow('over b');
    expect([intake.counts.waitingEvents, log.end]).toEqual([0, 0]);
    isFailing = false;
    expect(await intake.accept(batch, 1)).toMatchObject({ accepted: 3, duplicates: 0 });
    expect(await idsIn(log)).toEqual(['a', 'b', 'c']);
  });
});
