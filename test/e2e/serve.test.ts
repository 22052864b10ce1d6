import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makeFolder, publishTexts } from '../support/index-fixture.ts';
import { openSocket, parseRawResponse, readToEnd } from '../support/raw-http.ts';

const CLI = path.resolve('dist/cli.js');
const isBuilt = existsSync(CLI);
const left = isBuilt ? '' : ' (left out: dist/ is not built; run npm run build)';

interface Running {
  readonly process: ChildProcess;
  readonly address: string;
  readonly out: () => string;
  readonly err: () => string;
}

const started: ChildProcess[] = [];

/** In a folder of its own, where the server makes its data folder. */
function start(args: readonly string[], env: Record<string, string> = {}) {
  const child = spawn(process.execPath, [CLI, ...args], {
    cwd: work,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  started.push(child);
  let out = '';
  let err = '';
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    out += text;
  });
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    err += text;
  });
  return { process: child, out: () => out, err: () => err };
}

/** Starts a server and waits for its address, which is the last line of its start-up output. */
async function serve(args: readonly string[], env: Record<string, string> = {}): Promise<Running> {
  const child = start(['serve', '--port', '0', ...args], env);
  while (!/^http:\/\/\S+\n$/m.test(child.out())) {
    if (child.process.exitCode !== null) throw new Error(`it ended: ${child.err()}`);
    await Promise.race([
      once(child.process.stdout as NodeJS.ReadableStream, 'data'),
      once(child.process, 'exit'),
    ]);
  }
  const address = child.out().trim().split('\n').at(-1) ?? '';
  return { ...child, address };
}

async function finish({ process: child }: { process: ChildProcess }): Promise<number | null> {
  if (child.exitCode !== null) return child.exitCode;
  const [code] = (await once(child, 'exit')) as [number | null];
  return code;
}

let folder: string;
let remove: () => Promise<void>;
let work: string;
let removeWork: () => Promise<void>;
beforeEach(async () => {
  ({ folder, remove } = await makeFolder());
  ({ folder: work, remove: removeWork } = await makeFolder());
});
afterEach(async () => {
  for (const child of started.splice(0)) {
    child.kill('SIGKILL');
    // What it still writes would keep its folder from being removed.
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  }
  await remove();
  await removeWork();
});

describe.skipIf(!isBuilt)(`the built command line${left}`, () => {
  it('serves suggestions and the page, and ends with 0 on SIGTERM', async () => {
    await publishTexts(folder, ['new york', 'newcastle']);
    const server = await serve(['--index', folder, '--clock', 'events']);
    const answer = await (await fetch(`${server.address}/v1/suggest?q=new`)).json();
    expect(answer).toMatchObject({ suggestions: [{ text: 'new york' }, { text: 'newcastle' }] });
    const page = await fetch(server.address);
    expect(page.headers.get('content-type')).toContain('text/html');
    for (const asset of (await page.text()).match(/\/assets\/[\w.]+/g) ?? ['/none']) {
      expect((await fetch(server.address + asset)).status).toBe(200);
    }
    server.process.kill('SIGTERM');
    expect(await finish(server)).toBe(0);
  });

  it('keeps events in its data folder, over a restart, and knows them again', async () => {
    await publishTexts(folder, ['new york']);
    const event = { type: 'search', eventId: 'e1', at: '2020-01-01', user: 'alice', query: 'q' };
    const answers = [];
    for (const [args, signal] of [
      [[], 'SIGTERM'],
      [['--data', 'foretype-data'], 'SIGKILL'],
      [['--data', `${work}/foretype-data`], 'SIGTERM'],
    ] as const) {
      const server = await serve(['--index', folder, ...args]);
      const response = await fetch(`${server.address}/v1/events`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify([event, { ...event, eventId: signal }]),
      });
      expect(response.status).toBe(202);
      answers.push(await response.json());
      server.process.kill(signal);
      await finish(server);
    }
    expect(answers).toMatchObject([
      { accepted: 2, duplicates: 0 },
      { accepted: 1, duplicates: 1 },
      { accepted: 0, duplicates: 2 },
    ]);
    for (const name of readdirSync(`${work}/foretype-data`, { recursive: true })) {
      const file = path.join(work, 'foretype-data', String(name));
      if (statSync(file).isFile()) expect(readFileSync(file, 'latin1')).not.toContain('alice');
    }
  });

  it('goes on without events when another server has the default data folder, not one that was asked for', async () => {
    await publishTexts(folder, ['new york']);
    await serve(['--index', folder]);
    const second = await serve(['--index', folder]);
    expect(second.err()).toContain('no events are taken: ');
    const send = { method: 'POST', headers: { 'content-type': 'application/json' }, body: '[]' };
    const refused = await fetch(`${second.address}/v1/events`, send);
    expect(refused.status).toBe(503);
    expect(await refused.json()).toMatchObject({ code: 'events_unavailable' });
    const third = start(['serve', '--port', '0', '--index', folder, '--data', 'foretype-data']);
    expect(await finish(third)).toBe(1);
    expect(third.err()).toMatch(/is in use: process \d+ writes events .* --data DIR/);
  });

  it('finishes the request under way on SIGTERM', async () => {
    await publishTexts(folder, ['new york']);
    const server = await serve(['--index', folder]);
    const socket = await openSocket(Number(new URL(server.address).port));
    const response = readToEnd(socket);
    socket.write('GET /v1/suggest?q=new HTTP/1.1\r\nhost: x\r\n');
    await (await fetch(`${server.address}/healthz`)).text();
    server.process.kill('SIGTERM');
    while (!server.err().includes('SIGTERM')) {
      await once(server.process.stderr as NodeJS.ReadableStream, 'data');
    }
    socket.write('\r\n');
    expect(parseRawResponse(await response).status).toBe(200);
    expect(await finish(server)).toBe(0);
  });

  it('takes up a new snapshot by itself, and at once on SIGHUP', async () => {
    await publishTexts(folder, ['one']);
    for (const [pollMs, signal] of [
      ['20', null],
      ['3600000', 'SIGHUP'],
    ] as const) {
      const server = await serve(['--index', folder, '--poll-ms', pollMs]);
      const name = await publishTexts(folder, ['one', `more at ${pollMs}`]);
      if (signal !== null) server.process.kill(signal);
      await expect
        .poll(async () => (await fetch(`${server.address}/readyz`)).json(), { timeout: 20_000 })
        .toMatchObject({ snapshot: name });
      server.process.kill('SIGINT');
      expect(await finish(server)).toBe(0);
    }
  });

  it('explains to whom the key in FORETYPE_ADMIN_KEY is known', async () => {
    await publishTexts(folder, ['one']);
    const server = await serve(['--index', folder], { FORETYPE_ADMIN_KEY: 'k' });
    const url = `${server.address}/v1/suggest?q=o&explain=true`;
    expect((await fetch(url)).status).toBe(401);
    const explained = await fetch(url, { headers: { authorization: 'Bearer k' } });
    expect(await explained.json()).toMatchObject({
      suggestions: [{ explain: { generator: 'prefix' } }],
    });
  });

  it('ends with 1 when the index is missing or the port is taken, saying so', async () => {
    const missing = start(['serve', '--port', '0', '--index', `${folder}/absent`]);
    expect(await finish(missing)).toBe(1);
    expect(missing.err()).toContain('expected a published snapshot');
    await publishTexts(folder, ['one']);
    const first = await serve(['--index', folder]);
    const { port } = new URL(first.address);
    const second = start(['serve', '--port', port, '--index', folder]);
    expect(await finish(second)).toBe(1);
    expect(second.err()).toMatch(/EADDRINUSE.*--port/);
  });

  it('ends with 2 for wrong usage', async () => {
    for (const args of [['serve'], ['serve', '--index', 'x', '--redis', 'y'], ['suggest', 'x']]) {
      expect(await finish(start(args))).toBe(2);
    }
  });

  it('can be imported by its name', async () => {
    await publishTexts(folder, ['new york']);
    const script = `
      const { openSnapshot } = await import('foretype');
      const snapshot = await openSnapshot(${JSON.stringify(folder)});
      console.log(snapshot.suggest('new').suggestions[0].text);`;
    const child = spawn(process.execPath, ['--input-type=module', '-e', script]);
    started.push(child);
    const written = child.stdout.setEncoding('utf8').toArray();
    expect((await written).join('')).toBe('new york\n');
  });
});
