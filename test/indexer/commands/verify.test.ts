import { readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { run } from '../../../indexer/commands/verify.ts';
import {
  flipBit,
  publishSample,
  temporaryFolders,
} from '../segment/publishing/sample-snapshots.ts';
import { runCommand } from './command-run.ts';

const folder = temporaryFolders();

async function two(): Promise<{ dir: string; old: string; current: string }> {
  const dir = await folder();
  return { dir, old: await publishSample(dir, 1), current: await publishSample(dir, 2) };
}

describe('foretype verify', () => {
  it('prints a line a check of the current snapshot and returns 0', async () => {
    const { dir, current, old } = await two();
    const { code, stdout, stderr } = await runCommand(run, ['--index', dir]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const lines = stdout.trimEnd().split('\n');
    expect(lines).toHaveLength(4);
    for (const line of lines) expect(line).toMatch(/^ok {5}/);
    expect(lines[0]).toContain(`current: ${current} is current`);
    expect(lines[3]).toContain('every order invariant, 11 completions');
    expect(stdout).not.toContain(old);
  });

  it('checks every snapshot with --all', async () => {
    const { dir, old } = await two();
    const { code, stdout } = await runCommand(run, ['--index', dir, '--all']);
    expect(code).toBe(0);
    expect(stdout.split('\n').filter((line) => line.includes(old))).toHaveLength(3);
  });

  it.each(['segment.ft', 'manifest.json'])(
    'returns 1 and names the place of flipped bytes of %s',
    async (file) => {
      const { dir, current } = await two();
      const place = join(dir, 'snapshots', current, file);
      const bytes = await readFile(place);
      for (let byte = 0; byte < bytes.length; byte += Math.ceil(bytes.length / 50)) {
        await writeFile(place, flipBit(bytes, byte * 8 + (byte % 8)));
        const { code, stderr } = await runCommand(run, ['--index', dir]);
        expect(code).toBe(1);
        expect(stderr).toMatch(/^fault {2}.+\n$/);
        expect(stderr).toContain(place);
      }
    },
  );

  it.each(['segment.ft', 'manifest.json'])(
    'returns 1 and names a %s that was cut or is gone',
    async (file) => {
      const { dir, current } = await two();
      const place = join(dir, 'snapshots', current, file);
      const { length } = await readFile(place);
      for (const size of [length - 1, length >> 1, 1, 0]) {
        await truncate(place, size);
        const { code, stderr } = await runCommand(run, ['--index', dir]);
        expect(code).toBe(1);
        expect(stderr).toContain(place);
      }
      await rm(place);
      expect(await runCommand(run, ['--index', dir])).toMatchObject({
        code: 1,
        stderr: expect.stringContaining(place),
      });
    },
  );

  it('finds a damaged snapshot that is not current with --all only, and checks the others still', async () => {
    const { dir, old, current } = await two();
    await truncate(join(dir, 'snapshots', old, 'segment.ft'), 64);
    expect((await runCommand(run, ['--index', dir])).code).toBe(0);
    const { code, stdout, stderr } = await runCommand(run, ['--index', dir, '--all']);
    expect(code).toBe(1);
    expect(stderr).toContain(join(old, 'segment.ft'));
    expect(stdout).toContain(join(current, 'segment.ft'));
  });

  it('checks all snapshots though current is damaged, and returns 1', async () => {
    const { dir, old } = await two();
    await truncate(join(dir, 'current'), 5);
    const { code, stdout, stderr } = await runCommand(run, ['--index', dir, '--all']);
    expect(code).toBe(1);
    expect(stderr).toContain(join(dir, 'current'));
    expect(stdout).toContain(old);
  });

  it('returns 1 where there is no index', async () => {
    const dir = await folder();
    for (const index of [dir, join(dir, 'none')]) {
      const { code, stderr } = await runCommand(run, ['--index', index]);
      expect(code).toBe(1);
      expect(stderr).toContain('expected an index with a current snapshot');
    }
  });

  it.each([
    [[]],
    [['--index']],
    [['--index', '']],
    [['--index', 'x', 'y']],
    [['--index', 'x', '--every']],
  ])('refuses %j as wrong usage', async (args) => {
    await expect(runCommand(run, args)).rejects.toMatchObject({
      name: 'UsageError',
      message: expect.stringContaining('usage: foretype verify'),
    });
  });
});
