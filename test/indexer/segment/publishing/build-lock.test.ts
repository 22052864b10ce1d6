import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { withBuildLock } from '../../../../indexer/segment/build-lock.ts';
import { leftoverName } from '../../../../indexer/segment/leftovers.ts';
import { withLock } from '../../../../indexer/segment/lock-file.ts';
import { isAlive, ownMark, UNKNOWN_START } from '../../../../indexer/segment/process-mark.ts';
import { ChildProgram, endOf } from './child-program.ts';
import { temporaryFolders } from './sample-snapshots.ts';

const IS_LINUX = process.platform === 'linux';
const folder = temporaryFolders();
let scratch: string;
let program: ChildProgram;

beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'foretype-lock-'));
  program = await ChildProgram.prepare(scratch, 1);
});
afterAll(() => rm(scratch, { recursive: true, force: true }));

/** The id of a process that has ended. */
async function deadPid(): Promise<number> {
  const child = spawn(process.execPath, ['-e', '']);
  await endOf(child);
  return child.pid!;
}

describe('withBuildLock', () => {
  it('gives the result of the work and leaves no file', async () => {
    const dir = join(await folder(), 'new');
    expect(await withBuildLock(dir, async () => 7)).toBe(7);
    await expect(withBuildLock(dir, () => Promise.reject(new Error('work')))).rejects.toThrow(
      'work',
    );
    expect(await readdir(dir)).toEqual([]);
  });

  it('refuses a second build and names the process that builds', async () => {
    const dir = await folder();
    await withBuildLock(dir, async () => {
      await expect(withBuildLock(dir, async () => 0)).rejects.toMatchObject({
        code: 'locked',
        details: { pid: process.pid },
        message: expect.stringContaining(`process ${process.pid} builds into ${dir}`),
      });
    });
  });

  it('refuses a build while another process builds, and does not once that was killed', async () => {
    const dir = await folder();
    const child = program.start({ indexDir: dir, action: 'hold' });
    await new Promise((resolve) => child.stdout?.once('data', resolve));
    await expect(withBuildLock(dir, async () => 0)).rejects.toMatchObject({
      code: 'locked',
      details: { pid: child.pid },
    });
    const end = endOf(child);
    child.kill('SIGKILL');
    await end;
    expect(await withBuildLock(dir, async () => 1)).toBe(1);
    expect(await readdir(dir)).toEqual([]);
  });

  it.skipIf(!IS_LINUX)(
    'is not held by another process that got the id (tells by /proc: Linux)',
    async () => {
      const dir = await folder();
      await writeFile(join(dir, '.build-lock'), `${process.pid} 0badcafe x\n`);
      expect(await withBuildLock(dir, async () => 1)).toBe(1);
    },
  );

  it.each(['', 'x', '12 zz x\n', '1\n'])(
    'is not held by %j, which no process wrote',
    async (text) => {
      const dir = await folder();
      await writeFile(join(dir, '.build-lock'), text);
      expect(await withBuildLock(dir, async () => 1)).toBe(1);
      expect(await readdir(dir)).toEqual([]);
    },
  );

  it('removes what dead builds left and nothing of live ones', async () => {
    const dir = await folder();
    const dead = await deadPid();
    const own = leftoverName('work');
    const stays = [
      'current',
      'snapshots',
      own,
      `.work-${process.pid}`,
      '.hidden',
      `.other-${dead}`,
    ];
    const goes = [`.work-${dead}`, `.work-${dead}-counting`, `.lock-${dead}-0-01234567`];
    if (IS_LINUX) goes.push(`.work-${process.pid}-0badcafe-01234567`);
    for (const name of [...stays, ...goes])
      await mkdir(join(dir, name, 'inner'), { recursive: true });
    const building = `.building-${dead}-0badcafe-01234567`;
    for (const name of [building, 's-0123456789abcdef']) {
      await mkdir(join(dir, 'snapshots', name, 'inner'), { recursive: true });
    }
    await withBuildLock(dir, async () => {
      const names = (await readdir(dir)).filter((name) => name !== '.build-lock');
      expect(names.sort()).toEqual([...stays].sort());
      expect((await readdir(join(dir, 'snapshots'))).sort()).toEqual([
        'inner',
        's-0123456789abcdef',
      ]);
    });
  });
});

describe('withLock', () => {
  it('lets one at a time in, and each at last, over the lock of a dead process', async () => {
    const dir = await folder();
    const path = join(dir, 'lock');
    const dead = await deadPid();
    await writeFile(path, `${dead} ${UNKNOWN_START} x\n`);
    let inside = 0;
    let entered = 0;
    const options = { purpose: 'is tested', waitMs: 30_000 };
    await Promise.all(
      Array.from({ length: 24 }, () =>
        withLock(path, options, async () => {
          inside += 1;
          entered += 1;
          expect(inside).toBe(1);
          await readFile(path);
          await readdir(dir);
          expect(inside).toBe(1);
          inside -= 1;
        }),
      ),
    );
    expect(entered).toBe(24);
    expect(await readdir(dir)).toEqual([]);
  });

  it('takes over from one that died while it took over', async () => {
    const dir = await folder();
    const path = join(dir, 'lock');
    const dead = await deadPid();
    await writeFile(path, `${dead} ${UNKNOWN_START} x\n`);
    const digest = createHash('sha256')
      .update(await readFile(path))
      .digest('hex');
    await writeFile(`${path}.break-${digest.slice(0, 16)}`, `${dead} ${UNKNOWN_START} y\n`);
    const options = { purpose: 'is tested', waitMs: 0 };
    expect(await withLock(path, options, async () => 1)).toBe(1);
    expect(await readdir(dir)).toEqual([]);
  });

  it('does not remove a lock that someone else put in place of its own', async () => {
    const path = join(await folder(), 'lock');
    const options = { purpose: 'is tested', waitMs: 0 };
    await withLock(path, options, () => writeFile(path, 'another'));
    expect(await readFile(path, 'utf8')).toBe('another');
  });
});

describe('isAlive', () => {
  it('tells this process from ended ones', async () => {
    expect(isAlive(ownMark())).toBe(true);
    expect(isAlive({ pid: await deadPid(), start: UNKNOWN_START })).toBe(false);
  });

  it('takes a process of another user for alive', () => {
    expect(isAlive({ pid: 1, start: UNKNOWN_START })).toBe(true);
  });

  it.skipIf(!IS_LINUX)(
    'takes a dead child that nobody reaped for dead (tells by /proc: Linux)',
    async () => {
      // The child runs as long as its input is open; by its end its parent is `tail`, which waits for no child.
      const shell = spawn('sh', ['-c', 'cat <&3 & echo $!; exec tail -f /dev/null'], {
        stdio: ['ignore', 'pipe', 'inherit', 'pipe'],
      });
      try {
        const output = await new Promise<Buffer>((resolve) => shell.stdout?.once('data', resolve));
        const pid = Number(output.toString());
        while ((await readFile(`/proc/${shell.pid}/comm`, 'latin1')) !== 'tail\n');
        expect(isAlive({ pid, start: UNKNOWN_START })).toBe(true);
        shell.stdio[3]?.destroy();
        while (!/\) Z /.test(await readFile(`/proc/${pid}/stat`, 'latin1')));
        expect(isAlive({ pid, start: UNKNOWN_START })).toBe(false);
      } finally {
        const end = endOf(shell);
        shell.kill('SIGKILL');
        await end;
      }
    },
  );
});
