import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Service, type ServiceOptions, startService } from '../../serving/service.ts';
import { IndexDirectory } from '../../serving/snapshot/index-directory.ts';
import { makeFolder, publishTexts } from '../support/index-fixture.ts';
import { openSocket, parseRawResponse, readToEnd } from '../support/raw-http.ts';

let folder: string;
let remove: () => Promise<void>;
let lines: string[];
const running: Service[] = [];
beforeEach(async () => {
  ({ folder, remove } = await makeFolder());
  lines = [];
});
afterEach(async () => {
  for (const service of running.splice(0)) await service.stop();
  await remove();
});

async function start(options: Partial<ServiceOptions> = {}) {
  const service = await startService({
    source: new IndexDirectory(folder),
    host: '127.0.0.1',
    port: 0,
    pollMs: 3_600_000,
    version: '0',
    log: (line) => lines.push(line),
    ...options,
  });
  running.push(service);
  return service;
}

const portOf = ({ address }: Service) => Number(new URL(address).port);

describe('startService', () => {
  it('listens on a free port and is ready', async () => {
    const name = await publishTexts(folder, ['new york']);
    const service = await start();
    expect(service.address).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    const ready = await fetch(`${service.address}/readyz`);
    expect(await ready.json()).toMatchObject({ status: 'ready', snapshot: name });
    expect(lines).toEqual([`serving snapshot ${name} (1 completions)`]);
  });

  it('rejects, leaving nothing open, when the index has no snapshot', async () => {
    const taken = await publishAndStart();
    const port = portOf(taken);
    await taken.stop();
    const empty = await makeFolder();
    const source = new IndexDirectory(empty.folder);
    const options = { host: '127.0.0.1', port, pollMs: 1_000, version: '0', log: () => {} };
    await expect(startService({ ...options, source })).rejects.toThrow('published snapshot');
    await empty.remove();
    await start({ port });
  });

  it('rejects when the port is taken', async () => {
    const service = await publishAndStart();
    await expect(start({ port: portOf(service) })).rejects.toMatchObject({ code: 'EADDRINUSE' });
  });
});

async function publishAndStart(): Promise<Service> {
  await publishTexts(folder, ['new york']);
  return start();
}

describe('a service whose index changes', () => {
  it('swaps under continuous requests without a failed one, each answer from one snapshot', async () => {
    const texts = (generation: number) =>
      Array.from({ length: 50 }, (_, i) => `new thing ${i} of ${generation}`);
    const generations = new Map<string, number>();
    generations.set(await publishTexts(folder, texts(0)), 0);
    const service = await start();

    let publishing = true;
    const seen = new Set<string>();
    let answers = 0;
    const ask = async (client: number) => {
      for (let i = 0; publishing; i++) {
        const query = ['new', 'new t', 'thing', ''][i % 4] ?? '';
        const url = `${service.address}/v1/suggest?q=${query}&limit=${1 + (client % 20)}`;
        const response = await fetch(url);
        expect(response.status).toBe(200);
        const { snapshot, suggestions } = (await response.json()) as {
          snapshot: string;
          suggestions: { text: string }[];
        };
        const generation = generations.get(snapshot);
        expect(suggestions.length).toBeGreaterThan(0);
        for (const { text } of suggestions) expect(text).toMatch(RegExp(` of ${generation}$`));
        seen.add(snapshot);
        answers++;
      }
    };
    const clients = Array.from({ length: 8 }, (_, client) =>
      ask(client).finally(() => {
        publishing = false;
      }),
    );
    for (let generation = 1; generation <= 6; generation++) {
      generations.set(await publishTexts(folder, texts(generation)), generation);
      const before = answers;
      await service.reload();
      while (publishing && answers < before + 50)
        await new Promise((resolve) => setImmediate(resolve));
    }
    publishing = false;
    await Promise.all(clients);
    expect(seen.size).toBe(7);
    expect(answers).toBeGreaterThan(300);
  });

  it('keeps serving when current is damaged, counts it, and logs it', async () => {
    const service = await publishAndStart();
    await writeFile(path.join(folder, 'current'), 'garbage');
    await service.reload();
    expect((await fetch(`${service.address}/v1/suggest?q=new`)).status).toBe(200);
    const metrics = await (await fetch(`${service.address}/metrics`)).text();
    expect(metrics).toContain('foretype_snapshot_loads_total{outcome="refused"} 1');
    expect(lines.at(-1)).toMatch(/^refused snapshot \(unreadable current\): /);
  });
});

describe('a service on localhost', () => {
  it('has one server, which refuses in problem documents', async () => {
    await publishTexts(folder, ['new york']);
    const service = await start({ host: 'localhost' });
    expect(service.server.addresses()).toHaveLength(1);
    expect((await fetch(`${service.address}/v1/suggest?q=%ff`)).status).toBe(400);
  });
});

describe('stopping', () => {
  it('answers one more request of every open connection, as it may be on its way', async () => {
    const service = await publishAndStart();
    const port = portOf(service);
    const get = 'GET /v1/suggest?q=new HTTP/1.1\r\nhost: x\r\n';
    const sockets = await Promise.all(Array.from({ length: 8 }, () => openSocket(port)));
    const responses = sockets.map((socket) => readToEnd(socket));
    for (const socket of sockets) {
      const answered = once(socket, 'data');
      socket.write(`${get}\r\n`);
      await answered;
    }
    const stopped = service.stop();
    await expect(openSocket(port)).rejects.toMatchObject({ code: 'ECONNREFUSED' });
    for (const socket of sockets) socket.write(`${get}\r\n`);
    for (const response of responses) {
      const statuses = (await response).match(/HTTP\/1\.1 \d+/g);
      expect(statuses).toEqual(['HTTP/1.1 200', 'HTTP/1.1 200']);
    }
    await stopped;
  });

  it('ends connections without a request after their bound', async () => {
    await publishTexts(folder, ['new york']);
    const service = await start({ idleMs: 20 });
    const idle = await openSocket(portOf(service));
    const ended = readToEnd(idle);
    await service.stop();
    expect(await ended).toBe('');
  });

  it('answers the request under way, then refuses connections', async () => {
    const service = await publishAndStart();
    const port = portOf(service);
    const socket = await openSocket(port);
    const response = readToEnd(socket);
    socket.write('GET /v1/suggest?q=new HTTP/1.1\r\nhost: x\r\n');
    // The server has begun to read the request once it has answered a later one.
    await (await fetch(`${service.address}/healthz`)).text();
    const stopped = service.stop();
    await expect(openSocket(port)).rejects.toMatchObject({ code: 'ECONNREFUSED' });
    socket.write('\r\n');
    const { status, headers, body } = parseRawResponse(await response);
    expect(status).toBe(200);
    expect(headers.connection).toBe('close');
    expect(JSON.parse(body).suggestions).toHaveLength(1);
    await stopped;
  });

  it('cuts a request that never finishes, after the bound', async () => {
    await publishTexts(folder, ['new york']);
    const service = await start({ drainMs: 20 });
    const socket = await openSocket(portOf(service));
    const closed = new Promise((resolve) => socket.once('close', resolve));
    socket.on('error', () => {});
    socket.write('GET /v1/suggest?q=new HTTP/1.1\r\n');
    await (await fetch(`${service.address}/healthz`)).text();
    await service.stop();
    await closed;
  });
});
