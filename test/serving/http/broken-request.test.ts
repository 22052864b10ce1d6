import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RawResponse, sendRaw } from '../../support/raw-http.ts';
import { listenLocally, makeTestServer, type TestServer } from '../../support/test-server.ts';

let test: TestServer;
let port: number;
beforeAll(async () => {
  test = await makeTestServer();
  port = await listenLocally(test.server);
});
afterAll(() => test.server.close());

function expectProblem({ status, headers, body }: RawResponse, expected: number, code: string) {
  expect(status).toBe(expected);
  expect(headers['content-type']).toBe('application/problem+json; charset=utf-8');
  const problem = JSON.parse(body);
  expect(problem).toMatchObject({ status: expected, code });
  expect(problem.requestId).toBe(headers['x-request-id']);
}

const request = (target: string) =>
  `GET ${target} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n`;

describe('over a real socket', () => {
  it('answers a request line of 16 KiB', async () => {
    const path = '/v1/suggest?context=a:';
    const target = path + 'x'.repeat(16_384 - 'GET  HTTP/1.1'.length - path.length);
    expect((await sendRaw(port, request(target))).status).toBe(200);
    expectProblem(await sendRaw(port, request(`${target}x`)), 431, 'request_line_too_long');
  });

  it.each([64, 100, 200, 1_024])('answers a URL of %i KiB with 431', async (kib) => {
    const target = `/v1/suggest?q=${'a'.repeat(kib * 1024)}`;
    const response = await sendRaw(port, request(target));
    expectProblem(response, 431, kib > 150 ? 'headers_too_large' : 'request_line_too_long');
  });

  it('answers headers that are too large with 431', async () => {
    const fat = `GET /healthz HTTP/1.1\r\nhost: x\r\nx-fat: ${'a'.repeat(300_000)}\r\n\r\n`;
    expectProblem(await sendRaw(port, fat), 431, 'headers_too_large');
  });

  it.each([
    ['no HTTP at all', 'hello\r\n\r\n'],
    ['a target that is cut by a space', 'GET /v1/suggest?q=a b HTTP/1.1\r\nhost: x\r\n\r\n'],
    ['a header without a name', 'GET / HTTP/1.1\r\nhost: x\r\n: y\r\n\r\n'],
    ['two lengths', 'GET / HTTP/1.1\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\n'],
    ['NUL in the target', 'GET /v1/suggest?q=\0 HTTP/1.1\r\nhost: x\r\n\r\n'],
  ])('answers %s with 400', async (_, bytes) => {
    expectProblem(await sendRaw(port, bytes), 400, 'bad_request');
  });

  it('names the parameter that holds a byte which had to be percent-encoded', async () => {
    for (const [query, parameter] of [
      ['q=\xff', 'q'],
      ['q=a&limit=3&user=u\xe6\x97\xa5', 'user'],
      ['q=a&\xe9=1', ''],
    ] as const) {
      const bytes = `GET /v1/suggest?${query} HTTP/1.1\r\nhost: x\r\n\r\n`;
      const response = await sendRaw(port, Buffer.from(bytes, 'latin1'));
      expectProblem(response, 400, 'invalid_encoding');
      expect(JSON.parse(response.body).parameter).toBe(parameter);
    }
    const inPath = Buffer.from('GET /\xff HTTP/1.1\r\nhost: x\r\n\r\n', 'latin1');
    expectProblem(await sendRaw(port, inPath), 400, 'bad_request');
  });

  it('answers what Node would answer by itself, with a request id', async () => {
    const get = 'GET /healthz HTTP/1.1\r\nconnection: close\r\n';
    expectProblem(await sendRaw(port, `${get}\r\n`), 400, 'bad_request');
    expectProblem(
      await sendRaw(port, 'CONNECT x:1 HTTP/1.1\r\nhost: x\r\n\r\n'),
      400,
      'bad_request',
    );
    const expecting = await sendRaw(port, `${get}host: x\r\nexpect: wonders\r\n\r\n`);
    expect(expecting.status).toBe(200);
    expect(expecting.headers['x-request-id']).toMatch(/^\w{12}-\d{10}$/);
    expect((await sendRaw(port, 'GET /healthz HTTP/1.0\r\n\r\n')).status).toBe(200);
  });

  it('answers two thousand headers, and more with 431, wherever the host stands', async () => {
    const get = 'GET /healthz HTTP/1.1\r\n';
    const own = 'host: x\r\nconnection: close\r\n';
    const others = (count: number) =>
      Array.from({ length: count }, (_, i) => `x${i}: a\r\n`).join('');
    expect((await sendRaw(port, `${get}${others(1_998)}${own}\r\n`)).status).toBe(200);
    for (const count of [1_999, 2_000, 2_100, 3_000]) {
      for (const headers of [`${others(count)}${own}`, `${own}${others(count)}`]) {
        const answer = await sendRaw(port, `${get}${headers}\r\n`);
        expectProblem(answer, 431, 'headers_too_large');
      }
    }
  });

  it('takes * for no path', async () => {
    for (const method of ['GET', 'OPTIONS']) {
      const bytes = `${method} * HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n`;
      expectProblem(await sendRaw(port, bytes), 400, 'bad_request');
    }
  });

  it('knows a route by the whole address and by an encoded path too', async () => {
    for (const target of ['http://x/v1/suggest?q=a', '/v1/%73uggest']) {
      const post = `POST ${target} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n`;
      expectProblem(await sendRaw(port, post), 405, 'method_not_allowed');
    }
  });

  it('answers any byte in the target with 200 or a 4xx problem', async () => {
    for (let byte = 0; byte < 256; byte++) {
      const target = Buffer.concat([Buffer.from('/v1/suggest?q=a'), Buffer.from([byte])]);
      const bytes = Buffer.concat([
        Buffer.from('GET '),
        target,
        Buffer.from(' HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n'),
      ]);
      const response = await sendRaw(port, bytes);
      expect([200, 400], `byte ${byte}`).toContain(response.status);
      const type = response.status === 200 ? 'application/json' : 'application/problem+json';
      expect(response.headers['content-type']).toContain(type);
      expect(response.headers['x-request-id']).toMatch(/^\w{12}-\d{10}$/);
    }
  });

  it('serves on after all of that', async () => {
    expect((await sendRaw(port, request('/v1/suggest?q=new'))).status).toBe(200);
    expect(test.failures).toEqual([]);
  });
});
