import http from 'node:http';
import net from 'node:net';
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

  it('comes whole and in order to requests that were sent at once, the last of which ends the connection', async () => {
    const typed = ['new', 'قهو', 'york', '北'];
    const lines = [
      ...typed.map((text) => `GET /v1/suggest?q=${encodeURIComponent(text)} HTTP/1.1`),
      'HEAD /v1/suggest?q=new HTTP/1.1',
      'GET /v1/suggest?q=newc HTTP/1.1\r\nConnection: close',
    ];
    const received = await sendRaw(lines.map((line) => `${line}\r\nHost: h\r\n\r\n`).join(''));
    const answers = readAnswers(received, [...typed.map(() => true), false, true]);
    const texts = answers.map((body) => (body === '' ? '' : JSON.parse(body).query.text));
    expect(texts).toEqual([...typed, '', 'newc']);
  });

  it('ends the connection of a client of HTTP/1.0', async () => {
    const received = await sendRaw('GET /v1/suggest?q=new HTTP/1.0\r\n\r\n');
    const [body] = readAnswers(received, [true]);
    expect(JSON.parse(body!).query.text).toBe('new');
  });
});

/** All that comes until the server ends the connection. */
function sendRaw(text: string): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    const socket = net.connect(port, '127.0.0.1', () => socket.write(text));
    socket.on('data', (chunk) => chunks.push(chunk));
    socket.on('end', () => resolve(Buffer.concat(chunks))).on('error', reject);
  });
}

/** The bodies of answers that came one behind the other, and nothing else; `bodies` says which have one. */
function readAnswers(received: Buffer, bodies: readonly boolean[]): readonly string[] {
  let at = 0;
  const read = bodies.map((hasBody) => {
    const begin = received.indexOf('\r\n\r\n', at) + 4;
    const head = received.toString('latin1', at, begin);
    expect(head.startsWith('HTTP/1.1 200 OK\r\n')).toBe(true);
    const bytes = Number(/^content-length: (\d+)\r$/m.exec(head)?.[1]);
    at = begin + (hasBody ? bytes : 0);
    return received.toString('utf8', begin, at);
  });
  expect(at).toBe(received.length);
  return read;
}
