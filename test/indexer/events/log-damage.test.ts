import { appendFile, readFile, truncate, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { crc32 } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { FileEventLog } from '../../../indexer/events/file-event-log.ts';
import { readAll, sampleRecords } from '../../contracts/event-log.ts';
import { HEADER_BYTES, ids, numbers, useLogFolder } from './log-folder.ts';

const place = useLogFolder();
const { open, writeThreeFrames } = place;

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
      const error = await FileEventLog.open({ folder: place.path }).then(
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
    const file = path.join(place.path, '0000000000000000.events');
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
    await expect(FileEventLog.open({ folder: place.path })).rejects.toMatchObject({
      code: 'damaged',
    });
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
    bytes.writeUInt32LE(3, 4);
    bytes.writeUInt32LE(crc32(bytes.subarray(0, 24)), 24);
    await writeFile(file, bytes);
    await expect(FileEventLog.open({ folder: place.path })).rejects.toMatchObject({
      code: 'bad-version',
    });
  });
});
