import { describe, expect, test } from 'vitest';
import { readContent } from './read-logs.ts';

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
