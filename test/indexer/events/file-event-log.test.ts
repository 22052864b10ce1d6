import {
  appendFile,
  mkdtemp,
  readdir,
  readFile,
  rm,
  stat,
  truncate,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FileEventLog, type FileEventLogOptions } from '../../../indexer/events/file-event-log.ts';
import { describeEventLog, ofUsers, readAll, sampleRecords } from '../../contracts/event-log.ts';
import { type FileFault, type FileOperation, faultyFolder } from './faulty-folder.ts';

let folder: string;
const opened: FileEventLog[] = [];
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'foretype-events-'));
});
afterEach(async () => {
  for (const log of opened.splice(0)) await log.close();
  await rm(folder, { recursive: true });
});

async function open(options: Partial<FileEventLogOptions> = {}): Promise<FileEventLog> {
  const log = await FileEventLog.open({ folder, ...options });
  opened.push(log);
  return log;
}

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

const segmentsOf = async () =>
  (await readdir(folder)).filter((name) => name.endsWith('.events')).sort();
const ids = async (log: FileEventLog) =>
  (await readAll(log)).map(({ record }) => Number(record.event.eventId.slice('event-'.length)));
const numbers = (count: number) => Array.from({ length: count }, (_, i) => i);

/** A closed log of three frames with two records each, in one file; gives the file. */
async function writeThreeFrames(): Promise<string> {
  const log = await open();
  for (const from of [0, 2, 4]) await log.append(sampleRecords(from, from + 2));
  await log.close();
  return path.join(folder, (await segmentsOf())[0]!);
}

const HEADER_BYTES = 32;

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
    await expect(FileEventLog.open({ folder })).rejects.toMatchObject({
      code: 'locked',
      message: expect.stringContaining(`process ${process.pid} writes events into ${folder}`),
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

describe('a log whose last write was cut', () => {
  it('has every whole frame, tells what it cut off, and goes on, wherever the cut was', async () => {
    const file = await writeThreeFrames();
    const bytes = await readFile(file);
    const frames = await frameEnds(bytes);
    const secondEnd = frames[1]!;
    for (let length = secondEnd; length < bytes.length; length++) {
      await writeFile(file, bytes.subarray(0, length));
      const told: string[] = [];
      const log = await open({ log: (line) => told.push(line) });
      expect(log.end).toBe(4);
      expect(log.tornBytes).toBe(length - secondEnd);
      expect(told.length).toBe(length === secondEnd ? 0 : 1);
      expect(await log.append(sampleRecords(4, 5))).toEqual({ first: 4, end: 5 });
      expect(await ids(log)).toEqual(numbers(5));
      await log.close();
    }
  });

  it('takes a tail of zeros or of garbage for a cut write', async () => {
    const file = await writeThreeFrames();
    for (const garbage of [Buffer.alloc(5_000), Buffer.alloc(3_000, 'FTG1'), Buffer.from('x')]) {
      await appendFile(file, garbage);
      const log = await open();
      expect(log.tornBytes).toBe(garbage.length);
      expect(await ids(log)).toEqual(numbers(6));
      await log.close();
    }
  });
});

/** Where each frame of a file ends. */
async function frameEnds(bytes: Buffer): Promise<readonly number[]> {
  const ends: number[] = [];
  for (let at = HEADER_BYTES; at < bytes.length; ends.push(at))
    at += 24 + bytes.readUInt32LE(at + 8);
  return ends;
}

describe('a damaged log', () => {
  it('is refused at opening when a byte before the last frame differs, naming file and place', async () => {
    const file = await writeThreeFrames();
    const bytes = await readFile(file);
    const [firstEnd = 0, secondEnd = 0] = await frameEnds(bytes);
    for (let at = 0; at < secondEnd; at++) {
      // The header's last four bytes are reserved and not read.
      if (at >= 28 && at < HEADER_BYTES) continue;
      const damaged = Buffer.from(bytes);
      damaged[at]! ^= 0x10;
      await writeFile(file, damaged);
      const error = await FileEventLog.open({ folder }).then(
        () => null,
        (reason) => reason,
      );
      expect(error, `byte ${at}`).toMatchObject({
        code: 'damaged',
        message: expect.stringContaining(file),
      });
      if (at >= HEADER_BYTES) {
        const place = at < firstEnd ? HEADER_BYTES : firstEnd;
        expect(error.message).toContain(`at byte ${place},`);
      }
    }
  });

  it('is found when an earlier file is read, whichever byte differs or is missing', async () => {
    const log = await open({ segmentBytes: 1 });
    await log.append(sampleRecords(0, 2));
    await log.append(sampleRecords(2, 4));
    await log.close();
    const file = path.join(folder, '0000000000000000.events');
    const bytes = await readFile(file);
    for (let at = HEADER_BYTES; at < bytes.length; at += 3) {
      const damaged = Buffer.from(bytes);
      damaged[at]! ^= 1;
      await writeFile(file, damaged);
      await expectDamageOnReading(file);
    }
    for (const length of [HEADER_BYTES, HEADER_BYTES + 1, bytes.length - 1]) {
      await writeFile(file, bytes);
      await truncate(file, length);
      await expectDamageOnReading(file);
    }
    await truncate(file, HEADER_BYTES - 1);
    await expect(FileEventLog.open({ folder })).rejects.toMatchObject({ code: 'damaged' });
  });

  async function expectDamageOnReading(file: string): Promise<void> {
    const log = await open();
    await expect(readAll(log)).rejects.toMatchObject({
      code: 'damaged',
      message: expect.stringContaining(file),
    });
    expect((await readAll(log, 2)).length).toBe(2);
    await log.close();
  }

  it('of a later version is refused as such', async () => {
    const file = await writeThreeFrames();
    const bytes = await readFile(file);
    const { crc32 } = await import('node:zlib');
    bytes.writeUInt32LE(3, 4);
    bytes.writeUInt32LE(crc32(bytes.subarray(0, 24)), 24);
    await writeFile(file, bytes);
    await expect(FileEventLog.open({ folder })).rejects.toMatchObject({ code: 'bad-version' });
  });
});

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
      const place = path.join(folder, failing);
      let isFaulty = false;
      const log = await FileEventLog.open({
        folder: place,
        segmentBytes: 1,
        wrapFolder: (disk) =>
          faultyFolder(disk, (operation) => (isFaulty && operation === failing ? 'fail' : null)),
      });
      opened.push(log);
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

describe('erasing from a log in files', () => {
  const bytesOf = async () =>
    Buffer.concat(
      await Promise.all((await readdir(folder)).map((name) => readFile(path.join(folder, name)))),
    );

  it('leaves no byte of an erased record in the folder, also of the file that is written', async () => {
    const log = await open({ segmentBytes: 600 });
    for (let i = 0; i < 12; i++) await log.append(sampleRecords(i, i + 1));
    expect((await bytesOf()).includes('hash-11')).toBe(true);
    expect(await log.erase(ofUsers('hash-5', 'hash-11'))).toBe(2);
    const bytes = await bytesOf();
    for (const word of ['hash-5"', 'hash-11', 'query 5 ', 'query 11']) {
      expect(bytes.includes(word)).toBe(false);
    }
    expect(bytes.includes('hash-7')).toBe(true);
  });

  it('leaves files alone that hold nothing of it', async () => {
    const log = await open({ segmentBytes: 1 });
    for (let i = 0; i < 6; i++) await log.append(sampleRecords(i, i + 1));
    const before = await segmentsOf();
    const untouched = await stat(path.join(folder, before[0]!));
    expect(await log.erase(ofUsers('hash-3'))).toBe(1);
    expect(await segmentsOf()).toEqual(before);
    expect((await stat(path.join(folder, before[0]!))).ino).toBe(untouched.ino);
    expect(await log.erase(ofUsers('stranger'))).toBe(0);
    expect(await segmentsOf()).toEqual(before);
  });

  it('is whole after a fault at any step, and after the next try nothing is left', async () => {
    const faults: FileOperation[] = ['create', 'open', 'sync'];
    for (const operation of faults) {
      for (let at = 0; at < 6; at++) {
        await rm(folder, { recursive: true });
        let isArmed = false;
        let met = 0;
        const log = await open({
          segmentBytes: 600,
          wrapFolder: (inner) =>
            faultyFolder(inner, (kind) =>
              isArmed && kind === operation && met++ === at ? 'fail' : null,
            ),
        });
        for (let i = 0; i < 12; i++) await log.append(sampleRecords(i, i + 1));
        isArmed = true;
        const outcome = await log.erase(ofUsers('hash-1', 'hash-9', 'hash-11')).catch(() => null);
        isArmed = false;
        if (outcome !== null) expect(outcome).toBe(3);
        await log.close();
        const again = await open();
        const left = new Set(await ids(again));
        for (const number of numbers(12)) {
          if (![1, 9, 11].includes(number)) expect(left.has(number)).toBe(true);
        }
        await again.erase(ofUsers('hash-1', 'hash-9', 'hash-11'));
        expect(await ids(again)).toEqual(numbers(12).filter((i) => ![1, 9, 11].includes(i)));
        await again.close();
      }
    }
  });

  it('drops old files that were erased from like any others', async () => {
    let nowMs = 0;
    const log = await open({ segmentBytes: 1, now: () => nowMs });
    for (let i = 0; i < 4; i++) {
      nowMs = 1_000 + i;
      await log.append(sampleRecords(i, i + 1));
    }
    await log.erase(ofUsers('hash-1'));
    expect(await log.dropArrivedBefore(1_002)).toBe(2);
    expect(await ids(log)).toEqual([2, 3]);
  });

  it('refuses to look through a damaged file', async () => {
    const log = await open({ segmentBytes: 1 });
    for (let i = 0; i < 3; i++) await log.append(sampleRecords(i, i + 1));
    const file = path.join(folder, (await segmentsOf())[0]!);
    const bytes = await readFile(file);
    bytes[HEADER_BYTES + 40]! ^= 1;
    await writeFile(file, bytes);
    await expect(log.erase(ofUsers('hash-1'))).rejects.toMatchObject({ code: 'damaged' });
  });

  it('keeps to a number of bytes when it is asked to, oldest files first', async () => {
    const log = await open({ segmentBytes: 1 });
    for (let i = 0; i < 6; i++) await log.append(sampleRecords(i, i + 1));
    const all = await log.measure();
    await log.dropBeyondBytes(all / 2);
    expect(await log.measure()).toBeLessThan(0.75 * all);
    expect((await ids(log)).at(-1)).toBe(5);
    expect((await ids(log)).length).toBeLessThan(5);
  });
});
