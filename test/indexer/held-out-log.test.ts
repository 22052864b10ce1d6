import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type HeldOutRow, readHeldOutLog } from '../../indexer/held-out-log.ts';

const NOW_MS = Date.parse('2026-06-01T00:00:00Z');

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'foretype-held-out-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function read(
  content: string,
  columns: readonly string[],
  timeFormat: string | null,
): Promise<readonly HeldOutRow[]> {
  const file = join(folder, 'log.tsv');
  await writeFile(file, content);
  const rows: HeldOutRow[] = [];
  const layout = { columns, noHeader: columns.length > 0, timeFormat };
  for await (const row of readHeldOutLog([file], layout, NOW_MS)) rows.push(row);
  return rows;
}

test('gives the rows in order, uncleaned, with what each stands for', async () => {
  const content =
    'at\tuser\tquery\tmarket\tcount\tusers\n2020-01-02T00:00:00.5Z\tu\tA\ten-us\t\t\n\t\tA\t\t2\t7\n\t\t\t\t\t\n\t\tb\t\t\t3\n';
  expect(await read(content, [], null)).toEqual([
    { at: Date.parse('2020-01-02T00:00:00.5Z'), user: 'u', query: 'A', market: 'en-US', count: 1 },
    { at: null, user: null, query: 'A', market: null, count: 2 },
    { at: null, user: null, query: 'b', market: null, count: 3 },
  ]);
});

test('needs no date for times of day', async () => {
  expect(await read('00:00:07\ta\n', ['at=1,query=2'], '%H:%M:%S')).toMatchObject([
    { at: 7000, query: 'a' },
  ]);
});

test('refuses a log of malformed rows', async () => {
  await expect(read('query\tcount\na\t0\n', [], null)).rejects.toThrow(/1 of 1 rows/);
});
