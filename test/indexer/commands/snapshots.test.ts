import { mkdir, truncate, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { run } from '../../../indexer/commands/snapshots.ts';
import { readCurrent } from '../../../indexer/segment/current-pointer.ts';
import { listSnapshots } from '../../../indexer/segment/snapshot-directory.ts';
import { publishSample, temporaryFolders } from '../segment/publishing/sample-snapshots.ts';
import { runCommand } from './command-run.ts';

const folder = temporaryFolders();

async function two(): Promise<{ dir: string; old: string; current: string }> {
  const dir = await folder();
  return { dir, old: await publishSample(dir, 1), current: await publishSample(dir, 2) };
}

describe('foretype snapshots list', () => {
  it('prints a line a snapshot with the current one first', async () => {
    const { dir, old, current } = await two();
    await utimes(join(dir, 'snapshots', old, 'manifest.json'), 86_400, 86_400);
    const { code, stdout, stderr } = await runCommand(run, ['list', '--index', dir]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const lines = stdout.trimEnd().split('\n');
    expect(lines).toHaveLength(3);
    expect(lines[1]).toMatch(
      new RegExp(`^\\* +${current} +11 +2026-01-31T00:00:00.000Z .* current$`),
    );
    expect(lines[2]).toMatch(
      new RegExp(`^ +${old} +10 .* 1970-01-02T00:00:00.000Z .* previous 1$`),
    );
  });

  it('prints the same as JSON with --json', async () => {
    const { dir, old, current } = await two();
    await truncate(join(dir, 'snapshots', old, 'manifest.json'), 9);
    const { stdout } = await runCommand(run, ['list', '--index', dir, '--json']);
    expect(JSON.parse(stdout)).toMatchObject([
      {
        snapshot: current,
        current: true,
        previousRank: null,
        fault: null,
        manifest: { minUsers: 5 },
      },
      {
        snapshot: old,
        current: false,
        previousRank: 0,
        manifest: null,
        fault: { code: 'bad-manifest' },
      },
    ]);
  });

  it('prints what is wrong with a damaged one', async () => {
    const { dir, old } = await two();
    await truncate(join(dir, 'snapshots', old, 'manifest.json'), 9);
    const { code, stdout } = await runCommand(run, ['list', '--index', dir]);
    expect(code).toBe(0);
    expect(stdout).toMatch(new RegExp(`${old} .* damaged: .*manifest.json`));
  });

  it('says so when there are none', async () => {
    const dir = await folder();
    expect((await runCommand(run, ['list', '--index', dir])).stdout).toContain('no snapshots');
    expect((await runCommand(run, ['list', '--index', dir, '--json'])).stdout).toBe('[]\n');
  });
});

describe('foretype snapshots', () => {
  it('activates, rolls back and prunes', async () => {
    const { dir, old, current } = await two();
    const activated = await runCommand(run, ['activate', old, '--index', dir]);
    expect(activated).toEqual({ code: 0, stdout: `${old} is current\n`, stderr: '' });
    expect((await readCurrent(dir)).snapshot).toBe(old);
    const rolledBack = await runCommand(run, ['rollback', '--index', dir]);
    expect(rolledBack).toEqual({ code: 0, stdout: `${current} is current\n`, stderr: '' });
    expect((await readCurrent(dir)).snapshot).toBe(current);
    const kept = await runCommand(run, ['prune', '--index', dir]);
    expect(kept.stdout).toBe('nothing to remove\n');
    const pruned = await runCommand(run, ['prune', '--keep', '1', '--index', dir]);
    expect(pruned).toEqual({ code: 0, stdout: `removed ${old}\n`, stderr: '' });
    expect((await listSnapshots(dir)).map(({ name }) => name)).toEqual([current]);
  });

  it('prints the leftovers that prune removes', async () => {
    const { dir } = await two();
    // No process has an id this large: Linux ends at 2^22.
    const leftover = join(dir, 'snapshots', '.building-999999999-01234567-01234567');
    await mkdir(leftover);
    const { stdout } = await runCommand(run, ['prune', '--index', dir]);
    expect(stdout).toBe(`removed ${leftover}, left by a dead process\n`);
  });

  it('says when a damaged pointer was replaced', async () => {
    const { dir, old } = await two();
    await truncate(join(dir, 'current'), 5);
    const { code, stderr } = await runCommand(run, ['activate', old, '--index', dir]);
    expect(code).toBe(0);
    expect(stderr).toContain('"current" was damaged');
  });

  it.each([
    ['activate', 's-0123456789abcdef', 'unknown-snapshot'],
    ['activate', '../s-0123456789abcdef', 'bad-snapshot-name'],
  ])('fails to %s %s', async (action, name, code) => {
    const { dir } = await two();
    await expect(runCommand(run, [action, name, '--index', dir])).rejects.toMatchObject({ code });
  });

  it('fails to roll back the first snapshot', async () => {
    const dir = await folder();
    await publishSample(dir, 1);
    await expect(runCommand(run, ['rollback', '--index', dir])).rejects.toMatchObject({
      code: 'no-previous-snapshot',
    });
  });

  it.each([
    [[]],
    [['--index', 'x']],
    [['lst', '--index', 'x']],
    [['list']],
    [['list', 'more', '--index', 'x']],
    [['activate', '--index', 'x']],
    [['activate', 'a', 'b', '--index', 'x']],
    [['rollback', '--json', '--index', 'x']],
    [['list', '--keep', '2', '--index', 'x']],
    [['prune', '--keep', '0', '--index', 'x']],
    [['prune', '--keep', '1.5', '--index', 'x']],
    [['prune', '--keep', '', '--index', 'x']],
    [['prune', '--force', '--index', 'x']],
  ])('refuses %j as wrong usage', async (args) => {
    await expect(runCommand(run, args)).rejects.toMatchObject({
      name: 'UsageError',
      message: expect.stringContaining('usage: foretype snapshots'),
    });
  });
});
