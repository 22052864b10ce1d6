import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parseColumnMapping } from '../../../indexer/input/column-mapping.ts';
import { checkQueryLog } from '../../../indexer/input/query-log.ts';
import { folder, layoutOf, readContent } from './read-logs.ts';

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
