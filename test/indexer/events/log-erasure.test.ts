import { writeFileSync } from 'node:fs';
import { readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { ofUsers, readAll, sampleRecords } from '../../contracts/event-log.ts';
import { type FileOperation, faultyFolder } from './faulty-folder.ts';
import { HEADER_BYTES, ids, numbers, useLogFolder } from './log-folder.ts';

const place = useLogFolder();
const { open, segmentsOf } = place;

describe('erasing from a log in files', () => {
  const bytesOf = async () =>
    Buffer.concat(
      await Promise.all(
        (await readdir(place.path)).map((name) => readFile(path.join(place.path, name))),
      ),
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
    const untouched = await stat(path.join(place.path, before[0]!));
    expect(await log.erase(ofUsers('hash-3'))).toBe(1);
    expect(await segmentsOf()).toEqual(before);
    expect((await stat(path.join(place.path, before[0]!))).ino).toBe(untouched.ino);
    expect(await log.erase(ofUsers('stranger'))).toBe(0);
    expect(await segmentsOf()).toEqual(before);
  });

  it('is whole after a fault at any step, and after the next try nothing is left', async () => {
    const faults: FileOperation[] = ['create', 'open', 'sync'];
    for (const operation of faults) {
      for (let at = 0; at < 6; at++) {
        await rm(place.path, { recursive: true });
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

  it('keeps every other record of a file that is written in many pieces, some longer than all others together', async () => {
    const log = await open();
    const records = numbers(9).map((number) => {
      const { event, ...record } = sampleRecords(number, number + 1)[0]!;
      const query = `${number} `.repeat(number === 4 ? 900_000 : 150_000);
      return { ...record, event: { ...event, query } as typeof event };
    });
    for (const record of records) await log.append([record]);
    expect(await log.erase(ofUsers('hash-3', 'hash-7'))).toBe(2);
    const left = (await readAll(log)).map(({ record }) => record);
    expect(left).toEqual(records.filter((_, number) => number !== 3 && number !== 7));
    await log.append(sampleRecords(9, 10));
    expect(await ids(log)).toEqual([0, 1, 2, 4, 5, 6, 8, 9]);
  });

  it('leaves nothing half written behind when what it reads is damaged meanwhile', async () => {
    const log = await open({ segmentBytes: 1 });
    for (let i = 0; i < 3; i++) await log.append(sampleRecords(i, i + 1));
    const before = await readdir(place.path);
    const file = path.join(place.path, (await segmentsOf())[1]!);
    const bytes = await readFile(file);
    let looks = 0;
    const erased = log.erase({
      mentions: ['hash-1'],
      matches: () => {
        looks++;
        // Between looking for it and writing the file without it.
        writeFileSync(file, Buffer.concat([bytes.subarray(0, HEADER_BYTES + 40), bytes]));
        return true;
      },
    });
    await expect(erased).rejects.toMatchObject({ code: 'damaged' });
    expect(looks).toBe(1);
    expect(await readdir(place.path)).toEqual(before);
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
    const file = path.join(place.path, (await segmentsOf())[0]!);
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
