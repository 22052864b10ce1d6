import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { withBuildLock } from '../../../../indexer/segment/build-lock.ts';
import { readCurrent } from '../../../../indexer/segment/current-pointer.ts';
import {
  listSnapshots,
  openSnapshotFiles,
  pruneSnapshots,
} from '../../../../indexer/segment/snapshot-directory.ts';
import { verifySnapshot } from '../../../../indexer/segment/snapshot-verification.ts';
import { ChildProgram } from './child-program.ts';
import type { Fault, FileOperations } from './faulty-file-system.ts';
import type { ChildOrder } from './publishing-child.ts';
import { flipBit, passingFiles, publishSample, temporaryFolders } from './sample-snapshots.ts';

const CHILD_PUBLISHES = 7;
const folder = temporaryFolders();
let scratch: string;
let program: ChildProgram;

beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'foretype-crash-'));
  program = await ChildProgram.prepare(scratch, CHILD_PUBLISHES);
});
afterAll(() => rm(scratch, { recursive: true, force: true }));

interface Scenario {
  readonly action: ChildOrder['action'];
  readonly fault: Fault;
  /** Fills the index folder; returns the name that is current after the child did its work. */
  readonly prepare: (indexDir: string) => Promise<string>;
}

/**
 * Runs the child once for each of its file operations, or for each write to be torn, each time with a fault at that one, and
 * returns how many there were. After each: what is current is whole, and is the snapshot from before or, from some operation on, the new one; the next
 * build succeeds; nothing is left of the one that was stopped. A kill, unlike an error, never tells: with it the switch is sharp.
 */
async function sweep({ action, fault, prepare }: Scenario): Promise<number> {
  const base = join(await folder(), 'base');
  const after = await prepare(base);
  const before = (await readCurrent(base)).snapshot;
  const damagedBefore = await damagedOnes(base);
  expect(before).not.toBe(after);
  const whole = join(await folder(), 'index');
  const moments = await momentsOf(action, fault, base, whole);
  expect((await readCurrent(whole)).snapshot).toBe(after);

  let switched = false;
  for (const at of moments) {
    const indexDir = join(await folder(), 'index');
    await cp(base, indexDir, { recursive: true });
    const end = await program.run({ indexDir, action, fault, at });
    const { snapshot } = await readCurrent(indexDir);
    expect([before, after]).toContain(snapshot);
    if (fault === 'fail') {
      if (end.code === 0) expect(snapshot).toBe(after);
    } else {
      expect(end).toMatchObject({ signal: 'SIGKILL', output: '' });
      if (switched) expect(snapshot, `after operation ${at}`).toBe(after);
    }
    switched ||= snapshot === after;
    for await (const check of verifySnapshot(indexDir, snapshot))
      expect(check.finding).not.toBe('');

    const next = await withBuildLock(indexDir, () => publishSample(indexDir, 20));
    expect((await openSnapshotFiles(indexDir)).name).toBe(next);
    expect(await passingFiles(indexDir), `after operation ${at}`).toEqual([]);
    for (const name of await damagedOnes(indexDir)) expect(damagedBefore).toContain(name);
    await rm(indexDir, { recursive: true });
  }
  expect(switched).toBe(true);
  return moments.length;
}

async function damagedOnes(indexDir: string): Promise<readonly string[]> {
  const listed = await listSnapshots(indexDir);
  return listed.filter(({ content }) => content.kind === 'damaged').map(({ name }) => name);
}

/** What the child publishes, learnt by publishing it elsewhere. */
async function nameOfChild(): Promise<string> {
  return publishSample(await folder(), CHILD_PUBLISHES);
}

async function prepareFresh(indexDir: string): Promise<string> {
  await publishSample(indexDir, 1);
  await publishSample(indexDir, 2);
  return nameOfChild();
}

/** Locks of processes that are gone, and a damaged snapshot of the name that the child will publish. */
async function prepareRuins(indexDir: string): Promise<string> {
  const name = await publishSample(indexDir, CHILD_PUBLISHES);
  const place = join(indexDir, 'snapshots', name, 'segment.ft');
  const bytes = await readFile(place);
  await writeFile(place, flipBit(bytes, 4 * bytes.length));
  await publishSample(indexDir, 1);
  const gone = await program.run({ indexDir, action: 'publish', fault: 'kill', at: 12 });
  expect(gone.signal).toBe('SIGKILL');
  await cp(join(indexDir, '.build-lock'), join(indexDir, '.current-lock'));
  return name;
}

async function prepareTwo(indexDir: string): Promise<string> {
  const name = await publishSample(indexDir, 1);
  await publishSample(indexDir, 2);
  return name;
}

describe('a build that is stopped', { timeout: 300_000 }, () => {
  it('by kill -9 before any file operation leaves a whole snapshot, and the next build succeeds', async () => {
    expect(
      await sweep({ action: 'publish', fault: 'kill', prepare: prepareFresh }),
    ).toBeGreaterThan(40);
  });

  it('by kill -9 in the middle of any write or removal leaves a whole snapshot, and the next build succeeds', async () => {
    const writes = await sweep({ action: 'publish', fault: 'tear', prepare: prepareRuins });
    expect(writes).toBeGreaterThan(4);
  });

  it('by kill -9 while it takes over from dead ones and repairs leaves a whole snapshot', async () => {
    expect(
      await sweep({ action: 'publish', fault: 'kill', prepare: prepareRuins }),
    ).toBeGreaterThan(60);
  });

  it('by a full disk at any file operation leaves a whole snapshot, and the next build succeeds', async () => {
    await sweep({ action: 'publish', fault: 'fail', prepare: prepareFresh });
  });

  it('by kill -9 during a roll back leaves a whole snapshot', async () => {
    await sweep({ action: 'rollback', fault: 'kill', prepare: prepareTwo });
  });
});

describe('a prune that is stopped', { timeout: 300_000 }, () => {
  it.each([
    ['before any file operation', 'kill' as const],
    ['in the middle of any removal', 'tear' as const],
  ])('by kill -9 %s leaves whole snapshots, and the next one ends the work', async (_, fault) => {
    const base = join(await folder(), 'base');
    for (const number of [1, 2, 3]) await publishSample(base, number);
    const current = (await readCurrent(base)).snapshot;
    const moments = await momentsOf('prune', fault, base);
    expect(moments.length).toBeGreaterThan(fault === 'tear' ? 2 : 20);
    for (const at of moments) {
      const indexDir = join(await folder(), 'index');
      await cp(base, indexDir, { recursive: true });
      const end = await program.run({ indexDir, action: 'prune', fault, at });
      expect(end.signal).toBe('SIGKILL');
      const { snapshot, previous } = await readCurrent(indexDir);
      expect(snapshot).toBe(current);
      expect(await damagedOnes(indexDir), `after operation ${at}`).toEqual([]);
      const there = (await listSnapshots(indexDir)).map(({ name }) => name);
      expect(there).toEqual(expect.arrayContaining([current, ...previous]));

      const again = await pruneSnapshots(indexDir, { keep: 1 });
      expect(again.snapshots).not.toContain(current);
      expect((await listSnapshots(indexDir)).map(({ name }) => name)).toEqual([current]);
      expect(await passingFiles(indexDir)).toEqual([]);
      await openSnapshotFiles(indexDir, undefined, { checksums: true });
    }
  });
});

/** At which file operations of an action a fault can happen; the action is done in a copy, which is left to look at. */
async function momentsOf(
  action: ChildOrder['action'],
  fault: Fault,
  base: string,
  copy?: string,
): Promise<readonly number[]> {
  const indexDir = copy ?? join(await folder(), 'index');
  await cp(base, indexDir, { recursive: true });
  const { output } = await program.run({ indexDir, action });
  const done = JSON.parse(output.replace(/^done /, '')) as FileOperations;
  return fault === 'tear' ? done.tearable : Array.from({ length: done.count }, (_, i) => i + 1);
}
