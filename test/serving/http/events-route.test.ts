import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { EventLogError } from '../../../indexer/events/event-log-error.ts';
import { MemoryEventLog } from '../../../indexer/events/memory-event-log.ts';
import { UserHasher } from '../../../indexer/events/user-hasher.ts';
import { EventIntake } from '../../../serving/events/event-intake.ts';
import { SeenIds } from '../../../serving/events/seen-ids.ts';
import { openSocket, sendRaw } from '../../support/raw-http.ts';
import { listenLocally, makeTestServer, type TestServer } from '../../support/test-server.ts';

const AT = '2026-05-31T12:00:00Z';
const NOW_MS = Date.parse(AT);
const JSON_TYPE = 'application/json';
const NDJSON = 'application/x-ndjson';

class FailingLog extends MemoryEventLog {
  failure: EventLogError | null = null;
  override async append(records: Parameters<MemoryEventLog['append']>[0]) {
    if (this.failure !== null) throw this.failure;
    return super.append(records);
  }
}

let log: FailingLog;
let intake: EventIntake;
let test: TestServer;
beforeEach(async () => {
  log = new FailingLog();
  intake = new EventIntake({
    log,
    seen: { ids: new SeenIds({ low: 1, high: 2 }), end: 0, close: async () => {} },
    hasher: new UserHasher([Buffer.alloc(32)]),
    now: () => NOW_MS,
    report: () => {},
  });
  await intake.start();
  test = await makeTestServer({ events: intake });
});
afterEach(() => test.server.close());

const event = (eventId: string, more: object = {}) => ({
  type: 'search',
  eventId,
  at: AT,
  query: 'q',
  ...more,
});

function post(payload: string | Buffer, contentType: string | null = JSON_TYPE, more: object = {}) {
  const headers = { ...(contentType === null ? {} : { 'content-type': contentType }), ...more };
  return test.server.inject({ method: 'POST', url: '/v1/events', headers, payload });
}

const postAll = (events: readonly unknown[]) => post(JSON.stringify(events));
const postLines = (lines: readonly string[]) => post(lines.join('\n'), NDJSON);

type Response = Awaited<ReturnType<typeof post>>;

function expectProblem(response: Response, status: number, code: string): void {
  expect(response.statusCode).toBe(status);
  expect(response.headers['content-type']).toBe('application/problem+json; charset=utf-8');
  expect(response.json()).toMatchObject({
    status,
    code,
    detail: expect.any(String),
    requestId: response.headers['x-request-id'],
  });
  expect(log.end).toBe(0);
}

describe('POST /v1/events', () => {
  it('takes an array, says what became of it, and each event counts once', async () => {
    const response = await postAll([event('a'), event('a'), event('b'), { type: 'x' }]);
    expect(response.statusCode).toBe(202);
    expect(response.headers['content-type']).toBe('application/json; charset=utf-8');
    expect(response.headers['x-request-id']).toMatch(/./);
    expect(response.json()).toEqual({
      accepted: 2,
      duplicates: 1,
      rejected: [{ index: 3, code: 'unknown_type', detail: expect.any(String) }],
    });
    expect((await postAll([event('b')])).json()).toMatchObject({ accepted: 0, duplicates: 1 });
    expect(log.end).toBe(2);
  });

  it('takes NDJSON, of which a bad line is a rejected item and a blank one is none', async () => {
    const [a, b] = [event('a'), event('b')].map((each) => Buffer.from(JSON.stringify(each)));
    const lines = ['\r', a, '', '{', 'x', [0x22, 0xff, 0x22], b, ''];
    const body = lines.flatMap((line) => [...Buffer.from(line as string), 0x0a]);
    const response = await post(Buffer.from(body), 'Application/X-NDJSON; charset="UTF-8"');
    expect(response.json()).toMatchObject({
      accepted: 2,
      rejected: [
        { index: 1, code: 'invalid_json' },
        { index: 2, code: 'invalid_json' },
        { index: 3, code: 'invalid_encoding' },
      ],
    });
  });

  it('takes a last line without its end, and a byte order mark', async () => {
    expect((await postLines([JSON.stringify(event('a'))])).json()).toMatchObject({ accepted: 1 });
    const marked = await post(`\ufeff${JSON.stringify([event('b')])}`);
    expect(marked.json()).toMatchObject({ accepted: 1 });
  });

  it.each([
    ['[]', JSON_TYPE],
    ['', NDJSON],
    ['\n\n', NDJSON],
    ['[]', 'application/json; charset=utf-8'],
  ])('accepts nothing of %j as %s', async (body, type) => {
    const response = await post(body, type);
    expect(response.statusCode).toBe(202);
    expect(response.json()).toEqual({ accepted: 0, duplicates: 0, rejected: [] });
  });

  it('is 202 even if every item is rejected', async () => {
    const response = await postAll([1, null, {}]);
    expect(response.statusCode).toBe(202);
    expect(response.json().rejected).toHaveLength(3);
  });

  it.each([
    ['', 'invalid_json'],
    ['[', 'invalid_json'],
    ['[]]', 'invalid_json'],
    ['{}', 'bad_request'],
    ['"a"', 'bad_request'],
    ['null', 'bad_request'],
    [Buffer.from([0x5b, 0x22, 0xc3, 0x28, 0x22, 0x5d]), 'invalid_encoding'],
  ])('is 400 for %j', async (body, code) => {
    expectProblem(await post(body), 400, code);
  });

  it.each([
    ['text/plain', {}],
    [null, {}],
    ['application/json; charset=latin1', {}],
    ['application/jsonx', {}],
    [JSON_TYPE, { 'content-encoding': 'gzip' }],
  ])('is 415 for %s with %j', async (type, more) => {
    expectProblem(
      await post(JSON.stringify([event('a')]), type, more),
      415,
      'unsupported_media_type',
    );
  });

  it('takes 1,000 events and a mebibyte, and is 413 beyond', async () => {
    const items = Array.from({ length: 1_001 }, (_, i) => i);
    const lines = items.map(String);
    expectProblem(await postAll(items), 413, 'payload_too_large');
    expectProblem(await postLines(lines), 413, 'payload_too_large');
    expect((await postAll(items.slice(1))).json().rejected).toHaveLength(1_000);
    expect((await postLines(lines.slice(1))).json().rejected).toHaveLength(1_000);
    const longest = `[${' '.repeat(1024 * 1024 - 2)}]`;
    expect((await post(longest)).statusCode).toBe(202);
    expectProblem(await post(`${longest} `), 413, 'payload_too_large');
    expectProblem(await post(' '.repeat(12 * 1024 * 1024)), 413, 'payload_too_large');
  });

  it('answers 413 to a client that is still sending, by length or in chunks', async () => {
    const port = await listenLocally(test.server);
    const head =
      'POST /v1/events HTTP/1.1\r\nhost: x\r\nconnection: close\r\ncontent-type: application/json\r\n';
    const body = 'x'.repeat(3 * 1024 * 1024);
    const byLength = await sendRaw(port, `${head}content-length: ${body.length}\r\n\r\n${body}`);
    expect(byLength.status).toBe(413);
    const chunk = `${body.length.toString(16)}\r\n${body}\r\n0\r\n\r\n`;
    const chunked = await sendRaw(port, `${head}transfer-encoding: chunked\r\n\r\n${chunk}`);
    expect(chunked.status).toBe(413);
    expect(JSON.parse(chunked.body)).toMatchObject({ code: 'payload_too_large' });
  });

  it('ends the connection of a client that sends far too much, after answering', async () => {
    const socket = await openSocket(await listenLocally(test.server));
    const answered = new Promise<string>((resolve) =>
      socket.once('data', (data) => resolve(String(data))),
    );
    const ended = new Promise((resolve) => socket.once('close', resolve));
    socket.on('error', () => {});
    socket.write(
      'POST /v1/events HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 99999999\r\n\r\n',
    );
    socket.write(Buffer.alloc(10 * 1024 * 1024, 'x'));
    expect(await answered).toMatch(/^HTTP\/1\.1 413 /);
    socket.end();
    await ended;
    expect(test.failures).toEqual([]);
  });

  it('takes nothing of a body that was cut, and it is no failure of the server', async () => {
    const port = await listenLocally(test.server);
    const socket = await openSocket(port);
    const body = JSON.stringify([event('a')]);
    socket.write(
      `POST /v1/events HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: ${body.length + 9}\r\n\r\n${body}`,
    );
    await fetch(`http://127.0.0.1:${port}/healthz`).then((response) => response.text());
    const closed = new Promise((resolve) => socket.once('close', resolve));
    socket.destroy();
    await closed;
    await fetch(`http://127.0.0.1:${port}/healthz`).then((response) => response.text());
    expect([log.end, test.failures]).toEqual([0, []]);
  });

  it('is 400 for parameters and 405 for another method', async () => {
    const url = '/v1/events?user=u';
    const response = await test.server.inject({ method: 'POST', url, payload: '[]' });
    expect(response.statusCode).toBe(400);
    expect(response.json()).toMatchObject({ code: 'unknown_parameter', parameter: 'user' });
    const get = await test.server.inject('/v1/events');
    expect(get.statusCode).toBe(405);
    expect(get.headers.allow).toBe('OPTIONS, POST');
  });

  it('is 503 with Retry-After while events cannot be made durable, and takes them afterwards', async () => {
    log.failure = new EventLogError('write-failed', 'no space');
    const response = await postAll([event('a')]);
    expectProblem(response, 503, 'events_unavailable');
    expect(response.headers['retry-after']).toBe('1');
    log.failure = null;
    expect((await postAll([event('a')])).json()).toMatchObject({ accepted: 1 });
  });

  it('is 429 with Retry-After while too much waits, and nothing is accepted', async () => {
    intake.counts.waitingEvents = 50_000;
    const response = await postAll([event('a')]);
    expectProblem(response, 429, 'too_many_events');
    expect(response.headers['retry-after']).toBe('1');
    intake.counts.waitingEvents = 0;
    expect((await postAll([event('a')])).json()).toMatchObject({ accepted: 1 });
  });

  it('is 503 on a server without a data folder', async () => {
    const other = await makeTestServer();
    const headers = { 'content-type': JSON_TYPE };
    const options = { method: 'POST', url: '/v1/events', headers, payload: '[]' } as const;
    const response = await other.server.inject(options);
    expect(response.statusCode).toBe(503);
    expect(response.json()).toMatchObject({ code: 'events_unavailable' });
    await other.server.close();
  });

  it('leaves other routes without bodies', async () => {
    const headers = { 'content-type': JSON_TYPE };
    const response = await test.server.inject({
      method: 'POST',
      url: '/v1/suggest',
      headers,
      payload: '{',
    });
    expect(response.statusCode).toBe(405);
  });

  it('shows in /metrics what it did', async () => {
    await postAll([event('a'), event('a'), event('b'), 1]);
    const metrics = (await test.server.inject('/metrics')).body;
    for (const line of [
      'foretype_events_accepted_total 2',
      'foretype_events_duplicates_total 1',
      'foretype_events_rejected_total{code="invalid_event"} 1',
      'foretype_event_batches_refused_total 0',
      'foretype_events_waiting 0',
      'foretype_event_log_records 2',
      'foretype_event_ids_remembered 2',
      'foretype_event_log_fsync_seconds_count 0',
    ]) {
      expect(metrics).toContain(line);
    }
  });

  it('answers what /openapi.json describes', async () => {
    const description = (await test.server.inject('/openapi.json')).json();
    const { post: operation } = description.paths['/v1/events'];
    expect(Object.keys(operation.requestBody.content)).toEqual([JSON_TYPE, NDJSON]);
    const { default: Schema } = await import('typebox/schema');
    const answer = (await postAll([event('a'), 1])).json();
    const described = operation.responses[202].content[JSON_TYPE].schema;
    expect(Schema.Errors(described, answer)).toEqual([true, []]);
    for (const status of ['400', '413', '415', '429', '503']) {
      expect(operation.responses).toHaveProperty(status);
    }
  });
});
