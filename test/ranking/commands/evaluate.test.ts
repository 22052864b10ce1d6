import { describe, expect, it } from 'vitest';
import { type EvaluateParts, type QueryRow, run } from '../../../ranking/commands/evaluate.ts';

function runWith(args: readonly string[], rows: readonly Partial<QueryRow>[]) {
  const stdout: string[] = [];
  const stderr: string[] = [];
  const asked: { files?: readonly string[]; options?: unknown; index?: string } = {};
  const parts: EvaluateParts = {
    async *readQueryRows(files, options) {
      asked.files = files;
      asked.options = options;
      for (const row of rows) {
        yield { at: null, user: null, query: '', market: null, count: 1, ...row };
      }
    },
    openSuggest: async (index) => {
      asked.index = index;
      return (typed) => ['banana bread', 'basil'].filter((text) => text.startsWith(typed));
    },
  };
  const io = {
    stdout: { write: (text: string) => stdout.push(text) },
    stderr: { write: (text: string) => stderr.push(text) },
    env: {},
    isTerminal: false,
  };
  return run(args, io, parts).then((code) => ({
    code,
    stdout: stdout.join(''),
    stderr: stderr.join(''),
    asked,
  }));
}

describe('foretype evaluate', () => {
  it('prints a line for each typed length, merging spellings of one query', async () => {
    const { code, stdout } = await runWith(
      ['--index', 'i', '--queries', 'q.tsv'],
      [
        { query: 'Basil' },
        { query: ' basil ', count: 2 },
        { query: 'banana  bread' },
        { query: '  ' },
      ],
    );
    expect(code).toBe(0);
    expect(stdout.split('\n')).toEqual([
      '2 distinct queries, 4 searches',
      'typed       MRR@10  success@10',
      '1           0.6250      1.0000',
      '2           0.6250      1.0000',
      '3           1.0000      1.0000',
      '5           1.0000      1.0000',
      '8           1.0000      1.0000',
      'whole       1.0000      1.0000',
      '',
    ]);
  });

  it('hands on every file and how to read them', async () => {
    const { asked, stdout } = await runWith(
      [
        '--queries',
        'a',
        'b',
        '--queries=c',
        '--columns',
        'query=1',
        '--no-header',
        '--json',
        '--index',
        'dir',
      ],
      [{ query: 'basil', market: 'en-US' }],
    );
    expect(asked).toEqual({
      files: ['a', 'b', 'c'],
      options: { columns: ['query=1'], noHeader: true, timeFormat: null },
      index: 'dir',
    });
    expect(JSON.parse(stdout)).toMatchObject({ distinctQueries: 1, searches: 1 });
  });

  it('ends with 1 when the logs hold no query', async () => {
    const { code, stderr } = await runWith(['--index', 'i', '--queries', 'empty.tsv'], []);
    expect(code).toBe(1);
    expect(stderr).toContain('empty.tsv');
  });

  it.each([
    [['--queries', 'q']],
    [['--index', 'i']],
    [['--index', 'i', 'stray', '--queries', 'q']],
    [['--index', 'i', '--queries', 'q', '--unknown']],
  ])('signals wrong usage for %j', async (args) => {
    await expect(runWith(args, [])).rejects.toMatchObject({ name: 'UsageError' });
  });
});
