import { readdir, readFile, stat, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readCurrent } from '../../../../indexer/segment/current-pointer.ts';
import { SegmentError } from '../../../../indexer/segment/errors.ts';
import { publishSnapshot } from '../../../../indexer/segment/publish.ts';
import { openSnapshotFiles } from '../../../../indexer/segment/snapshot-directory.ts';
import {
  flipBit,
  passingFiles,
  publishSample,
  sampleInfo,
  samplePublication,
  temporaryFolders,
} from './sample-snapshots.ts';

const folder = temporaryFolders();

describe('publishSnapshot', () => {
  it('makes the snapshot current and readable', async () => {
    const dir = join(await folder(), 'made', 'on the way');
    const publication = samplePublication(1);
    const { snapshot, manifest, outcome } = await publishSnapshot(dir, publication);
    expect(outcome).toBe('written');
    expect(await readCurrent(dir)).toEqual({ snapshot, previous: [] });
    const opened = await openSnapshotFiles(dir, undefined, { checksums: true });
    expect(opened.name).toBe(snapshot);
    expect(opened.manifest).toEqual(manifest);
    expect(opened.manifest).toMatchObject(publication.info);
    expect(opened.segment.completions).toBe(publication.info.completions);
    opened.segment.verify();
    expect((await readdir(join(dir, 'snapshots', snapshot))).sort()).toEqual([
      'manifest.json',
      'segment.ft',
    ]);
    expect(await passingFiles(dir)).toEqual([]);
  });

  it('writes the same bytes under the same name in any folder', async () => {
    const contents = [];
    for (const dir of [await folder(), await folder()]) {
      const { snapshot } = await publishSnapshot(dir, samplePublication(2));
      const at = join(dir, 'snapshots', snapshot);
      const files = [join(dir, 'current'), join(at, 'manifest.json'), join(at, 'segment.ft')];
      contents.push(await Promise.all(files.map((file) => readFile(file, 'latin1'))));
    }
    expect(contents[0]).toEqual(contents[1]);
  });

  it('keeps other files beside the segment, named with their checksums, and repairs them', async () => {
    const dir = await folder();
    const records = [{ file: 'zebra.txt', bytes: Buffer.from('a record') }];
    const publication = { ...samplePublication(1), records };
    const { snapshot, manifest } = await publishSnapshot(dir, publication);
    expect(manifest.files.map(({ file, bytes }) => [file, bytes])).toMatchObject([
      ['segment.ft', publication.segment.byteLength],
      ['zebra.txt', 8],
    ]);
    expect((await publishSnapshot(dir, publication)).outcome).toBe('present');
    const place = join(dir, 'snapshots', snapshot, 'zebra.txt');
    expect(await readFile(place, 'utf8')).toBe('a record');
    await writeFile(place, 'a rEcord');
    expect((await publishSnapshot(dir, publication)).outcome).toBe('repaired');
    expect(await readFile(place, 'utf8')).toBe('a record');
    expect((await publishSnapshot(dir, samplePublication(1))).snapshot).not.toBe(snapshot);
  });

  it('does not write the same content again, only activates it', async () => {
    const dir = await folder();
    const first = await publishSample(dir, 1);
    const file = join(dir, 'snapshots', first, 'segment.ft');
    const { ino } = await stat(file);
    const second = await publishSample(dir, 2);
    const again = await publishSnapshot(dir, samplePublication(1));
    expect(again).toMatchObject({ snapshot: first, outcome: 'present' });
    expect((await stat(file)).ino).toBe(ino);
    expect(await readCurrent(dir)).toEqual({ snapshot: first, previous: [second] });
  });

  it('leaves the current one alone when it shall not activate', async () => {
    const dir = await folder();
    const first = await publishSample(dir, 1);
    const { snapshot } = await publishSnapshot(dir, { ...samplePublication(2), activate: false });
    expect((await readCurrent(dir)).snapshot).toBe(first);
    expect((await openSnapshotFiles(dir, snapshot)).name).toBe(snapshot);
  });

  it.each(['segment.ft', 'manifest.json'])(
    'replaces a damaged %s of the same content',
    async (file) => {
      const dir = await folder();
      const snapshot = await publishSample(dir, 1);
      const place = join(dir, 'snapshots', snapshot, file);
      const intact = await readFile(place);
      await writeFile(place, flipBit(intact, 8 * (intact.length >> 1)));
      const again = await publishSnapshot(dir, samplePublication(1));
      expect(again).toMatchObject({ snapshot, outcome: 'repaired' });
      expect(await readFile(place)).toEqual(intact);
      expect(await passingFiles(dir)).toEqual([]);
    },
  );

  it('replaces a damaged pointer and says so', async () => {
    const dir = await folder();
    await publishSample(dir, 1);
    await truncate(join(dir, 'current'), 10);
    const { snapshot, historyLost } = await publishSnapshot(dir, samplePublication(2));
    expect(historyLost).toBe(true);
    expect(await readCurrent(dir)).toEqual({ snapshot, previous: [] });
  });

  it('activates no segment that fails a check, and leaves nothing of it', async () => {
    const dir = await folder();
    const first = await publishSample(dir, 1);
    const { segment, info } = samplePublication(2);
    const step = segment.length / 60;
    let refused = 0;
    for (let at = step / 2; at < segment.length; at += step) {
      const byte = Math.floor(at);
      const broken = { segment: flipBit(segment, byte * 8 + 3), info };
      const caught = await publishSnapshot(dir, { ...broken, activate: false }).catch(
        (error) => error,
      );
      if (!(caught instanceof SegmentError)) continue; // a filling byte between sections
      await expect(publishSnapshot(dir, broken)).rejects.toMatchObject({ code: caught.code });
      expect((await readCurrent(dir)).snapshot).toBe(first);
      refused += 1;
    }
    expect(refused).toBeGreaterThan(30);
    expect(await passingFiles(dir)).toEqual([]);
  });

  it('refuses a number of completions that is not the segment’s', async () => {
    const dir = await folder();
    const { segment } = samplePublication(1);
    await expect(publishSnapshot(dir, { segment, info: sampleInfo(11) })).rejects.toMatchObject({
      code: 'manifest-mismatch',
      details: { section: 'completions', expected: 11, actual: 10 },
    });
    await expect(readCurrent(dir)).rejects.toMatchObject({ code: 'no-snapshot' });
    expect(await readdir(join(dir, 'snapshots'))).toEqual([]);
  });

  it('survives several publications at once', async () => {
    const dir = await folder();
    const names = await Promise.all([1, 2, 1, 3, 1].map((number) => publishSample(dir, number)));
    const { snapshot, previous } = await readCurrent(dir);
    expect([snapshot, ...previous].sort()).toEqual([...new Set(names)].sort());
    for (const name of names) await openSnapshotFiles(dir, name, { checksums: true });
    expect(await passingFiles(dir)).toEqual([]);
  });

  it('publishes a segment without completions', async () => {
    const dir = await folder();
    const { SegmentBuilder } = await import('../../../../indexer/segment/segment-builder.ts');
    const segment = new SegmentBuilder().finish();
    await publishSnapshot(dir, { segment, info: { ...sampleInfo(0), markets: [] } });
    expect((await openSnapshotFiles(dir)).segment.completions).toBe(0);
  });
});
