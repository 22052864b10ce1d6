import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { FileEventLog } from '../../../indexer/events/file-event-log.ts';
import { describeEventLog, sampleRecords } from '../../contracts/event-log.ts';
import { ids, numbers, useLogFolder } from './log-folder.ts';

const place = useLogFolder();
const { open, segmentsOf } = place;

for (const segmentBytes of [1, 900, 1 << 20]) {
  describeEventLog(`a log in files of ${segmentBytes} bytes`, async () => {
    const place = await mkdtemp(path.join(tmpdir(), 'foretype-events-'));
    const openThere = () => FileEventLog.open({ folder: place, segmentBytes });
    const logs = [await openThere()];
    return {
      log: logs[0]!,
      reopen: async () => {
        logs.push(await openThere());
        return logs.at(-1)!;
      },
      dispose: async () => {
        for (const log of logs) await log.close();
        await rm(place, { recursive: true });
      },
    };
  });
}

describe('a log in files', () => {
  it('lets concurrent appends share an fsync', async () => {
    let syncs = 0;
    const log = await open({ onSync: () => syncs++ });
    await Promise.all(numbers(100).map((i) => log.append(sampleRecords(i, i + 1))));
    expect(syncs).toBeLessThanOrEqual(2);
    expect(await ids(log)).toEqual(numbers(100));
  });

  it('names files by their first offset and drops those that are wholly too old', async () => {
    let nowMs = 0;
    const log = await open({ segmentBytes: 1, now: () => nowMs });
    for (let i = 0; i < 4; i++) {
      nowMs = 1_000 + i;
      await log.append(sampleRecords(i, i + 1));
    }
    expect(await segmentsOf()).toEqual([
      '0000000000000000.events',
      '0000000000000001.events',
      '0000000000000002.events',
      '0000000000000003.events',
    ]);
    expect(await log.dropArrivedBefore(1_002)).toBe(2);
    expect(await segmentsOf()).toEqual(['0000000000000002.events', '0000000000000003.events']);
    expect(await ids(log)).toEqual([2, 3]);
    await log.close();
    expect((await open()).first).toBe(2);
  });

  it('tells from which file on to read for a moment, without reading a record', async () => {
    let nowMs = 0;
    const log = await open({ segmentBytes: 1, now: () => nowMs });
    for (let i = 0; i < 4; i++) {
      nowMs = 1_000 + i;
      await log.append(sampleRecords(i, i + 1));
    }
    // What arrived in the millisecond in which a file was begun may stand in the file before.
    const asked = [999, 1_001, 1_002, 1_003, 1_004, 9_999];
    expect(asked.map((sinceMs) => log.arrivedSince(sinceMs))).toEqual([0, 0, 1, 2, 3, 3]);
    await log.dropArrivedBefore(1_002);
    expect(asked.map((sinceMs) => log.arrivedSince(sinceMs))).toEqual([2, 2, 2, 2, 3, 3]);
  });

  it('begins a file a day, so that a quiet server can drop what is old', async () => {
    let nowMs = 0;
    const log = await open({ now: () => nowMs });
    await log.append(sampleRecords(0, 3));
    nowMs = 30 * 24 * 3_600_000;
    expect(await log.dropArrivedBefore(nowMs)).toBe(3);
    expect(await ids(log)).toEqual([]);
    expect(await log.append(sampleRecords(3, 4))).toEqual({ first: 3, end: 4 });
    await log.close();
    expect(await ids(await open())).toEqual([3]);
  });

  it('lets one process write at a time, and says who does', async () => {
    const log = await open();
    await expect(FileEventLog.open({ folder: place.path })).rejects.toMatchObject({
      code: 'locked',
      message: expect.stringContaining(`process ${process.pid} writes events into ${place.path}`),
    });
    await log.close();
    await open();
  });

  it('goes on after a reader that stopped half-way', async () => {
    const log = await open({ segmentBytes: 1 });
    await log.append(sampleRecords(0, 3));
    await log.append(sampleRecords(3, 6));
    for await (const { offset } of log.read(0)) if (offset === 1) break;
    expect(await ids(log)).toEqual(numbers(6));
  });
});
