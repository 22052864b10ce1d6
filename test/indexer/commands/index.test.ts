import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { repeatListOptions } from '../../../indexer/commands/file-lists.ts';
import { run } from '../../../indexer/commands/index.ts';
import { Progress } from '../../../indexer/commands/progress.ts';

let folder: string;
let log: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'foretype-index-'));
  log = join(folder, 'log.csv');
  await writeFile(log, 'Search Term,count\nparis,3\nrome,0\nrome,2\n,1\n');
});
afterAll(() => rm(folder, { recursive: true, force: true }));

function fakeIo(isTerminal = false) {
  const out: string[] = [];
  const err: string[] = [];
  const io = {
    stdout: { write: (text: string) => out.push(text) },
    stderr: { write: (text: string) => err.push(text) },
    env: {},
    isTerminal,
  };
  return { io, out, err };
}

describe('foretype index', () => {
  test('builds, says what it did a line a step, and reports', async () => {
    const { io, out, err } = fakeIo();
    const columns = 'query="Search Term"';
    const args = [
      '--queries',
      log,
      log,
      '--columns',
      columns,
      '--market',
      'en-us',
      '--out',
      join(folder, 'out'),
    ];
    expect(await run(args, io)).toBe(0);
    const report = out.join('');
    expect(report).toMatch(/^rows read +8$/m);
    expect(report).toMatch(/^ +left out +2 malformed$/m);
    expect(report).toMatch(/^ +left out +2 without a query$/m);
    expect(report).toMatch(/^completions +2$/m);
    expect(err.join('')).toMatch(/^reading rows, 8 rows: \d+\.\d s$/m);
    expect(err.join('')).toMatch(/^warning: 4 counted rows/m);
    expect(err.join('')).toContain(`${log}:3: count: expected a positive number`);
    const current = await readFile(join(folder, 'out', 'current'), 'utf8');
    expect(current).toContain(/s-[0-9a-f]{16}/.exec(report)?.[0]);
  });

  test.each([
    [[], /expected --queries FILE/],
    [['--queries', 'LOG'], /expected --out DIR/],
    [['--queries', '--out', 'x'], /queries/],
    [['--queries', 'LOG', '--out', 'x', '--colums', 'a'], /colums/],
    [['--out', 'x', 'stray', '--queries', 'LOG'], /unexpected "stray"/],
    [
      ['--queries', 'LOG', '--out', 'x', '--min-users', '0'],
      /--min-users: expected a whole number from 1 .*got "0"/,
    ],
    [['--queries', 'LOG', '--out', 'x', '--min-users', '2.5'], /--min-users/],
    [['--queries', 'LOG', '--out', 'x', '--half-life', '-1'], /half-life/],
    [
      ['--queries', 'LOG', '--out', 'x', '--max-malformed', '2'],
      /--max-malformed: expected a number from 0 to 1/,
    ],
    [
      ['--queries', 'LOG', '--out', 'x', '--group', 'all'],
      /--group: expected none, surface or variants/,
    ],
    [['--queries', 'LOG', '--out', 'x', '--market', 'e_n'], /--market: expected a BCP 47 tag/],
    [['--queries', 'LOG', '--out', 'x', '--as-of', 'soon'], /--as-of: expected ISO 8601/],
    [['--queries', 'LOG', '--out', 'x', '--time-format', '%Q'], /--time-format: unknown directive/],
    [['--queries', 'LOG', '--out', 'x', '--time-format', '%H:%M'], /--as-of/],
    [['--queries', 'LOG', '--out', 'x', '--no-header'], /--no-header needs --columns/],
    [['--queries', 'LOG', '--out', 'x', '--columns', 'who=a'], /--columns: unknown column "who"/],
    [
      ['--queries', 'LOG', '--min-mentions', '2', '--out', 'x'],
      /--min-mentions says how --comments are read/,
    ],
    [
      ['--comments', 'LOG', '--comment-columns', 'who=a', '--out', 'x'],
      /--comment-columns: unknown column "who"/,
    ],
    [
      ['--queries', 'LOG', '--events', 'x', '--out', 'x'],
      /--events: expected a server.s --data folder or its events folder, found no event log in x/,
    ],
  ])('%j is wrong usage', async (args, message) => {
    const given = args.map((arg) => (arg === 'LOG' ? log : arg));
    await expect(run(given, fakeIo().io)).rejects.toMatchObject({
      name: 'UsageError',
      message: expect.stringMatching(message),
    });
  });
});

test('a list option takes the words up to the next option, and may repeat', () => {
  const args = ['--queries', 'a', 'b', '--out', 'x', 'y', '--queries=c', 'd', '--queries', 'e'];
  expect(repeatListOptions(args, ['--queries'])).toEqual([
    '--queries',
    'a',
    '--queries',
    'b',
    '--out',
    'x',
    'y',
    '--queries=c',
    '--queries',
    'd',
    '--queries',
    'e',
  ]);
});

test('on a terminal progress draws over one line and leaves none behind', () => {
  const { io, err } = fakeIo(true);
  let nowMs = 0;
  const progress = new Progress(io, () => nowMs);
  progress.step('reading');
  for (const rows of [10, 20, 30]) {
    nowMs += 60;
    progress.rows(rows);
  }
  progress.finish();
  expect(err).toEqual([
    '\r\u001b[Kreading (0 s)',
    '\r\u001b[Kreading, 20 rows (0 s)',
    '\r\u001b[K',
  ]);
});
