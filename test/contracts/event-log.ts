import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { EventLog } from '../../indexer/events/event-log.ts';
import type { EventRecord } from '../../indexer/events/event-record.ts';

/** An implementation under test: a log, and how to open it again, if it outlives its process. */
export interface OpenedLog {
  readonly log: EventLog;
  /** The same log after closing; absent for one that does not last. */
  readonly reopen?: () => Promise<EventLog>;
  readonly dispose: () => Promise<void>;
}

/** A record that tells its number. */
export function sampleRecord(number: number, arrivedMs = 1_000 + number): EventRecord {
  const query = `query ${number} é 北京 👩‍👩‍👧 \ud800`;
  return {
    event: { type: 'search', eventId: `event-${number}`, atMs: number, query },
    arrivedMs,
    user: number % 2 === 0 ? null : `hash-${number}`,
    session: null,
    market: 'en-US',
    ...(number % 3 === 0 ? { enriched: { version: 1, snapshot: 's', data: [number] } } : {}),
  };
}

export const sampleRecords = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, i) => sampleRecord(from + i));

/** All that a log gives from an offset on. */
export async function readAll(log: EventLog, from = 0) {
  const read = [];
  for await (const logged of log.read(from)) read.push(logged);
  return read;
}

const numbered = (from: number, to: number) =>
  sampleRecords(from, to).map((record, i) => ({ offset: from + i, record }));

/** All records of some users. */
export const ofUsers = (...users: string[]) => ({
  mentions: users,
  matches: ({ user }: EventRecord) => user !== null && users.includes(user),
});

/** What every event log does, whatever it keeps its records in. */
export function describeEventLog(name: string, open: () => Promise<OpenedLog>): void {
  describe(`${name}, as an event log`, () => {
    let opened: OpenedLog;
    let log: EventLog;
    beforeEach(async () => {
      opened = await open();
      log = opened.log;
    });
    afterEach(() => opened.dispose());

    it('is empty at first', async () => {
      expect([log.first, log.end]).toEqual([0, 0]);
      expect(await readAll(log)).toEqual([]);
    });

    it('gives back what was appended, in order, with every field', async () => {
      expect(await log.append(sampleRecords(0, 3))).toEqual({ first: 0, end: 3 });
      expect(await log.append(sampleRecords(3, 4))).toEqual({ first: 3, end: 4 });
      expect(await readAll(log)).toEqual(numbered(0, 4));
      expect([log.first, log.end]).toEqual([0, 4]);
    });

    it('takes an append of nothing', async () => {
      await log.append(sampleRecords(0, 2));
      expect(await log.append([])).toEqual({ first: 2, end: 2 });
      expect(await readAll(log)).toEqual(numbered(0, 2));
    });

    it('serves concurrent appends in their order, resolves in it, and mixes none', async () => {
      const resolved: number[] = [];
      const appends = Array.from({ length: 50 }, async (_, i) => {
        const range = await log.append(sampleRecords(i * 7, i * 7 + 7));
        resolved.push(i);
        return range;
      });
      const ranges = await Promise.all(appends);
      expect(ranges).toEqual(ranges.map((_, i) => ({ first: i * 7, end: i * 7 + 7 })));
      expect(resolved).toEqual(ranges.map((_, i) => i));
      expect(await readAll(log)).toEqual(numbered(0, 350));
    });

    it('reads from any offset, and nothing from beyond the end', async () => {
      for (let i = 0; i < 10; i += 2) await log.append(sampleRecords(i, i + 2));
      for (let from = 0; from <= 11; from++) {
        expect(await readAll(log, from)).toEqual(numbered(Math.min(from, 10), 10));
      }
    });

    it('reads up to what was last when the reading began, while more is appended', async () => {
      await log.append(sampleRecords(0, 5));
      const read = [];
      for await (const logged of log.read(0)) {
        read.push(logged);
        await log.append(sampleRecords(log.end, log.end + 1));
      }
      expect(read).toEqual(numbered(0, 5));
      expect(await readAll(log)).toEqual(numbered(0, 10));
    });

    it('drops nothing that arrived at the asked moment or later, and keeps offsets', async () => {
      await log.append(sampleRecords(0, 10));
      const dropped = await log.dropArrivedBefore(1_005);
      expect(dropped).toBeLessThanOrEqual(5);
      expect(log.first).toBe(dropped);
      expect(await readAll(log)).toEqual(numbered(dropped, 10));
      expect(await log.append(sampleRecords(10, 11))).toEqual({ first: 10, end: 11 });
    });

    it('tells from where to read so as to miss nothing that arrived at a moment or later', async () => {
      for (let from = 0; from < 10; from += 2) await log.append(sampleRecords(from, from + 2));
      for (let sinceMs = 999; sinceMs <= 1_011; sinceMs++) {
        const from = log.arrivedSince(sinceMs);
        expect(from).toBeLessThanOrEqual(Math.max(0, Math.min(10, sinceMs - 1_000)));
        expect(from).toBeGreaterThanOrEqual(log.first);
      }
    });

    it('erases what is selected, and keeps the numbers of the rest', async () => {
      await log.append(sampleRecords(0, 5));
      await log.append(sampleRecords(5, 8));
      expect(await log.erase(ofUsers('hash-3', 'hash-5'))).toBe(2);
      const kept = numbered(0, 8).filter(({ offset }) => offset !== 3 && offset !== 5);
      expect(await readAll(log)).toEqual(kept);
      expect(await readAll(log, 4)).toEqual(kept.slice(3));
      expect([log.first, log.end]).toEqual([0, 8]);
      expect(await log.append(sampleRecords(8, 10))).toEqual({ first: 8, end: 10 });
      expect(await log.erase(ofUsers('hash-3', 'hash-5'))).toBe(0);
      expect(await readAll(log, 4)).toEqual([...kept.slice(3), ...numbered(8, 10)]);
    });

    it('erases nothing that only mentions a word, and only what mentions one', async () => {
      await log.append(sampleRecords(0, 6));
      expect(await log.erase({ mentions: ['hash-1'], matches: () => false })).toBe(0);
      expect(await log.erase({ mentions: ['hash-1'], matches: () => true })).toBe(1);
      expect(await log.erase({ mentions: ['nobody'], matches: () => true })).toBe(0);
      expect((await readAll(log)).map(({ offset }) => offset)).toEqual([0, 2, 3, 4, 5]);
    });

    it('erases all, at the beginning and at the end', async () => {
      await log.append(sampleRecords(0, 4));
      expect(await log.erase({ mentions: ['event-'], matches: () => true })).toBe(4);
      expect(await readAll(log)).toEqual([]);
      expect(await log.append(sampleRecords(4, 5))).toEqual({ first: 4, end: 5 });
      expect(await readAll(log)).toEqual(numbered(4, 5));
    });

    it('erases while others append and read', async () => {
      await log.append(sampleRecords(0, 20));
      const appended = Array.from({ length: 20 }, (_, i) =>
        log.append(sampleRecords(20 + i, 21 + i)),
      );
      const [, read] = await Promise.all([
        log.erase(ofUsers('hash-7')),
        readAll(log),
        ...appended,
        readAll(log, 10),
      ]);
      for (const logged of read) expect(logged).toEqual(numbered(0, 40)[logged.offset]);
      const kept = numbered(0, 40).filter(({ offset }) => offset !== 7);
      expect(await readAll(log)).toEqual(kept);
    });

    it('gives only what mentions a word, when asked', async () => {
      await log.append(sampleRecords(0, 10));
      const read = [];
      for await (const { offset } of log.read(2, ['hash-1', 'hash-7'])) read.push(offset);
      expect(read).toEqual([7]);
    });

    it('has what was erased no more after closing and opening, if it lasts', async () => {
      if (opened.reopen === undefined) return;
      await log.append(sampleRecords(0, 9));
      await log.erase(ofUsers('hash-3', 'hash-7'));
      await log.append(sampleRecords(9, 10));
      await log.close();
      const again = await opened.reopen();
      expect(again.end).toBe(10);
      expect(await readAll(again)).toEqual(
        numbered(0, 10).filter(({ offset }) => offset !== 3 && offset !== 7),
      );
    });

    it('refuses appends once it is closed, and finishes those before', async () => {
      const under = log.append(sampleRecords(0, 3));
      const closed = log.close();
      await expect(log.append(sampleRecords(3, 4))).rejects.toMatchObject({ code: 'closed' });
      await closed;
      await log.close();
      expect(await under).toEqual({ first: 0, end: 3 });
    });

    it('has everything again after closing and opening, if it lasts', async () => {
      if (opened.reopen === undefined) return;
      await log.append(sampleRecords(0, 3));
      await log.append(sampleRecords(3, 8));
      await log.close();
      const again = await opened.reopen();
      expect([again.first, again.end]).toEqual([0, 8]);
      expect(await again.append(sampleRecords(8, 9))).toEqual({ first: 8, end: 9 });
      expect(await readAll(again)).toEqual(numbered(0, 9));
    });
  });
}
