import http from 'node:http';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { listenLocally, makeTestServer, type TestServer } from '../../support/test-server.ts';

let test: TestServer;
let port: number;
const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });

beforeEach(async () => {
  test = await makeTestServer();
  port = await listenLocally(test.server);
});
afterEach(async () => {
  agent.destroy();
  await test.server.close();
});

interface Received {
  readonly socket: unknown;
  readonly headers: http.IncomingHttpHeaders;
  readonly body: Buffer;
}

function ask(method: string, typed: string): Promise<Received> {
  return new Promise((resolve, reject) => {
    const path = `/v1/suggest?q=${encodeURIComponent(typed)}`;
    const request = http.request({ port, path, method, agent }, (response) => {
      const chunks: Buffer[] = [];
      const { headers, socket } = response;
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => resolve({ socket, headers, body: Buffer.concat(chunks) }));
    });
    request.on('error', reject).end();
  });
}

describe('an answer on the wire', () => {
  it.each(['new', 'قهو', '北', '👩‍👩'])(
    'for %s is UTF-8 of the length that its headers say, written anew or remembered',
    async (typed) => {
      for (const { headers, body } of [await ask('GET', typed), await ask('GET', typed)]) {
        expect(headers['content-length']).toBe(String(body.length));
        const answer = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
        expect(answer.query.text).toBe(typed);
        expect(answer.suggestions.length).toBeGreaterThan(0);
        expect(headers).toMatchObject({
          'content-type': 'application/json; charset=utf-8',
          'cache-control': 'no-store',
          'x-request-id': answer.requestId,
        });
      }
    },
  );

  it('has no body for HEAD, and the connection goes on', async () => {
    const head = await ask('HEAD', '北');
    const full = await ask('GET', '北');
    expect(head.body).toHaveLength(0);
    expect(head.headers['content-length']).toBe(String(full.body.length));
    expect(full.socket).toBe(head.socket);
  });
});
