import fc from 'fast-check';
import type { FastifyInstance } from 'fastify';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { PROBLEM_TITLES } from '../../../serving/http/http-problem.ts';
import { OverloadWatch } from '../../../serving/http/overload-watch.ts';
import { buildServer } from '../../../serving/http/server.ts';
import { SnapshotHolder } from '../../../serving/snapshot/snapshot-holder.ts';
import { type FakeEngine, FakeSource } from '../../support/fake-snapshots.ts';
import { FAKE_TEXTS, makeTestServer, type TestServer } from '../../support/test-server.ts';

let test: TestServer;
beforeEach(async () => {
  test = await makeTestServer();
});
afterEach(() => test.server.close());

const get = (url: string, headers: Record<string, string> = {}) =>
  test.server.inject({ method: 'GET', url, headers });

function expectProblem(
  response: Awaited<ReturnType<FastifyInstance['inject']>>,
  status: number,
  code: keyof typeof PROBLEM_TITLES,
): void {
  expect(response.statusCode).toBe(status);
  expect(response.headers['content-type']).toBe('application/problem+json; charset=utf-8');
  expect(response.json()).toMatchObject({
    type: `urn:foretype:problem:${code}`,
    title: PROBLEM_TITLES[code],
    status,
    detail: expect.any(String),
    code,
    requestId: response.headers['x-request-id'],
  });
}

describe('GET /v1/suggest', () => {
  it('answers as the API says, with the request id in the header too', async () => {
    const response = await get('/v1/suggest?q=%20%20New%20y&limit=1&market=en-us');
    expect(response.statusCode).toBe(200);
    expect(response.headers['content-type']).toBe('application/json; charset=utf-8');
    expect(response.json()).toEqual({
      requestId: response.headers['x-request-id'],
      snapshot: 's-1',
      market: 'en-US',
      personalised: false,
      degraded: [],
      query: { text: 'New y', normalised: 'new y' },
      suggestions: [
        {
          id: 'id-New York',
          text: 'New York',
          kind: 'query',
          source: 'prefix',
          score: 1,
          matches: [{ start: 0, end: 5 }],
        },
      ],
    });
  });

  it('answers nothing found with an empty list', async () => {
    expect((await get('/v1/suggest?q=zzz')).json()).toMatchObject({ suggestions: [] });
  });

  it.each(['/v1/suggest', '/v1/suggest?q=', '/v1/suggest?q=%20%20', '/v1/suggest?q=++'])(
    'suggests before typing for %s',
    async (url) => {
      const { suggestions, query } = (await get(url)).json();
      expect(query.text).toBe('');
      expect(suggestions).toHaveLength(FAKE_TEXTS.length);
    },
  );

  it.each([
    ['right-to-left text', 'قهو', 'قهوة عربية'],
    ['a script without spaces', '北', '北京大学'],
    ['an emoji sequence', '👩‍👩', '👩‍👩‍👧 family'],
  ])('finds %s', async (_, typed, found) => {
    const { suggestions } = (await get(`/v1/suggest?q=${encodeURIComponent(typed)}`)).json();
    expect(suggestions.map(({ text }: { text: string }) => text)).toEqual([found]);
  });

  it('answers NUL and other control characters', async () => {
    expect((await get('/v1/suggest?q=%00%01%1f')).statusCode).toBe(200);
  });

  it('says that a context was not applied', async () => {
    const { degraded } = (await get('/v1/suggest?q=new&context=surface:tv')).json();
    expect(degraded).toEqual(['context']);
    expect((await get('/v1/suggest?q=new')).json().degraded).toEqual([]);
  });

  it.each([
    ['/v1/suggest?query=x', 'unknown_parameter', 'query'],
    ['/v1/suggest?q=a&q=b', 'repeated_parameter', 'q'],
    ['/v1/suggest?limit=1.0', 'invalid_parameter', 'limit'],
    ['/v1/suggest?q=%ff', 'invalid_encoding', 'q'],
  ] as const)('refuses %s with 400, naming the parameter', async (url, code, parameter) => {
    const response = await get(url);
    expectProblem(response, 400, code);
    expect(response.json().parameter).toBe(parameter);
  });

  it('uses the server’s market for requests that ask for none', async () => {
    await test.server.close();
    test = await makeTestServer({ market: 'de-AT' });
    expect((await get('/v1/suggest?q=new')).json().market).toBe('de-AT');
    expect((await get('/v1/suggest?q=new&market=en')).json().market).toBe('en');
  });

  it('gives every answer an id of its own', async () => {
    const ids = new Set<unknown>();
    for (let i = 0; i < 50; i++) ids.add((await get('/v1/suggest?q=new')).json().requestId);
    expect(ids.size).toBe(50);
  });

  it('answers HEAD with the headers of GET', async () => {
    const head = await test.server.inject({ method: 'HEAD', url: '/v1/suggest?q=new' });
    const full = await get('/v1/suggest?q=new');
    expect(head.statusCode).toBe(200);
    expect(head.body).toBe('');
    expect(head.headers['content-length']).toBe(full.headers['content-length']);
  });

  it('answers 503 and says when to come back while no snapshot is loaded', async () => {
    const holder = new SnapshotHolder(new FakeSource(null, {}));
    const server = buildServer({ holder, version: '0' });
    const response = await server.inject('/v1/suggest?q=new');
    expectProblem(response, 503, 'not_ready');
    expect(response.headers['retry-after']).toBe('1');
    expectProblem(await server.inject('/readyz'), 503, 'not_ready');
    expect((await server.inject('/healthz')).statusCode).toBe(200);
    await server.close();
  });

  it('answers a failure of its own with 500, without its details, and reports it', async () => {
    const engine = test.holder.current?.engine as FakeEngine;
    engine.suggest = () => {
      throw new Error('secret detail');
    };
    const response = await get('/v1/suggest?q=new');
    expectProblem(response, 500, 'internal_error');
    expect(response.body).not.toContain('secret');
    expect(test.failures.map(({ message }) => message)).toEqual(['secret detail']);
  });
});

describe('the cache of answers', () => {
  const asked = () => (test.holder.current?.engine as FakeEngine).asked;

  it('answers the same request once from the engine', async () => {
    const first = (await get('/v1/suggest?q=new')).json();
    const second = (await get('/v1/suggest?q=new&user=u&session=s')).json();
    expect(asked()).toBe(1);
    expect({ ...second, requestId: '' }).toEqual({ ...first, requestId: '' });
    expect(second.requestId).not.toBe(first.requestId);
  });

  it('keeps apart whatever changes an answer', async () => {
    const urls = [
      'q=new',
      'q=New',
      'q=new+',
      'q=new&limit=1',
      'q=1+new&limit=2',
      'q=new&market=en',
      'q=en+new',
      'q=new&context=a:b',
    ];
    const bodies = new Map<string, unknown>();
    const cold = [];
    for (const url of urls) cold.push((await get(`/v1/suggest?${url}`)).json());
    expect(asked()).toBe(urls.length);
    for (const [i, url] of urls.entries()) {
      const warm = (await get(`/v1/suggest?${url}`)).json();
      expect({ ...warm, requestId: '' }).toEqual({ ...cold[i], requestId: '' });
      bodies.set(JSON.stringify({ ...warm, requestId: '' }), url);
    }
    expect(asked()).toBe(urls.length);
    expect(bodies.size).toBe(urls.length);
  });

  it('forgets everything with the snapshot', async () => {
    await get('/v1/suggest?q=new');
    test.source.snapshots.set('s-2', ['new things']);
    test.source.current = 's-2';
    await test.holder.refresh();
    const answer = (await get('/v1/suggest?q=new')).json();
    expect(answer.snapshot).toBe('s-2');
    expect(answer.suggestions[0].text).toBe('new things');
  });

  it('stays within its bytes', async () => {
    await test.server.close();
    test = await makeTestServer({ cacheBytes: 20_000 });
    for (let i = 0; i < 200; i++) await get(`/v1/suggest?q=new${i}`);
    const metrics = (await get('/metrics')).body;
    const bytes = Number(/^foretype_answer_cache_bytes (\d+)/m.exec(metrics)?.[1]);
    expect(bytes).toBeGreaterThan(0);
    expect(bytes).toBeLessThanOrEqual(20_000);
  });
});

describe('explain', () => {
  it('is 403 for everybody while the server has no admin key', async () => {
    const response = await get('/v1/suggest?q=new&explain=true', { authorization: 'Bearer x' });
    expectProblem(response, 403, 'explain_forbidden');
    expect((await get('/v1/suggest?q=new&explain=false')).statusCode).toBe(200);
  });

  it('adds source, features and rules for the admin key, and for nothing else', async () => {
    await test.server.close();
    test = await makeTestServer({ adminKey: 'secret' });
    const url = '/v1/suggest?q=new&explain=true';
    for (const authorization of ['', 'secret', 'Bearer', 'Bearer Secret', 'Bearer secrets']) {
      const response = await get(url, { authorization });
      expectProblem(response, 401, 'unauthorized');
      expect(response.headers['www-authenticate']).toBe('Bearer');
    }
    const explained = (await get(url, { authorization: 'Bearer secret' })).json();
    expect(explained.suggestions[0].explain).toEqual({
      generator: 'prefix',
      features: { score: 1 },
      rules: ['min-users:5', 'personal-data', 'blocklist'],
    });
    expect((await get('/v1/suggest?q=new')).json().suggestions[0]).not.toHaveProperty('explain');
  });
});

describe('a key that the page was given', () => {
  it('admits to explain, beside the admin key', async () => {
    for (const adminKey of [null, 'secret']) {
      await test.server.close();
      test = await makeTestServer({ adminKey, pageKey: 'page' });
      const url = '/v1/suggest?q=new&explain=true';
      expect((await get(url, { authorization: 'Bearer page' })).statusCode).toBe(200);
      expectProblem(await get(url), 401, 'unauthorized');
      const admin = await get(url, { authorization: 'Bearer secret' });
      expect(admin.statusCode).toBe(adminKey === null ? 401 : 200);
    }
  });
});

describe('an overloaded server', () => {
  it('refuses suggestions, says when to come back, counts it, and answers again afterwards', async () => {
    await test.server.close();
    const overload = new OverloadWatch();
    test = await makeTestServer({ overload });
    const late = { mean: 1e9, reset: () => {} };
    for (let i = 0; i < 3; i++) overload.judge(late);
    for (const url of ['/v1/suggest?q=new', '/v1/suggest?limit=x']) {
      const response = await get(url);
      expectProblem(response, 503, 'overloaded');
      expect(response.headers['retry-after']).toBe('1');
    }
    expect((await get('/healthz')).statusCode).toBe(200);
    expect((await get('/readyz')).statusCode).toBe(200);
    const lines = (await get('/metrics')).body.split('\n');
    expect(lines).toContain('foretype_suggest_requests_shed_total 2');
    overload.judge({ mean: 0, reset: () => {} });
    expect((await get('/v1/suggest?q=new')).statusCode).toBe(200);
  });
});

describe('other routes', () => {
  it('says which snapshot is ready', async () => {
    expect((await get('/readyz')).json()).toEqual({
      status: 'ready',
      snapshot: 's-1',
      completions: FAKE_TEXTS.length,
      markets: ['und'],
    });
  });

  it('counts what happened for Prometheus', async () => {
    await get('/v1/suggest?q=new');
    await get('/v1/suggest?q=new');
    await get('/v1/suggest?limit=0');
    const { body, headers } = await get('/metrics');
    expect(headers['content-type']).toContain('text/plain');
    for (const line of [
      'foretype_suggest_answers_total 2',
      'foretype_answer_cache_lookups_total{outcome="hit"} 1',
      'foretype_answer_cache_lookups_total{outcome="miss"} 1',
      'foretype_problems_total{status="400"} 1',
      'foretype_suggest_handling_seconds_count 2',
      'foretype_snapshot_info{snapshot="s-1"} 1',
      `foretype_snapshot_completions ${FAKE_TEXTS.length}`,
    ]) {
      expect(body.split('\n')).toContain(line);
    }
  });

  it.each(['/nothing', '/v1', '/v1/suggest/', '/V1/suggest', '/v1/rules/x', '/v1/snapshots', '//'])(
    'answers %s with 404 for any method',
    async (url) => {
      for (const method of ['GET', 'POST', 'DELETE', 'OPTIONS'] as const) {
        expectProblem(await test.server.inject({ method, url }), 404, 'not_found');
      }
    },
  );

  it.each(['POST', 'PUT', 'DELETE', 'PATCH'] as const)(
    'answers %s to a route that only reads with 405, whatever the body',
    async (method) => {
      for (const payload of ['{', '{"a":1}', 'x'.repeat(2_000_000)]) {
        const headers = { 'content-type': 'application/json' };
        const response = await test.server.inject({
          method,
          url: '/v1/suggest?q=a',
          payload,
          headers,
        });
        expectProblem(response, 405, 'method_not_allowed');
        expect(response.headers.allow).toBe('GET, HEAD, OPTIONS');
      }
    },
  );

  it('says what a route takes for OPTIONS', async () => {
    const response = await test.server.inject({ method: 'OPTIONS', url: '/v1/suggest' });
    expect(response.statusCode).toBe(204);
    expect(response.headers.allow).toBe('GET, HEAD, OPTIONS');
    expect(response.headers['x-request-id']).toEqual(expect.any(String));
  });

  it('answers a path that is not percent-encoded UTF-8 with 400', async () => {
    expectProblem(await get('/%ff'), 400, 'bad_request');
  });

  it('takes a request line of 16 KiB and refuses one byte more, on every path', async () => {
    const frame = 'GET  HTTP/1.1'.length;
    for (const path of ['/v1/suggest?context=a:', '/nothing?', '/healthz?', '/%ff?']) {
      const fitting = path + 'x'.repeat(16_384 - frame - path.length);
      expect((await get(fitting)).statusCode).not.toBe(431);
      expectProblem(await get(`${fitting}x`), 431, 'request_line_too_long');
    }
  });

  it('gives every kind of answer a request id', async () => {
    for (const url of ['/', '/healthz', '/metrics', '/openapi.json', '/docs', '/nothing', '/%ff']) {
      expect((await get(url)).headers['x-request-id']).toMatch(/^[0-9a-f]{12}-\d{10}$/);
    }
  });
});

describe('any query string', () => {
  const piece = fc.oneof(
    fc.constantFrom('q', 'limit', 'market', 'user', 'context', 'explain', 'personalise'),
    fc.constantFrom('=', '=', '&', '&', '%', '+', '?', ';', '%00', '%f0%9f%98%80', '%ed%a0%80'),
    fc.string({ unit: 'binary-ascii', maxLength: 8 }),
    fc.uint8Array({ maxLength: 4 }).map((bytes) => Buffer.from(bytes).toString('latin1')),
  );

  it('gets an answer or a problem document, never a failure', async () => {
    let answered = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(piece, { maxLength: 12 }), async (pieces) => {
        const query = pieces.join('').replace(/[\s#]/g, '');
        const response = await get(`/v1/suggest?${query}`);
        if (response.statusCode === 200) {
          answered++;
          expect(Array.isArray(response.json().suggestions)).toBe(true);
        } else {
          expect([400, 403]).toContain(response.statusCode);
          expect(response.headers['content-type']).toContain('application/problem+json');
        }
      }),
      { numRuns: 500 },
    );
    expect(answered).toBeGreaterThan(0);
    expect(test.failures).toEqual([]);
  });
});
