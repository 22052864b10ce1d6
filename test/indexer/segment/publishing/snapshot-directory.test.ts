import { cp, mkdtemp, readdir, readFile, rm, truncate, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { withPointerLock } from '../../../../indexer/segment/build-lock.ts';
import { readCurrent } from '../../../../indexer/segment/current-pointer.ts';
import { publishSnapshot } from '../../../../indexer/segment/publish.ts';
import {
  activateSnapshot,
  listSnapshots,
  openSnapshotFiles,
  pruneSnapshots,
  rollbackSnapshot,
} from '../../../../indexer/segment/snapshot-directory.ts';
import { ChildProgram, endOf } from './child-program.ts';
import {
  flipBit,
  passingFiles,
  publishSample,
  samplePublication,
  temporaryFolders,
} from './sample-snapshots.ts';

const folder = temporaryFolders();

/** An index folder with the samples of 1, 2 and 3, published in this order. */
async function three(): Promise<{ dir: string; names: readonly [string, string, string] }> {
  const dir = await folder();
  const names = [
    await publishSample(dir, 1),
    await publishSample(dir, 2),
    await publishSample(dir, 3),
  ] as const;
  return { dir, names };
}

describe('openSnapshotFiles', () => {
  it('opens the current snapshot or the named one', async () => {
    const { dir, names } = await three();
    expect((await openSnapshotFiles(dir)).name).toBe(names[2]);
    const { segment, manifest } = await openSnapshotFiles(dir, names[0]);
    expect(segment.completions).toBe(manifest.completions);
  });

  it.each([
    '../x',
    's-0123456789abcde',
    's-0123456789ABCDEF',
    '',
    's-0123456789abcdef/..',
    'current',
  ])('refuses the name %j', async (name) => {
    const { dir } = await three();
    await expect(openSnapshotFiles(dir, name)).rejects.toMatchObject({ code: 'bad-snapshot-name' });
    await expect(activateSnapshot(dir, name)).rejects.toMatchObject({ code: 'bad-snapshot-name' });
  });

  it('tells an unknown snapshot from a damaged one', async () => {
    const { dir, names } = await three();
    const unknown = 's-0123456789abcdef';
    await expect(openSnapshotFiles(dir, unknown)).rejects.toMatchObject({
      code: 'unknown-snapshot',
    });
    await rm(join(dir, 'snapshots', names[0], 'manifest.json'));
    await expect(openSnapshotFiles(dir, names[0])).rejects.toMatchObject({ code: 'bad-manifest' });
    await rm(join(dir, 'snapshots', names[1], 'segment.ft'));
    await expect(openSnapshotFiles(dir, names[1])).rejects.toMatchObject({
      code: 'manifest-mismatch',
    });
  });

  it('finds the manifest of another snapshot', async () => {
    const { dir, names } = await three();
    const [from, to] = names.map((name) => join(dir, 'snapshots', name, 'manifest.json'));
    await cp(from!, to!);
    await expect(openSnapshotFiles(dir, names[1])).rejects.toMatchObject({
      code: 'manifest-mismatch',
      details: { expected: names[1], actual: names[0] },
    });
  });

  it('catches a segment that was cut or continued, whatever it opens like', async () => {
    const { dir, names } = await three();
    const place = join(dir, 'snapshots', names[2], 'segment.ft');
    const { length } = await readFile(place);
    for (const size of [0, 1, length >> 1, length - 1, length + 1, length + 4096]) {
      await truncate(place, size);
      await expect(openSnapshotFiles(dir)).rejects.toMatchObject({
        code: 'manifest-mismatch',
        details: { place, section: 'size in bytes', expected: length, actual: size },
      });
    }
  });

  it('catches flipped bytes of a segment with checksums, naming the file', async () => {
    const { dir, names } = await three();
    const place = join(dir, 'snapshots', names[2], 'segment.ft');
    const bytes = await readFile(place);
    for (let byte = 0; byte < bytes.length; byte += byte < 256 ? 1 : 211) {
      await writeFile(place, flipBit(bytes, byte * 8 + (byte % 8)));
      await expect(openSnapshotFiles(dir, undefined, { checksums: true })).rejects.toMatchObject({
        name: 'SegmentError',
        details: { place },
      });
    }
  });
});

describe('listSnapshots', () => {
  it('lists the current one, those before, then others by time of writing', async () => {
    const { dir, names } = await three();
    const later: string[] = [];
    for (const [number, seconds] of [
      [4, 2000],
      [5, 3000],
      [6, 1000],
    ] as const) {
      const { snapshot } = await publishSnapshot(dir, {
        ...samplePublication(number),
        activate: false,
      });
      await utimes(join(dir, 'snapshots', snapshot, 'manifest.json'), seconds, seconds);
      later.push(snapshot);
    }
    const listed = await listSnapshots(dir);
    const expected = [names[2], names[1], names[0], later[1], later[0], later[2]];
    expect(listed.map(({ name }) => name)).toEqual(expected);
    expect(listed.map(({ current }) => current)).toEqual([true, false, false, false, false, false]);
    expect(listed.map(({ previousRank }) => previousRank)).toEqual([
      undefined,
      0,
      1,
      undefined,
      undefined,
      undefined,
    ]);
    expect(listed[3]?.writtenAtMs).toBe(3_000_000);
  });

  it('lists a damaged one with what is wrong', async () => {
    const { dir, names } = await three();
    await truncate(join(dir, 'snapshots', names[0], 'manifest.json'), 20);
    const last = (await listSnapshots(dir)).at(-1);
    expect(last).toMatchObject({
      name: names[0],
      content: { kind: 'damaged', error: { code: 'bad-manifest' } },
    });
  });

  it('is empty for an empty folder and an error for none', async () => {
    const dir = await folder();
    expect(await listSnapshots(dir)).toEqual([]);
    await expect(listSnapshots(join(dir, 'none'))).rejects.toMatchObject({ code: 'no-snapshot' });
  });
});

describe('activateSnapshot', () => {
  it('switches and remembers what was before', async () => {
    const { dir, names } = await three();
    await activateSnapshot(dir, names[0]);
    expect(await readCurrent(dir)).toEqual({ snapshot: names[0], previous: [names[2], names[1]] });
    await activateSnapshot(dir, names[0]);
    expect(await readCurrent(dir)).toEqual({ snapshot: names[0], previous: [names[2], names[1]] });
  });

  it('does not switch to an unknown or damaged snapshot', async () => {
    const { dir, names } = await three();
    const place = join(dir, 'snapshots', names[0], 'segment.ft');
    const bytes = await readFile(place);
    await writeFile(place, flipBit(bytes, bytes.length * 8 - 200));
    await expect(activateSnapshot(dir, names[0])).rejects.toMatchObject({
      code: 'manifest-mismatch',
    });
    await expect(activateSnapshot(dir, 's-0123456789abcdef')).rejects.toMatchObject({
      code: 'unknown-snapshot',
    });
    await expect(activateSnapshot(join(dir, 'none'), names[0])).rejects.toMatchObject({
      code: 'no-snapshot',
    });
    expect((await readCurrent(dir)).snapshot).toBe(names[2]);
  });

  it('replaces a damaged pointer and says so', async () => {
    const { dir, names } = await three();
    await truncate(join(dir, 'current'), 3);
    expect(await activateSnapshot(dir, names[1])).toEqual({
      snapshot: names[1],
      previous: [],
      historyLost: true,
    });
  });

  it('waits for another change of the pointer', async () => {
    const { dir, names } = await three();
    let activation: Promise<unknown> | undefined;
    await withPointerLock(dir, async () => {
      activation = activateSnapshot(dir, names[0]);
      expect((await readCurrent(dir)).snapshot).toBe(names[2]);
    });
    await activation;
    expect((await readCurrent(dir)).snapshot).toBe(names[0]);
  });
});

describe('rollbackSnapshot', () => {
  it('goes back one at a time and not beyond the first', async () => {
    const { dir, names } = await three();
    expect(await rollbackSnapshot(dir)).toEqual({ snapshot: names[1], previous: [names[0]] });
    expect(await rollbackSnapshot(dir)).toEqual({ snapshot: names[0], previous: [] });
    await expect(rollbackSnapshot(dir)).rejects.toMatchObject({ code: 'no-previous-snapshot' });
    expect(await readCurrent(dir)).toEqual({ snapshot: names[0], previous: [] });
  });

  it('does not go back to a damaged one', async () => {
    const { dir, names } = await three();
    await truncate(join(dir, 'snapshots', names[1], 'segment.ft'), 100);
    await expect(rollbackSnapshot(dir)).rejects.toMatchObject({ code: 'manifest-mismatch' });
    expect((await readCurrent(dir)).snapshot).toBe(names[2]);
  });

  it('needs something published', async () => {
    const dir = await folder();
    await expect(rollbackSnapshot(dir)).rejects.toMatchObject({ code: 'no-snapshot' });
    await expect(rollbackSnapshot(join(dir, 'none'))).rejects.toMatchObject({
      code: 'no-snapshot',
    });
  });
});

describe('pruneSnapshots', () => {
  it('keeps the current one and one to roll back to by default', async () => {
    const { dir, names } = await three();
    expect(await pruneSnapshots(dir)).toEqual({ snapshots: [names[0]], leftovers: [] });
    expect(await readCurrent(dir)).toEqual({ snapshot: names[2], previous: [names[1]] });
    expect(await readdir(join(dir, 'snapshots'))).toEqual([names[1], names[2]].sort());
    expect(await passingFiles(dir)).toEqual([]);
  });

  it('never removes the current one, though it is the oldest', async () => {
    const { dir, names } = await three();
    await activateSnapshot(dir, names[0]);
    await pruneSnapshots(dir, { keep: 1 });
    expect(await readCurrent(dir)).toEqual({ snapshot: names[0], previous: [] });
    expect((await openSnapshotFiles(dir)).name).toBe(names[0]);
  });

  it.each([0, -1, 1.5, Number.NaN])('refuses to keep %d', async (keep) => {
    const { dir } = await three();
    await expect(pruneSnapshots(dir, { keep })).rejects.toMatchObject({ code: 'unsafe-prune' });
    expect(await listSnapshots(dir)).toHaveLength(3);
  });

  it('removes nothing while it cannot be known which one is current', async () => {
    const { dir } = await three();
    await truncate(join(dir, 'current'), 3);
    await expect(pruneSnapshots(dir)).rejects.toMatchObject({ code: 'bad-pointer' });
    expect(await readdir(join(dir, 'snapshots'))).toHaveLength(3);
  });

  it('removes damaged ones like others', async () => {
    const { dir, names } = await three();
    await truncate(join(dir, 'snapshots', names[0], 'manifest.json'), 0);
    expect((await pruneSnapshots(dir)).snapshots).toEqual([names[0]]);
  });
});

describe('readers', () => {
  let scratch: string;
  let program: ChildProgram;
  beforeAll(async () => {
    scratch = await mkdtemp(join(tmpdir(), 'foretype-readers-'));
    program = await ChildProgram.prepare(scratch, 4);
  });
  afterAll(() => rm(scratch, { recursive: true, force: true }));

  it('never see half a snapshot while another process publishes, activates and prunes', async () => {
    const { dir, names } = await three();
    const expected = new Map(names.map((name, index) => [name, index + 1]));
    expected.set(await publishSample(await folder(), 4), 4);
    const child = program.start({ indexDir: dir, action: 'churn', names });
    const end = endOf(child);
    const seen = new Set<string>();
    let reads = 0;
    const enough = (): boolean => reads >= 60 && seen.size >= 2;
    const read = async (): Promise<void> => {
      while (!enough() && child.exitCode === null) {
        const { name, segment, manifest } = await openSnapshotFiles(dir, undefined, {
          checksums: true,
        });
        segment.verify();
        expect(manifest.snapshot).toBe(name);
        expect(segment.completions).toBe(9 + expected.get(name)!);
        seen.add(name);
        reads += 1;
      }
    };
    try {
      await Promise.all([read(), read(), read()]);
    } finally {
      child.stdin?.end();
    }
    const { code, output } = await end;
    expect(code, output).toBe(0);
    expect(enough()).toBe(true);
  });
});
