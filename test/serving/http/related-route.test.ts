import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildServer } from '../../../serving/http/server.ts';
import { IndexDirectory } from '../../../serving/snapshot/index-directory.ts';
import { SnapshotHolder } from '../../../serving/snapshot/snapshot-holder.ts';
import { type IndexedLog, indexSearches, sessionsOf } from '../../support/related-fixture.ts';

describe('GET /v1/related', () => {
  let log: IndexedLog;
  let server: ReturnType<typeof buildServer>;
  beforeAll(async () => {
    log = await indexSearches([
      ...sessionsOf(6, ['marble run', 'steel bearing', 'glass bead']),
      ...sessionsOf(6, ['copper kettle', 'tea strainer']),
    ]);
    const holder = new SnapshotHolder(new IndexDirectory(log.folder));
    await holder.load();
    const sessions = {
      sessionOf: (id: string) =>
        id === 'known' ? { queries: ['steel bearing'], videos: [] } : null,
    };
    server = buildServer({ holder, version: '0.0.0-test', sessions, adminKey: 'secret' });
    await server.ready();
  });
  afterAll(async () => {
    await server.close();
    await log.remove();
  });

  const ask = async (target: string, headers: Record<string, string> = {}) => {
    const answer = await server.inject({ url: target, headers });
    return { status: answer.statusCode, body: answer.json(), type: answer.headers['content-type'] };
  };
  const texts = async (target: string) =>
    (await ask(target)).body.suggestions.map(({ text }: { text: string }) => text);

  it('answers as suggest does, with its own source', async () => {
    const { status, body } = await ask('/v1/related?q=Marble%20run&limit=1');
    expect(status).toBe(200);
    expect(body).toMatchObject({
      market: 'und',
      personalised: false,
      degraded: [],
      query: { text: 'Marble run', normalised: 'marble run' },
      suggestions: [{ text: 'steel bearing', kind: 'query', source: 'related', matches: [] }],
    });
  });

  it('answers the same from its cache, and anew to a session that searched', async () => {
    const first = await texts('/v1/related?q=marble+run');
    expect(await texts('/v1/related?q=marble+run')).toEqual(first);
    expect(first).toContain('steel bearing');
    expect(await texts('/v1/related?q=marble+run&session=known')).not.toContain('steel bearing');
    expect(await texts('/v1/related?q=marble+run&session=other')).toEqual(first);
    const ignored = await texts('/v1/related?q=marble+run&session=known&personalise=false');
    expect(ignored).toEqual(first);
  });

  it('is empty for an unknown query, and for a video while none is known', async () => {
    expect((await ask('/v1/related?q=zxqv')).body.suggestions).toEqual([]);
    const { status, body } = await ask('/v1/related?video=v1');
    expect(status).toBe(200);
    expect(body.suggestions).toEqual([]);
    expect(body.degraded).toEqual(['video']);
  });

  it('explains to the admin alone', async () => {
    const target = '/v1/related?q=marble+run&explain=true';
    expect((await ask(target)).status).toBe(401);
    const { body } = await ask(target, { authorization: 'Bearer secret' });
    expect(body.suggestions[0].explain).toMatchObject({ generator: 'followed' });
  });

  it.each([
    ['', 'invalid_parameter', 'q'],
    ['?q=', 'invalid_parameter', 'q'],
    ['?q=%20%20', 'invalid_parameter', 'q'],
    ['?q=a&video=v', 'invalid_parameter', 'video'],
    ['?video=', 'invalid_parameter', 'video'],
    ['?q=a&q=b', 'repeated_parameter', 'q'],
    ['?q=a&limit=21', 'invalid_parameter', 'limit'],
    ['?q=a&foo=1', 'unknown_parameter', 'foo'],
    ['?q=%ff', 'invalid_encoding', 'q'],
    [`?q=${'a'.repeat(129)}`, 'invalid_parameter', 'q'],
  ])('refuses %s, naming the parameter', async (query, code, parameter) => {
    const { status, body, type } = await ask(`/v1/related${query}`);
    expect({ status, code: body.code, parameter: body.parameter }).toEqual({
      status: 400,
      code,
      parameter,
    });
    expect(type).toContain('application/problem+json');
  });
});
