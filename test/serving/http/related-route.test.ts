import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { OverloadWatch } from '../../../serving/http/overload-watch.ts';
import { buildServer } from '../../../serving/http/server.ts';
import { IndexDirectory } from '../../../serving/snapshot/index-directory.ts';
import { SnapshotHolder } from '../../../serving/snapshot/snapshot-holder.ts';
import { type IndexedLog, indexSearches, sessionsOf } from '../../support/related-fixture.ts';

describe('GET /v1/related', () => {
  let log: IndexedLog;
  let server: ReturnType<typeof buildServer>;
  const overload = new OverloadWatch();
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
    server = buildServer({ holder, version: '0.0.0-test', sessions, adminKey: 'secret', overload });
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

  it('refuses for a moment while the server is overloaded, and counts it', async () => {
    for (let i = 0; i < 3; i++) overload.judge({ mean: 2e9, reset: () => {} });
    const refused = await server.inject({ url: '/v1/related?q=marble+run' });
    overload.judge({ mean: 0, reset: () => {} });
    expect(refused.statusCode).toBe(503);
    expect(refused.json().code).toBe('overloaded');
    expect(refused.headers['retry-after']).toBe('1');
    expect((await ask('/v1/related?q=marble+run')).status).toBe(200);
    const metrics = await server.inject({ url: '/metrics' });
    expect(metrics.body).toContain('foretype_related_requests_shed_total 1');
  });

  it('falls back to a market that it has, as suggest does, and says which', async () => {
    const { body } = await ask('/v1/related?q=marble+run&market=en-GB');
    expect(body.market).toBe('und');
    expect(body.suggestions).not.toEqual([]);
  });

  it('counts the length of a query in code points', async () => {
    expect((await ask(`/v1/related?q=${encodeURIComponent('🎈'.repeat(128))}`)).status).toBe(200);
    expect((await ask(`/v1/related?q=${encodeURIComponent('🎈'.repeat(129))}`)).status).toBe(400);
  });

  it('refuses to explain to anybody while no key is set', async () => {
    const holder = new SnapshotHolder(new IndexDirectory(log.folder));
    await holder.load();
    const keyless = buildServer({ holder, version: '0.0.0-test' });
    const answer = await keyless.inject({ url: '/v1/related?q=marble+run&explain=true' });
    expect(answer.statusCode).toBe(403);
    await keyless.close();
  });

  it.each([
    ['', 'invalid_parameter', 'q'],
    ['?q=', 'invalid_parameter', 'q'],
    ['?q=%20%20', 'invalid_parameter', 'q'],
    ['?q=a&video=v', 'invalid_parameter', 'video'],
    ['?video=', 'invalid_parameter', 'video'],
    ['?q=a&q=b', 'repeated_parameter', 'q'],
    ['?q=a&limit=21', 'invalid_parameter', 'limit'],
    ['?q=a&limit=', 'invalid_parameter', 'limit'],
    ['?q=a&limit=0', 'invalid_parameter', 'limit'],
    ['?q=a&limit=1.0', 'invalid_parameter', 'limit'],
    ['?q=a&limit=01', 'invalid_parameter', 'limit'],
    ['?q=a&limit=5&limit=5', 'repeated_parameter', 'limit'],
    ['?q=a&personalise=TRUE', 'invalid_parameter', 'personalise'],
    ['?q=a&market=e', 'invalid_parameter', 'market'],
    ['?q=a&session=', 'invalid_parameter', 'session'],
    [`?video=${'v'.repeat(129)}`, 'invalid_parameter', 'video'],
    ['?video=v&video=v', 'repeated_parameter', 'video'],
    ['?video=%ff', 'invalid_encoding', 'video'],
    ['?q=&video=v', 'invalid_parameter', 'video'],
    ['?q=a%2', 'invalid_encoding', 'q'],
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
