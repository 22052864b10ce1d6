import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildIndex } from '../../indexer/build-index.ts';
import { DEFAULT_RULES, type IndexOptions } from '../../indexer/index-options.ts';
import { parseColumnMapping } from '../../indexer/input/column-mapping.ts';
import { parseAsOf } from '../../indexer/input/time-reader.ts';
import { verifySnapshot } from '../../indexer/segment/snapshot-verification.ts';

const NOW_MS = Date.parse('2026-06-01T00:00:00Z');
const REAL_DATA = resolve(process.env.FORETYPE_REAL_DATA ?? '../shared/data', 'queries');

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'foretype-build-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

interface Log {
  readonly files: readonly string[];
  readonly columns?: string;
  readonly header?: boolean;
  readonly format?: string;
  readonly asOf?: string;
  readonly minUsers?: number;
}

function build(out: string, log: Log, steps: string[] = []) {
  const asOf = log.asOf === undefined ? undefined : parseAsOf(log.asOf);
  const options: IndexOptions = {
    queries: log.files,
    layout: {
      columns: parseColumnMapping(log.columns === undefined ? [] : [log.columns], '--columns'),
      hasHeader: log.header ?? true,
      times: { format: log.format, asOfUs: asOf?.atUs },
    },
    asOf,
    market: undefined,
    rules: { ...DEFAULT_RULES, minUsers: log.minUsers ?? 1 },
    maxMalformedShare: undefined,
    memoryBytes: 1e9,
    indexDir: join(folder, out),
  };
  return buildIndex(options, {
    onStep: (what) => void steps.push(what),
    onRows: () => {},
    nowMs: () => NOW_MS,
  });
}

async function writeLog(name: string, content: string): Promise<string> {
  const file = join(folder, name);
  await writeFile(file, content);
  return file;
}

/** A log with ties, floods, several spellings and markets: whatever order threads work in could show. */
function syntheticLog(rows: number): string {
  const lines = ['at\tuser\tquery\tmarket\tcount'];
  for (let i = 0; i < rows; i++) {
    const n = (i * 7919) % 1009;
    const query = [`query ${n % 97}`, `Query ${n % 97}`, `query${n % 97}`, `${n % 13} b`][n % 4];
    const at = new Date(NOW_MS - ((i * 104_729) % 9_000_000) * 1000).toISOString();
    const count = i % 7 === 0 ? String((i % 11) + 0.1) : '';
    lines.push(`${at}\tu${(i * 31) % 499}\t${query}\t${['', 'en', 'de-DE'][i % 3]}\t${count}`);
  }
  return `${lines.join('\n')}\n`;
}

async function filesOf(out: string): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  for (const entry of await readdir(join(folder, out), { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    found.set(path.slice(join(folder, out).length), (await readFile(path)).toString('base64'));
  }
  return found;
}

describe('building an index', () => {
  test('the same input gives the same bytes, in whatever order threads work', async () => {
    const file = await writeLog('log.tsv', syntheticLog(20_000));
    const first = await build('same-1', { files: [file] });
    const second = await build('same-2', { files: [file] });
    expect(first.totals.completions).toBeGreaterThan(50);
    expect(second).toEqual(first);
    expect(await filesOf('same-2')).toEqual(await filesOf('same-1'));
  });

  test('a log cut into files counts like one', async () => {
    const [header = '', ...lines] = syntheticLog(3000).trimEnd().split('\n');
    const whole = await writeLog('whole.tsv', [header, ...lines].join('\n'));
    const parts = await Promise.all(
      [0, 1000, 2000].map((start) =>
        writeLog(`part-${start}.tsv`, [header, ...lines.slice(start, start + 1000)].join('\n')),
      ),
    );
    const one = await build('one', { files: [whole] });
    expect((await build('many', { files: parts })).snapshot).toBe(one.snapshot);
  });

  test('leaves a snapshot that verifies, and nothing that it worked with', async () => {
    const file = await writeLog('v.tsv', syntheticLog(2000));
    const dead = join(folder, 'verified', '.work-999999-dead');
    await mkdir(dead, { recursive: true });
    const report = await build('verified', { files: [file] });
    for await (const { finding } of verifySnapshot(join(folder, 'verified'), report.snapshot)) {
      expect(finding).toBeTypeOf('string');
    }
    const left = (await readdir(join(folder, 'verified'))).filter((name) =>
      name.startsWith('.work'),
    );
    expect(left).toEqual([]);
  });

  test('a failed build leaves the index as it was', async () => {
    const good = await writeLog('good.csv', 'query,count\na,1\n');
    const bad = await writeLog('bad.csv', `query,count\n${'a,0\n'.repeat(20)}`);
    const none = await writeLog('none.csv', 'query,count\n');
    await build('kept', { files: [good] });
    const before = await filesOf('kept');
    await expect(build('kept', { files: [good, bad] })).rejects.toThrow(/20 of 21 rows/);
    await expect(build('kept', { files: [none] })).rejects.toThrow(/no rows in/);
    await expect(build('kept', { files: [good, `${good}.missing`] })).rejects.toThrow(
      /cannot be read/,
    );
    expect(await filesOf('kept')).toEqual(before);
  });

  test('publishes an empty snapshot when nothing reaches the threshold, and says so', async () => {
    const file = await writeLog('few.csv', 'query,user\na,u\nb,\n');
    const report = await build('empty', { files: [file], minUsers: 5 });
    expect(report.totals.completions).toBe(0);
    expect(report.warnings).toEqual([
      '1 rows have neither user nor count: each is taken for one search by a user of its own',
      'no completion reached the threshold',
    ]);
    expect(report.asOf).toBeNull();
  });

  test('warns of epoch seconds read as milliseconds and of counted rows that no threshold holds', async () => {
    const file = await writeLog('seconds.csv', 'query,at,count\na,1577934245,2\n');
    const { warnings } = await build('seconds', { files: [file], minUsers: 5 });
    expect(warnings).toEqual([
      expect.stringMatching(/1 counted rows.*pass the threshold.*1 of their completions/),
      expect.stringMatching(/--time-format %s/),
    ]);
  });

  test('a time without a date belongs to the as-of day, whatever the hour', async () => {
    const file = await writeLog('clock.tsv', '23:59:59\tu\ta\n00:00:01\tv\ta\n');
    const log = {
      files: [file],
      header: false,
      columns: 'at=1,user=2,query=3',
      format: '%H:%M:%S',
    };
    for (const asOf of ['2008-06-01', '2008-06-01T00:00:00Z']) {
      const report = await build('clock', { ...log, asOf });
      expect(report).toMatchObject({ afterAsOf: 0, asOf: '2008-06-01T00:00:00.000Z', rows: 2 });
    }
    await expect(build('clock', log)).rejects.toMatchObject({ name: 'UsageError' });
  });
});

describe('real logs', () => {
  const logs: readonly (readonly [string, Omit<Log, 'files'>, number, number])[] = [
    [
      'excite-1997.tsv',
      { header: false, columns: 'user=1,at=2,query=3', format: '%y%m%d%H%M%S' },
      4501,
      1500,
    ],
    [
      'sogou-2008.tsv',
      { header: false, columns: 'at=1,user=2,query=3', format: '%H:%M:%S', asOf: '2008-06-01' },
      10_000,
      3500,
    ],
    [
      'bing-2020-01-by-country.tsv',
      { columns: 'at=Date,query=Query,count=PopularityScore' },
      33_871,
      4000,
    ],
    ['trec-2005.txt', { header: false, columns: 'query=1' }, 42_169, 40_000],
  ];
  for (const [name, log, rows, leastCompletions] of logs) {
    const file = join(REAL_DATA, name);
    const isAbsent = !existsSync(file);
    const title = isAbsent ? `${name} (left out: the real logs are not here)` : name;
    test.skipIf(isAbsent)(`${title} is read without a malformed row and indexed`, async () => {
      const report = await build(name, { ...log, files: [file] });
      expect(report).toMatchObject({ rows, malformed: 0, afterAsOf: 0 });
      const merges = report.variants?.merges ?? 0;
      expect(report.totals.completions + merges).toBeGreaterThan(leastCompletions);
      // Variants are some, never most; ten minutes of Chinese search have none.
      if (!name.startsWith('sogou')) expect(merges).toBeGreaterThan(0);
      expect(merges).toBeLessThan(report.totals.completions / 4);
    });
  }
});
