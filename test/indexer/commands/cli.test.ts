import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const CLI = resolve('dist/cli.js');
const isAbsent = !existsSync(CLI);
const note = isAbsent ? ' (left out: not built, npm run build)' : '';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'foretype-cli-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

function foretype(...args: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [CLI, ...args], {
    encoding: 'utf8',
  });
  return { status, stdout, stderr };
}

describe.skipIf(isAbsent)(`the command line${note}`, () => {
  test('indexes a log, suggests from it, measures and verifies it', async () => {
    const log = join(folder, 'log.csv');
    await writeFile(log, 'query,count\nparis,3\npalermo,2\nrome,9\n');
    const index = join(folder, 'index');
    expect(foretype('index', '--queries', log, '--out', index)).toMatchObject({ status: 0 });
    expect(foretype('suggest', '--index', index, 'p')).toEqual({
      status: 0,
      stdout: 'paris\npalermo\n',
      stderr: '',
    });
    const measured = foretype('evaluate', '--index', index, '--queries', log, '--json');
    expect(JSON.parse(measured.stdout)).toMatchObject({ distinctQueries: 3, searches: 14 });
    expect(foretype('verify', '--index', index).status).toBe(0);
  });

  test.each(['--help', '-h', 'help'])('%s shows the commands', (word) => {
    expect(foretype(word)).toMatchObject({
      status: 0,
      stdout: expect.stringMatching(/^usage: foretype/),
    });
  });

  test.each([
    ...['index', 'serve', 'suggest', 'evaluate', 'inspect', 'verify', 'snapshots', 'profiles'],
    ...['simulate', 'demo'],
  ])('%s --help shows its usage', (command) => {
    expect(foretype(command, '--help')).toMatchObject({
      status: 0,
      stdout: expect.stringMatching(new RegExp(`^usage: foretype ${command} `)),
    });
  });

  test('--version is the version of the package', () => {
    expect(foretype('--version').stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
  });

  test.each([
    [[], /expected a command/],
    [['toString'], /unknown command "toString"/],
    [['inspect', '--index', 'x'], /expected one QUERY/],
    [['inspect', 'q'], /expected --index DIR/],
    [['train'], /train is not in this version yet/],
    [['index', '--nonsense'], /^foretype index: /],
  ])('%j is wrong usage', (args, message) => {
    const { status, stderr } = foretype(...args);
    expect(status).toBe(2);
    expect(stderr).toMatch(message);
  });

  test('work that fails says why in a line and exits with 1', () => {
    const missing = join(folder, 'missing.csv');
    const { status, stderr } = foretype(
      'index',
      '--queries',
      missing,
      '--out',
      join(folder, 'none'),
    );
    expect(status).toBe(1);
    expect(stderr).toMatch(/^foretype index: .*missing\.csv: cannot be read.*\n$/);
  });
});
