import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { DuckDBInstance } from '@duckdb/node-api';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parseColumnMapping, VIDEO_COLUMNS } from '../../../indexer/input/column-mapping.ts';
import { RowTally } from '../../../indexer/input/row-tally.ts';
import { checkVideoLog, readVideoLog } from '../../../indexer/input/video-log.ts';
import type { VideoRow } from '../../../indexer/input/video-row.ts';

const NOW_MS = Date.parse('2026-06-01T00:00:00Z');

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'foretype-videos-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function write(name: string, content: string | Uint8Array): Promise<string> {
  const file = join(folder, name);
  await writeFile(file, content);
  return file;
}

async function read(file: string, columns: string[] = [], hasHeader = true) {
  const tally = new RowTally(1);
  const layout = {
    columns: parseColumnMapping(columns, '--video-columns', VIDEO_COLUMNS),
    hasHeader,
    times: {},
  };
  await checkVideoLog([file], layout);
  const rows: VideoRow[] = [];
  for await (const batch of readVideoLog([file], layout, NOW_MS, tally)) rows.push(...batch);
  return { rows, tally };
}

const FULL: VideoRow = {
  atUs: Date.parse('2026-05-01T12:00:00Z') * 1000,
  isTimeOfDay: false,
  video: 'v1',
  creator: 'c1',
  market: 'de-DE',
  title: 'Berlin, nachts',
  tags: ['berlin', 'nacht'],
  description: 'eins\nzwei "drei"',
};

describe('lists of videos', () => {
  test('CSV with line breaks, commas and quotes inside fields', async () => {
    const file = await write(
      'full.csv',
      'video,creator,market,at,title,tags,description,likes\r\n' +
        'v1,c1,de-de,2026-05-01T12:00:00Z,"Berlin, nachts","berlin|nacht","eins\nzwei ""drei""",7\r\n',
    );
    expect((await read(file)).rows).toEqual([FULL]);
  });

  test('NDJSON with tags as a list, plain or compressed', async () => {
    const { atUs: _, isTimeOfDay: __, ...fields } = FULL;
    const line = `${JSON.stringify({ ...fields, at: '2026-05-01T12:00:00Z' })}\n`;
    expect((await read(await write('full.ndjson', line))).rows).toEqual([FULL]);
    expect((await read(await write('full.ndjson.gz', gzipSync(line)))).rows).toEqual([FULL]);
  });

  test('a list of anything but texts is malformed, and so is a list where a text belongs', async () => {
    const file = await write(
      'lists.ndjson',
      '{"title":"a","tags":["x",{"y":1}]}\n{"title":["a"]}\n{"title":"b","tags":[]}\n{"video":"v"}\n',
    );
    const { rows, tally } = await read(file);
    expect(rows.map(({ title, tags }) => [title, tags])).toEqual([['b', []]]);
    expect(tally.malformed).toBe(3);
    expect(tally.examples.join('\n')).toMatch(
      /lists\.ndjson:4: no field "title", "tags" or "description"/,
    );
  });

  test('Parquet with tags as a list and a time of its own type', async () => {
    const file = join(folder, 'full.parquet');
    const instance = await DuckDBInstance.create(':memory:');
    const connection = await instance.connect();
    await connection.run(
      `COPY (SELECT 'v1' AS video, 'c1' AS creator, 'de-DE' AS market, TIMESTAMP '2026-05-01 12:00:00' AS at, 'Berlin, nachts' AS title,
         ['berlin', 'nacht'] AS tags, 'eins' || chr(10) || 'zwei "drei"' AS description
       UNION ALL SELECT 'v2', NULL, NULL, NULL, 'zwei', NULL, NULL ORDER BY video)
       TO '${file}' (FORMAT parquet)`,
    );
    connection.closeSync();
    instance.closeSync();
    const { rows } = await read(file);
    expect(rows[0]).toEqual(FULL);
    expect(rows[1]).toMatchObject({ video: 'v2', creator: undefined, tags: [], title: 'zwei' });
  });

  test('columns are mapped by name, or by position without a header', async () => {
    const named = await write('named.csv', 'Video ID,Title\nv1,Paris\n');
    const mapped = await read(named, ['video="Video ID",title=Title']);
    expect(mapped.rows[0]).toMatchObject({ video: 'v1', title: 'Paris' });
    const bare = await write('bare.tsv', 'v1\tParis\tfr\n');
    const placed = await read(bare, ['title=2,video=1'], false);
    expect(placed.rows[0]).toMatchObject({ video: 'v1', title: 'Paris', market: undefined });
  });

  test('needs a title, tags or a description to read', async () => {
    const file = await write('none.csv', 'video_id,channel\nv1,c1\n');
    await expect(read(file)).rejects.toThrow(
      /no column "title", "tags" or "description"; name it with --video-columns title=NAME/,
    );
    await expect(read(file, ['title=headline'])).rejects.toThrow(/no column "headline"/);
    await expect(read(file, ['video=1'], false)).rejects.toThrow(/position of the title/);
    expect(() => parseColumnMapping(['context.a=b'], '--video-columns', VIDEO_COLUMNS)).toThrow(
      /unknown column "context.a", expected one of video, title/,
    );
  });

  test('rows that say nothing are empty; times and markets that are none are malformed', async () => {
    const file = await write(
      'bad.csv',
      'at,market,title,tags\n,, ,\n2026-05-01,x_,a,\nsoon,en,a,\n2027-01-01,en,a,\n1970-01-02,und,old,[none]\n',
    );
    const { rows, tally } = await read(file);
    expect(tally).toMatchObject({ rows: 5, empty: 1, malformed: 3 });
    expect(rows).toMatchObject([{ title: 'old', market: undefined, tags: [] }]);
    expect(tally.examples[2]).toMatch(/later than the wall clock/);
  });

  test('character references of web exports are written out', async () => {
    const file = await write('refs.csv', 'title,tags\nTom &amp; Jerry&#39;s,rock &amp; roll|pop\n');
    expect((await read(file)).rows[0]).toMatchObject({
      title: "Tom & Jerry's",
      tags: ['rock & roll', 'pop'],
    });
  });
});
