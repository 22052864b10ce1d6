import { copyFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { DuckDBInstance } from '@duckdb/node-api';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parseColumnMapping } from '../../../indexer/input/column-mapping.ts';
import {
  checkQueryLog,
  type QueryLogLayout,
  readQueryLog,
} from '../../../indexer/input/query-log.ts';
import type { QueryRow } from '../../../indexer/input/query-row.ts';
import { RowTally } from '../../../indexer/input/row-tally.ts';

const NOW_MS = Date.parse('2026-06-01T00:00:00Z');

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'foretype-input-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

interface Options {
  readonly columns?: string;
  readonly header?: boolean;
  readonly format?: string;
  readonly share?: number;
}

function layoutOf({ columns, header = true, format }: Options): QueryLogLayout {
  return {
    columns: parseColumnMapping(columns === undefined ? [] : [columns], '--columns'),
    hasHeader: header,
    times: { format },
  };
}

async function readFiles(files: readonly string[], options: Options = {}) {
  const tally = new RowTally(options.share);
  const rows: QueryRow[] = [];
  for await (const batch of readQueryLog(files, layoutOf(options), NOW_MS, tally))
    rows.push(...batch);
  return { rows, tally, queries: rows.map((row) => row.query) };
}

async function readContent(name: string, content: string | Uint8Array, options: Options = {}) {
  const file = join(folder, name);
  await writeFile(file, content);
  const read = await readFiles([file], options);
  return { ...read, examples: read.tally.examples.map((text) => text.replace(`${folder}/`, '')) };
}

async function runSql(sql: string): Promise<void> {
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  await connection.run(sql);
  connection.closeSync();
  instance.closeSync();
}

/** A zstd frame of raw blocks (RFC 8878): no compression, but all the framing. */
function zstdFrame(content: Buffer, blockBytes: number): Buffer {
  const parts: Buffer[] = [Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0x00, 0x58])];
  for (let start = 0; start < content.length || start === 0; start += blockBytes) {
    const block = content.subarray(start, start + blockBytes);
    const isLast = start + blockBytes >= content.length;
    const header = Buffer.alloc(3);
    header.writeUIntLE((block.length << 3) | (isLast ? 1 : 0), 0, 3);
    parts.push(header, block);
  }
  return Buffer.concat(parts);
}

const TABLE =
  'at,user,query,market,count,users\n2020-01-02T03:04:05Z,u1,New York,en-us,3,2\n,,paris,,,\n';
const ROWS = [
  {
    atUs: Date.parse('2020-01-02T03:04:05Z') * 1000,
    isExact: true,
    isTimeOfDay: false,
    user: 'u1',
    session: undefined,
    query: 'New York',
    market: 'en-US',
    count: 3,
    users: 2,
  },
  {
    atUs: undefined,
    isExact: true,
    isTimeOfDay: false,
    user: undefined,
    session: undefined,
    query: 'paris',
    market: undefined,
    count: undefined,
    users: undefined,
  },
];

describe('formats', () => {
  const json = [
    {
      at: '2020-01-02T03:04:05Z',
      user: 'u1',
      query: 'New York',
      market: 'en-us',
      count: 3,
      users: '2',
    },
    { query: 'paris', user: null },
  ];
  const ndjson = `${json.map((row) => JSON.stringify(row)).join('\n')}\n`;
  const tsv = TABLE.replaceAll(',', '\t');

  test.each([
    ['a.csv', TABLE],
    ['a.tsv', tsv],
    ['a.txt', tsv],
    ['b.txt', TABLE],
    ['noname', TABLE],
    ['c.csv', tsv],
    ['d.tsv', TABLE],
    ['crlf.csv', TABLE.replaceAll('\n', '\r\n')],
    ['bom.csv', `\ufeff${TABLE}`],
    ['a.ndjson', ndjson],
    ['a.jsonl', ndjson.replaceAll('\n', '\r\n\n')],
    ['a.log', `  ${ndjson}`],
    ['bom.json', `\ufeff${ndjson}`],
    ['a.csv.gz', gzipSync(TABLE)],
    ['gzip', gzipSync(TABLE)],
    ['members.csv', Buffer.concat([gzipSync(TABLE.slice(0, 40)), gzipSync(TABLE.slice(40))])],
    ['a.ndjson.gz', gzipSync(ndjson)],
    ['a.csv.zst', zstdFrame(Buffer.from(TABLE), 1 << 17)],
    ['blocks.zst', zstdFrame(Buffer.from(TABLE), 7)],
    [
      'frames.zst',
      Buffer.concat([
        zstdFrame(Buffer.from(TABLE.slice(0, 40)), 9),
        Buffer.from([0x50, 0x2a, 0x4d, 0x18, 2, 0, 0, 0, 1, 2]),
        zstdFrame(Buffer.from(TABLE.slice(40)), 50),
      ]),
    ],
  ])('%s is read', async (name, content) => {
    const { rows, tally } = await readContent(name, content);
    expect(rows).toEqual(ROWS);
    expect(tally).toMatchObject({ rows: 2, malformed: 0, empty: 0 });
  });

  test('Parquet is read, with its own times whatever the time format', async () => {
    const file = join(folder, 'typed.parquet');
    await runSql(`COPY (
      SELECT TIMESTAMPTZ '2020-01-02 03:04:05Z' AS at, 'u1' AS "user", 'New York'::BLOB AS query, 'en-us' AS market, 3::BIGINT AS count, 2.0::DOUBLE AS users
      UNION ALL SELECT NULL, NULL, 'paris', NULL, NULL, NULL) TO '${file}' (FORMAT parquet)`);
    expect((await readFiles([file])).rows).toEqual(ROWS);
    expect((await readFiles([file], { format: '%s' })).rows).toEqual(ROWS);
    const dates = join(folder, 'dates.bin');
    await runSql(`COPY (SELECT DATE '2020-01-02' AS d, 7 AS q) TO '${dates}' (FORMAT parquet)`);
    const { rows } = await readFiles([dates], { columns: 'at=d,query=q' });
    expect(rows).toMatchObject([
      { atUs: Date.parse('2020-01-02') * 1000, isExact: false, query: '7' },
    ]);
    await expect(readFiles([dates])).rejects.toThrow(/no column "query".*the header has: d, q/);
  });

  test('a Parquet file is read by its own name alone, and by nothing that its folders are called', async () => {
    await mkdir(join(folder, 'user=7'));
    const write = (name: string): Promise<void> =>
      runSql(`COPY (SELECT '${name}' AS query) TO '${join(folder, name)}' (FORMAT parquet)`);
    for (const name of ['a1.parquet', 'ab.parquet', 'a.parquet', 'user=7/a.parquet']) {
      await write(name);
    }
    for (const name of [
      'a[1].parquet',
      'a*.parquet',
      'a?.parquet',
      '[!x].parquet',
      '{a,b}.parquet',
    ]) {
      await copyFile(join(folder, 'a.parquet'), join(folder, name));
      expect((await readFiles([join(folder, name)])).queries).toEqual(['a.parquet']);
    }
    const { rows } = await readFiles([join(folder, 'user=7/a.parquet')]);
    expect(rows).toMatchObject([{ query: 'user=7/a.parquet', user: undefined }]);
  });

  test('zstd that a real compressor wrote is read', async () => {
    const file = join(folder, 'real.csv.zst');
    await runSql(`COPY (SELECT 'query ' || (i * 7919 % 5003) AS query, i % 50 + 1 AS count FROM range(200000) t(i))
      TO '${file}' (FORMAT csv, HEADER, COMPRESSION zstd)`);
    const { rows } = await readFiles([file]);
    expect(rows.length).toBe(200_000);
    expect(
      rows.every(
        (row, i) => row.query === `query ${(i * 7919) % 5003}` && row.count === (i % 50) + 1,
      ),
    ).toBe(true);
  });

  test.each([
    ['cut.csv.gz', gzipSync(TABLE).subarray(0, 40), /damaged or truncated gzip data/],
    ['cut.zst', zstdFrame(Buffer.from(TABLE), 20).subarray(0, 50), /in the middle of a frame/],
    ['cut2.zst', zstdFrame(Buffer.from(TABLE), 20).subarray(0, 8), /in the middle of a frame/],
    [
      'tail.zst',
      Buffer.concat([zstdFrame(Buffer.from(TABLE), 20), Buffer.from('hello')]),
      /not zstd/,
    ],
    ['bad.parquet', Buffer.from('PAR1 and nothing else'), /cannot be read as Parquet/],
    ['latin1.csv', Buffer.from('qu\xe9ry,query\na,b\n', 'latin1'), /:1: the header cannot be read/],
    [
      'undated.csv',
      Buffer.from('query,at\na,2020-01-01\nb,12:30\n'),
      /:3: the time has no date.*--as-of/,
    ],
    ['utf16.csv', Buffer.from('\ufeffquery\nx\n', 'utf16le'), /UTF-16/],
  ])('%s is refused by name', async (name, content, message) => {
    await expect(readContent(name, content)).rejects.toThrow(message);
    await expect(readContent(name, content)).rejects.toThrow(name);
  });

  test('a list of one query a line needs neither header nor separator', async () => {
    const { queries, tally } = await readContent('list.txt', 'paris, france\n"new york"\n\n{x}\n', {
      columns: 'query=1',
      header: false,
    });
    expect(queries).toEqual(['paris, france', 'new york', '{x}']);
    expect(tally.rows).toBe(3);
  });

  test('any rows come back alike from CSV, TSV and NDJSON', async () => {
    const text = fc.string({
      unit: fc.constantFrom('a', 'é', '北', '😀', ' ', "'", '-'),
      maxLength: 8,
    });
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ user: text, query: text }), { minLength: 1 }),
        async (rows) => {
          const csv = ['user,query', ...rows.map(({ user, query }) => `"${user}","${query}"`)].join(
            '\n',
          );
          const tsv = ['query\tuser', ...rows.map(({ user, query }) => `${query}\t${user}`)].join(
            '\n',
          );
          const json = rows.map((row) => JSON.stringify(row)).join('\n');
          const expected = rows
            .filter(({ query }) => query.trim() !== '')
            .map(({ user, query }) => [user.trim() === '' ? undefined : user, query]);
          for (const [name, content] of [
            ['p.csv', csv],
            ['p.tsv', tsv],
            ['p.ndjson', json],
          ] as const) {
            const read = await readContent(name, content);
            expect(read.rows.map((row) => [row.user, row.query])).toEqual(expected);
            expect(read.tally.malformed).toBe(0);
          }
        },
      ),
      { numRuns: 30 },
    );
  });
});

describe('columns', () => {
  test('are found by mapped name, exactly first and then whatever the case', async () => {
    const csv = 'Date,User,QUERY,Search Term,user\n2020-01-02,a,b,c,d\n';
    const { rows } = await readContent('m.csv', csv, { columns: 'at=date,query="Search Term"' });
    expect(rows).toMatchObject([{ query: 'c', user: 'd', isExact: false }]);
    const { queries } = await readContent('m.csv', csv);
    expect(queries).toEqual(['b']);
  });

  test('a canonical name that a mapping claims is not taken for itself', async () => {
    const { rows } = await readContent('claim.csv', 'user,q\nx,y\n', {
      columns: 'session=user,query=q',
    });
    expect(rows).toMatchObject([{ session: 'x', user: undefined }]);
    const json = await readContent('claim.ndjson', '{"user":"x","q":"y"}\n', {
      columns: 'session=user,query=q',
    });
    expect(json.rows).toMatchObject([{ session: 'x', user: undefined }]);
  });

  test('NDJSON fields are found by path, and exact names win', async () => {
    const line = '{"USER":"no","event":{"q":"deep"},"user":7,"event.q2":"flat"}\n';
    expect((await readContent('p.ndjson', line, { columns: 'query=event.q' })).rows).toMatchObject([
      { query: 'deep', user: '7' },
    ]);
    expect((await readContent('p.ndjson', line, { columns: 'query=event.q2' })).queries).toEqual([
      'flat',
    ]);
  });

  test.each([
    [
      'query=Missing',
      true,
      /a\.csv: no column "Missing" \(mapped to query\); the header has: at, user, q/,
    ],
    ['user=uid,query=q', true, /no column "uid" \(mapped to user\)/],
    [undefined, true, /no column "query"; name it with --columns query=NAME/],
    ['query=q', false, /query needs a 1-based position, got "q"/],
    ['query=0', false, /1-based position/],
    ['user=1', false, /needs --columns with the position of the query/],
  ])('%s with header %s is wrong usage', async (columns, header, message) => {
    const options = { header, ...(columns === undefined ? {} : { columns }) };
    const reading = readContent('a.csv', 'at,user,q\n,,x\n', options);
    await expect(reading).rejects.toThrow(message);
    await expect(reading).rejects.toMatchObject({ name: 'UsageError' });
  });

  test.each([
    ['who=x', /unknown column "who"/],
    ['query', /expected COLUMN=NAME/],
    ['query=', /expected COLUMN=NAME/],
    ['query=a,query=b', /mapped twice/],
    ['query="a', /never closed/],
    ['query=a,b', /quote a name that holds a comma/],
    ['', /expected COLUMN=NAME/],
  ])('the mapping %j is wrong usage', (text, message) => {
    expect(() => parseColumnMapping([text], '--columns')).toThrow(message);
  });

  test('a mapping takes quoted names, commas in them, and context keys', () => {
    const mapping = parseColumnMapping(
      ['at="Time, UTC",query=Video ID', 'context.device="a""b"'],
      '--columns',
    );
    expect([...mapping]).toEqual([
      ['at', 'Time, UTC'],
      ['query', 'Video ID'],
      ['context.device', 'a"b'],
    ]);
  });

  test('a file that is not there is told before any work', async () => {
    await expect(checkQueryLog([join(folder, 'missing.csv')], layoutOf({}))).rejects.toThrow(
      /missing\.csv: cannot be read/,
    );
    await expect(checkQueryLog([folder], layoutOf({}))).rejects.toThrow(/it is a directory/);
  });
});

describe('malformed rows', () => {
  test('are counted with file, line and reason, and never quote a query or a user', async () => {
    const csv = [
      'at,user,query,count,users,market',
      'soon,secret,secret,,,',
      ',u,secret,0,,',
      ',u,secret,-1,,',
      ',u,secret,NaN,,',
      ',u,secret,1e400,,',
      ',u,secret,,2.5,',
      ',u,secret,,,e_n',
      '2026-06-01T00:06:00Z,u,secret,,,',
      ',u',
      ',u,secret,1,1,en,extra',
      `,u,${'x'.repeat(1025)},,,`,
      ',u,good,0.5,3,zh-hant-tw',
      '2026-06-01T00:04:00Z,u,good,,,,',
      '1800-01-01,u,good,,,',
      ',u,,,,',
    ].join('\n');
    const { examples, tally, queries } = await readContent('bad.csv', csv, { share: 1 });
    expect(tally).toMatchObject({ rows: 15, malformed: 11, empty: 1 });
    expect(queries).toEqual(['good', 'good', 'good']);
    expect(examples).toEqual([
      'bad.csv:2: at: expected ISO 8601 or epoch milliseconds, got "soon"',
      'bad.csv:3: count: expected a positive number up to 1e+100, got "0"',
      'bad.csv:4: count: expected a positive number up to 1e+100, got "-1"',
      'bad.csv:5: count: expected a positive number up to 1e+100, got "NaN"',
      'bad.csv:6: count: expected a positive number up to 1e+100, got "1e400"',
    ]);
  });

  test.each([
    [',u,secret,,2.5,', /users: expected a positive whole number/],
    [',u,secret,,,e_n', /market: expected a BCP 47 tag, got "e_n"/],
    ['2026-06-01T00:06:00Z,u,secret,,,', /later than the wall clock/],
    [',u', /expected 6 columns or more, got 2/],
    [',u,secret,1,1,en,extra', /expected 6 columns, got 7/],
    [`,u,${'x'.repeat(1025)},,,`, /longer than 1024 code points/],
    [`${'9'.repeat(300)},u,q,,,`, /got "9{80}…"$/],
  ])('%s tells why', async (row, message) => {
    const { examples } = await readContent(
      'one.csv',
      `at,user,query,count,users,market\n${row}\n`,
      { share: 1 },
    );
    expect(examples).toEqual([expect.stringMatching(message)]);
    expect(examples[0]).not.toContain('secret');
  });

  test.each([
    ['[1]', /not a JSON object/],
    ['{"query":', /not JSON/],
    ['{"q":"x"}', /no field "query"/],
    ['{"query":["x"]}', /query: expected a text or a number, got an object or a list/],
    ['{"query":"\\ud800"}', /query: an unpaired surrogate/],
  ])('NDJSON %s tells why', async (line, message) => {
    const { examples } = await readContent('one.ndjson', `${line}\n`, { share: 1 });
    expect(examples).toEqual([expect.stringMatching(message)]);
  });

  test('a query of 1,024 code points is a row, whatever its bytes', async () => {
    const { rows } = await readContent('long.csv', `query\n${'😀'.repeat(1024)}\n`);
    expect(rows.length).toBe(1);
  });

  test('a missing column at the end is no fault when it is not read', async () => {
    const { queries } = await readContent('short.tsv', 'query\tnote\nparis\nrome\tx\n');
    expect(queries).toEqual(['paris', 'rome']);
  });

  test('more than the share let through stops the run, early in a long file', async () => {
    const good = `query,count\n${'a,1\n'.repeat(18)}`;
    await expect(readContent('s.csv', `${good}b,0\n`, { share: 0.05 })).rejects.toThrow(
      /1 of 19 rows \(5\.3%\) are malformed.*\(0\.05\).*s\.csv:20/s,
    );
    expect((await readContent('s.csv', `${good}a,1\nb,0\n`, { share: 0.05 })).tally.malformed).toBe(
      1,
    );
    await expect(readContent('t.csv', `query,count\n${'b,0\n'.repeat(5000)}`)).rejects.toThrow(
      /1000 of 1000 rows/,
    );
  });

  test('by default a small file may have up to half, a large one 5%', async () => {
    expect((await readContent('h.csv', 'query,count\na,1\nb,0\n')).tally.malformed).toBe(1);
    await expect(readContent('h.csv', 'query,count\na,1\nb,0\nb,0\n')).rejects.toThrow(
      /2 of 3 rows/,
    );
    const rows = (bad: number) =>
      `query,count\n${'a,1\n'.repeat(2000 - bad)}${'b,0\n'.repeat(bad)}`;
    expect((await readContent('l.csv', rows(100))).tally.malformed).toBe(100);
    await expect(readContent('l.csv', rows(101))).rejects.toThrow(/rows \(5\.\d%\) are malformed/);
  });

  test('an empty file has no rows', async () => {
    for (const name of ['e.csv', 'e.tsv', 'e.ndjson']) {
      expect((await readContent(name, '')).tally.rows).toBe(0);
    }
  });
});
