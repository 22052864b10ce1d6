import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { sampleRecords } from '../../contracts/event-log.ts';
import { type FileFault, type FileOperation, faultyFolder } from './faulty-folder.ts';
import { ids, numbers, useLogFolder } from './log-folder.ts';

const place = useLogFolder();
const { open } = place;

describe('a log on a disk that fails', () => {
  async function openFaulty(
    decide: (operation: FileOperation, before: number) => FileFault | null,
  ) {
    const log = await open({ wrapFolder: (disk) => faultyFolder(disk, decide) });
    return log;
  }

  it('goes on writing after a short write', async () => {
    const log = await openFaulty((operation) => (operation === 'write' ? 'short' : null));
    await log.append(sampleRecords(0, 20));
    await log.append(sampleRecords(20, 40));
    expect(await ids(log)).toEqual(numbers(40));
  });

  it.each([
    ['write', 'tear'],
    ['write', 'fail'],
    ['sync', 'fail'],
  ] as const)('takes back a %s that met "%s", and appends again', async (failing, fault) => {
    let isFaulty = false;
    const log = await openFaulty((operation) => (isFaulty && operation === failing ? fault : null));
    await log.append(sampleRecords(0, 2));
    isFaulty = true;
    // The fsync of the taking back must work for the log to go on.
    const failed = log.append(sampleRecords(50, 60));
    if (failing === 'sync') {
      await expect(failed).rejects.toMatchObject({ code: 'broken' });
      await log.close();
    } else {
      await expect(failed).rejects.toMatchObject({ code: 'write-failed' });
      expect(await ids(log)).toEqual([0, 1]);
      isFaulty = false;
      expect(await log.append(sampleRecords(2, 4))).toEqual({ first: 2, end: 4 });
      expect(await ids(log)).toEqual(numbers(4));
      await log.close();
      const reopened = await open();
      // Nothing of the torn write was left behind what came after it.
      expect([reopened.tornBytes, await ids(reopened)]).toEqual([0, numbers(4)]);
    }
  });

  it('appends again after a single fsync that failed', async () => {
    const log = await openFaulty((operation, before) =>
      operation === 'sync' && before === 2 ? 'fail' : null,
    );
    await log.append(sampleRecords(0, 2));
    await expect(log.append(sampleRecords(50, 60))).rejects.toMatchObject({ code: 'write-failed' });
    await log.append(sampleRecords(2, 4));
    expect(await ids(log)).toEqual(numbers(4));
  });

  it('writes nothing behind a write that it could not take back, until it is opened anew', async () => {
    let isFaulty = false;
    const log = await openFaulty((operation) => {
      if (!isFaulty) return null;
      return operation === 'write' ? 'tear' : operation === 'truncate' ? 'fail' : null;
    });
    await log.append(sampleRecords(0, 2));
    isFaulty = true;
    await expect(log.append(sampleRecords(50, 60))).rejects.toMatchObject({ code: 'broken' });
    isFaulty = false;
    await expect(log.append(sampleRecords(2, 3))).rejects.toMatchObject({ code: 'broken' });
    expect(await ids(log)).toEqual([0, 1]);
    await log.close();
    const again = await open();
    expect(again.tornBytes).toBeGreaterThan(0);
    await again.append(sampleRecords(2, 3));
    expect(await ids(again)).toEqual(numbers(3));
  });

  it('rejects every append of a group that failed, and none of another', async () => {
    const log = await openFaulty((operation, before) =>
      operation === 'write' && before === 1 ? 'tear' : null,
    );
    const first = log.append(sampleRecords(0, 1));
    await first;
    const group = [log.append(sampleRecords(7, 8)), log.append(sampleRecords(8, 9))];
    const outcomes = await Promise.allSettled(group);
    expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    await log.append(sampleRecords(1, 2));
    expect(await ids(log)).toEqual([0, 1]);
  });

  it('appends again after a file could not be begun', async () => {
    for (const failing of ['create', 'open'] as const) {
      let isFaulty = false;
      const log = await open({
        folder: path.join(place.path, failing),
        segmentBytes: 1,
        wrapFolder: (disk) =>
          faultyFolder(disk, (operation) => (isFaulty && operation === failing ? 'fail' : null)),
      });
      await log.append(sampleRecords(0, 1));
      isFaulty = true;
      await expect(log.append(sampleRecords(9, 10))).rejects.toMatchObject({
        code: 'write-failed',
      });
      isFaulty = false;
      await log.append(sampleRecords(1, 2));
      expect(await ids(log)).toEqual([0, 1]);
    }
  });
});
