import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { OverloadWatch } from '../../../serving/http/overload-watch.ts';
import { makeTestServer, type TestServer } from '../../support/test-server.ts';

let test: TestServer;
beforeEach(async () => {
  test = await makeTestServer();
});
afterEach(() => test.server.close());

function post(payload: string, contentType = 'application/json', url = '/v1/entities') {
  return test.server.inject({
    method: 'POST',
    url,
    headers: { 'content-type': contentType },
    payload,
  });
}

const ask = (body: unknown) => post(JSON.stringify(body));
const texts = [{ id: 'c1', text: 'hello' }];

async function expectProblem(body: unknown, code: string, parameter: string): Promise<void> {
  const response = await ask(body);
  expect(response.statusCode).toBe(400);
  expect(response.headers['content-type']).toBe('application/problem+json; charset=utf-8');
  expect(response.json()).toMatchObject({
    code,
    parameter,
    requestId: response.headers['x-request-id'],
  });
}

describe('POST /v1/entities', () => {
  it('refuses for a moment while the server is overloaded, and counts it', async () => {
    await test.server.close();
    const overload = new OverloadWatch();
    test = await makeTestServer({ overload });
    for (let i = 0; i < 3; i++) overload.judge({ mean: 2e9, reset: () => {} });
    const refused = await ask({ texts });
    expect([refused.statusCode, refused.json().code]).toEqual([503, 'overloaded']);
    expect(refused.headers['retry-after']).toBe('1');
    overload.judge({ mean: 0, reset: () => {} });
    expect((await ask({ texts })).statusCode).toBe(200);
    const { body } = await test.server.inject({ url: '/metrics' });
    expect(body).toContain('foretype_entities_requests_shed_total 1');
  });

  it('answers each text, in order; without a linker none has links', async () => {
    const response = await ask({
      texts: [...texts, { id: 'c2', text: '' }],
      video: 'v',
      limitPerText: 20,
    });
    expect(response.statusCode).toBe(200);
    expect(response.json()).toEqual({
      requestId: response.headers['x-request-id'],
      snapshot: 's-1',
      degraded: [],
      results: [
        { id: 'c1', entities: [] },
        { id: 'c2', entities: [] },
      ],
    });
  });

  it('takes as many texts, and as long ones, as it promises, and not one more', async () => {
    const longest = '𝒳'.repeat(5000);
    const many = (count: number) =>
      Array.from({ length: count }, (_, i) => ({ id: `${i}`, text: '' }));
    expect((await ask({ texts: many(200) })).statusCode).toBe(200);
    expect((await ask({ texts: [{ id: 'a', text: longest }] })).statusCode).toBe(200);
    expect((await ask({ texts: [] })).statusCode).toBe(200);
    await expectProblem({ texts: many(201) }, 'invalid_parameter', 'texts');
    await expectProblem(
      { texts: [{ id: 'a', text: `${longest}x` }] },
      'invalid_parameter',
      'texts/0/text',
    );
  });

  it.each([
    [null, ''],
    [[], ''],
    [{}, 'texts'],
    [{ texts: 'x' }, 'texts'],
    [{ texts: ['x'] }, 'texts/0'],
    [{ texts: [{ text: 'x' }] }, 'texts/0/id'],
    [{ texts: [{ id: 1, text: 'x' }] }, 'texts/0/id'],
    [{ texts: [{ id: 'a' }] }, 'texts/0/text'],
    [{ texts: [{ id: 'x'.repeat(129), text: '' }] }, 'texts/0/id'],
    [{ texts, limitPerText: 0 }, 'limitPerText'],
    [{ texts, limitPerText: 21 }, 'limitPerText'],
    [{ texts, limitPerText: '3' }, 'limitPerText'],
    [{ texts, limitPerText: null }, 'limitPerText'],
    [{ texts, market: 'no market' }, 'market'],
    [{ texts, personalise: 'true' }, 'personalise'],
    [{ texts, video: '' }, 'video'],
    [{ texts, user: 5 }, 'user'],
  ])('names what is wrong with %j', async (body, pointer) => {
    await expectProblem(body, 'invalid_parameter', pointer);
  });

  it('refuses what it does not know', async () => {
    await expectProblem({ texts, extra: 1 }, 'unknown_parameter', 'extra');
    await expectProblem(
      { texts: [{ id: 'a', text: '', lang: 'en' }] },
      'unknown_parameter',
      'texts/0/lang',
    );
    expect((await post('{}', 'application/json', '/v1/entities?x=1')).json()).toMatchObject({
      code: 'unknown_parameter',
    });
    expect((await post('{"texts"')).json()).toMatchObject({ status: 400, code: 'invalid_json' });
    expect((await post('{}', 'text/plain')).statusCode).toBe(415);
    const got = await test.server.inject({ method: 'GET', url: '/v1/entities' });
    expect([got.statusCode, got.headers.allow]).toEqual([405, 'OPTIONS, POST']);
  });

  it('counts its texts for whoever scrapes', async () => {
    await ask({ texts });
    const page = await test.server.inject({ method: 'GET', url: '/metrics' });
    expect(page.body).toContain('foretype_entities_texts_total 1');
  });
});
