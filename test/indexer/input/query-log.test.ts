import { copyFile, mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { DuckDBInstance } from '@duckdb/node-api';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { folder, readContent, readFiles } from './read-logs.ts';

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

  test('Parquet is read from gzip and zstd', async () => {
    const file = join(folder, 'packed.bin');
    await runSql(
      `COPY (SELECT 'query ' || i AS query FROM range(30000) t(i)) TO '${file}' (FORMAT parquet)`,
    );
    const bytes = await readFile(file);
    const { queries } = await readFiles([file]);
    expect(queries).toHaveLength(30_000);
    for (const [name, packed] of [
      ['packed.parquet.gz', gzipSync(bytes)],
      ['packed.zst', zstdFrame(bytes, 60_000)],
    ] as const) {
      expect((await readContent(name, packed)).queries).toEqual(queries);
    }
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
    ['bad.gz', gzipSync('PAR1 and nothing else'), /cannot be read as Parquet/],
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
