import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  advancePointer,
  type CurrentPointer,
  MOST_PREVIOUS,
  parsePointer,
  readCurrent,
  replaceCurrent,
  writePointer,
} from '../../../../indexer/segment/current-pointer.ts';
import { flipBit, temporaryFolders } from './sample-snapshots.ts';

const name = (number: number): string => `s-${number.toString(16).padStart(16, '0')}`;
const POINTER: CurrentPointer = { snapshot: name(3), previous: [name(2), name(1)] };
const folder = temporaryFolders();

describe('current', () => {
  it('is read as it was written', async () => {
    const dir = await folder();
    for (const pointer of [POINTER, { snapshot: name(1), previous: [] }]) {
      await replaceCurrent(dir, pointer);
      expect(await readCurrent(dir)).toEqual(pointer);
    }
  });

  it('says that there is no snapshot in an empty folder and in none', async () => {
    const dir = await folder();
    await expect(readCurrent(dir)).rejects.toMatchObject({ code: 'no-snapshot' });
    await expect(readCurrent(join(dir, 'none'))).rejects.toMatchObject({ code: 'no-snapshot' });
  });

  it('is caught with any bit flipped, naming the file', async () => {
    const dir = await folder();
    await replaceCurrent(dir, POINTER);
    const place = join(dir, 'current');
    const bytes = await readFile(place);
    for (let bit = 0; bit < bytes.length * 8; bit += 1) {
      await writeFile(place, flipBit(bytes, bit));
      await expect(readCurrent(dir)).rejects.toMatchObject({
        code: 'bad-pointer',
        message: expect.stringContaining(place),
      });
    }
  });

  it('is caught when cut at any length or continued', () => {
    const text = writePointer(POINTER);
    for (let length = 0; length < text.length; length += 1) {
      expect(() => parsePointer(text.slice(0, length), 'current')).toThrow(/^current: /);
    }
    expect(() => parsePointer(`${text} `, 'current')).toThrow(/^current: /);
  });

  it('never leads out of the folder', () => {
    const text = writePointer({ snapshot: '../../etc', previous: [] });
    expect(() => parsePointer(text, 'current')).toThrow('current: snapshot: expected');
  });

  it('is no SegmentError when it cannot be read at all', async () => {
    const dir = await folder();
    await mkdir(join(dir, 'current'));
    await expect(readCurrent(dir)).rejects.toMatchObject({ code: 'EISDIR' });
  });
});

describe('advancePointer', () => {
  it('keeps each earlier snapshot once, newest first', () => {
    const first = advancePointer(undefined, name(1));
    const second = advancePointer(first, name(2));
    const third = advancePointer(second, name(3));
    expect(third).toEqual(POINTER);
    expect(advancePointer(third, name(1))).toEqual({
      snapshot: name(1),
      previous: [name(3), name(2)],
    });
  });

  it('remembers a bounded number of them', () => {
    let pointer: CurrentPointer | undefined;
    for (let i = 0; i < 100; i += 1) pointer = advancePointer(pointer, name(i));
    expect(pointer?.previous).toHaveLength(MOST_PREVIOUS);
    expect(pointer?.previous[0]).toBe(name(98));
  });
});
