import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, open, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { eventLogFolder } from '../../serving/events/event-store.ts';
import { describeMachine } from '../micro/machine.ts';
import { makePersonalWorld } from '../personal/personal-world.ts';
import type { SentEvent } from './batches.ts';
import { EventSender } from './http-sender.ts';
import { inTurns } from './in-turns.ts';
import { reportStart } from './seen-ids-start.ts';
import type { ServedAddress, ServedUsage, ServedWork } from './served-process.ts';
import { inBatches, worldEvents } from './world-events.ts';

/*
 * How many events a second does a server accept, durably, with everything that `foretype serve` makes of them? `npm run bench -- events [--rounds 5] [--batches 500] [--events 100]
 * [--connections 16] [--users 5000] [--days 60] [--ids 10000000] [--folder DIR] [--cache DIR]`.
 *
 * The events are those of the held-out part of a simulated world (world-events.ts) over the index of its earlier part. Four ways alternate in one run, over the same
 * events: over HTTP (the load from this process), the intake of such a server without HTTP, and the bytes that it logged appended to a plain file, with an fsync a batch and with an
 * fsync for as many batches as came at once. The first round warms up: profiles, caches and the compiler.
 */

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '5' },
    batches: { type: 'string', default: '500' },
    events: { type: 'string', default: '100' },
    connections: { type: 'string', default: '16' },
    users: { type: 'string', default: '5000' },
    days: { type: 'string', default: '60' },
    ids: { type: 'string', default: '10000000' },
    folder: { type: 'string', default: tmpdir() },
    cache: { type: 'string' },
  },
});
const rounds = Number(values.rounds);
const batchCount = Number(values.batches);
const batchLength = Number(values.events);
const atOnce = Number(values.connections);
const eventCount = batchCount * batchLength;
const folder = await mkdtemp(path.join(values.folder, 'foretype-events-'));
const program = fileURLToPath(
  new URL(`./served-process${path.extname(import.meta.url)}`, import.meta.url),
);

interface Round {
  readonly perSecond: number;
  /** Of a server: CPU time an event, of all threads and of the one that runs JavaScript. */
  readonly cpuMicroseconds?: number;
  readonly mainMicroseconds?: number;
}

const SERVED = ['HTTP', 'without HTTP'];

try {
  const { text, busy } = describeMachine();
  console.log(`events accepted; ${text}`);
  if (busy !== null) console.log(busy);
  const cache = values.cache ?? path.join(folder, 'worlds');
  await mkdir(cache, { recursive: true });
  const [users, days] = [Number(values.users), Number(values.days)];
  const log = await makePersonalWorld({
    ...{ taste: 'medium', users, days, seed: 1, minUsers: 5, cache },
  });
  const index = path.join(cache, log.name, 'index');
  const batches = inBatches(worldEvents(log), batchLength);
  const served = await Promise.all(SERVED.map((name) => startServer(index, name)));
  await measure(batches, served);
  for (const { process: server } of served) server.disconnect();
  await reportStart(path.join(folder, 'ids'), Number(values.ids));
} finally {
  await rm(folder, { recursive: true });
}

interface Server {
  readonly process: ChildProcess;
  readonly port: number;
  readonly dataDir: string;
}

async function startServer(index: string, name: string): Promise<Server> {
  const dataDir = path.join(folder, name);
  const server = fork(program, [index, dataDir]);
  const [{ address }] = (await once(server, 'message')) as [ServedAddress];
  return { process: server, port: Number(new URL(address).port), dataDir };
}

async function measure(
  batches: Iterator<readonly SentEvent[]>,
  [overHttp, without]: readonly Server[],
): Promise<void> {
  if (overHttp === undefined || without === undefined) throw new Error('expected two servers');
  const measured = new Map<string, Round[]>();
  let kinds = new Map<string, number>();
  for (let round = 0; round <= rounds; round++) {
    const sent = Array.from({ length: batchCount }, () => batches.next().value as SentEvent[]);
    if (sent.some((batch) => batch?.length !== batchLength)) {
      throw new Error(`expected ${(rounds + 1) * batchCount} batches; make the world larger`);
    }
    kinds = countKinds(sent, kinds);
    const bodies = sent.map((batch) => Buffer.from(JSON.stringify(batch)));
    const loggedBefore = await logBytes(without);
    const results: [string, Round][] = [
      ['HTTP', await measureHttp(overHttp, bodies)],
      ['without HTTP', await measureAccept(without, bodies)],
    ];
    const logged = (await logBytes(without)) - loggedBefore;
    const chunk = Math.ceil(logged / batchCount);
    results.push(['raw file, an fsync a batch', await measureRaw(chunk, batchCount)]);
    const groups = Math.ceil(batchCount / atOnce);
    results.push([
      `raw file, an fsync for ${atOnce}`,
      await measureRaw(Math.ceil(logged / groups), groups),
    ]);
    if (round === 0) continue;
    for (const [name, result] of results) {
      measured.set(name, [...(measured.get(name) ?? []), result]);
    }
  }
  report(measured, kinds);
}

async function measureHttp({ process: server, port }: Server, bodies: readonly Buffer[]) {
  const sender = new EventSender(port, atOnce);
  const before = await ask(server, null);
  const tookMs = await inTurns(bodies, atOnce, async (body) => {
    const answer = await sender.send(body);
    if (answer?.status !== 202) throw new Error(`expected 202, got ${answer?.body}`);
    const { accepted } = JSON.parse(answer.body) as { accepted: number };
    if (accepted !== batchLength) throw new Error(`expected ${batchLength}, got ${answer.body}`);
  });
  const after = await ask(server, null);
  sender.close();
  return roundOf({
    tookMs,
    cpuMicroseconds: after.cpuMicroseconds - before.cpuMicroseconds,
    mainMicroseconds: (after.mainMicroseconds ?? Number.NaN) - (before.mainMicroseconds ?? 0),
  });
}

async function measureAccept({ process: server }: Server, bodies: readonly Buffer[]) {
  const file = path.join(folder, 'batches.ndjson');
  await writeFile(file, bodies.map((body) => `${body}\n`).join(''));
  return roundOf(await ask(server, file));
}

function roundOf({ tookMs, cpuMicroseconds, mainMicroseconds }: ServedUsage): Round {
  return {
    perSecond: (eventCount * 1000) / tookMs,
    cpuMicroseconds: cpuMicroseconds / eventCount,
    mainMicroseconds: (mainMicroseconds ?? Number.NaN) / eventCount,
  };
}

async function ask(server: ChildProcess, file: string | null): Promise<ServedUsage> {
  const work: ServedWork = { file, atOnce };
  server.send(work);
  const [usage] = (await once(server, 'message')) as [ServedUsage];
  return usage;
}

/** Bytes of the log of a server. */
async function logBytes({ dataDir }: Server): Promise<number> {
  const place = eventLogFolder(dataDir);
  const files = (await readdir(place)).filter((name) => name.endsWith('.events'));
  const sizes = await Promise.all(
    files.map(async (name) => (await stat(path.join(place, name))).size),
  );
  return sizes.reduce((sum, size) => sum + size, 0);
}

/** Bytes that are ready beforehand, so many times so many, each brought to disk before the next. */
async function measureRaw(chunkBytes: number, chunks: number): Promise<Round> {
  const chunk = Buffer.alloc(chunkBytes, 'x');
  const handle = await open(path.join(folder, 'raw'), 'w');
  const started = performance.now();
  for (let i = 0; i < chunks; i++) {
    await handle.write(chunk);
    await handle.datasync();
  }
  const tookMs = performance.now() - started;
  await handle.close();
  return { perSecond: (eventCount * 1000) / tookMs };
}

function countKinds(
  sent: readonly (readonly SentEvent[])[],
  kinds: Map<string, number>,
): Map<string, number> {
  for (const { type } of sent.flat()) kinds.set(String(type), (kinds.get(String(type)) ?? 0) + 1);
  return kinds;
}

function report(
  measured: ReadonlyMap<string, readonly Round[]>,
  kinds: ReadonlyMap<string, number>,
): void {
  const total = [...kinds.values()].reduce((sum, count) => sum + count, 0);
  const shares = [...kinds].map(
    ([type, count]) => `${type} ${((100 * count) / total).toFixed(1)}%`,
  );
  console.log(
    `${rounds} alternating rounds of ${batchCount} batches of ${batchLength} events, ${atOnce} at a time (${shares.join(', ')}); medians, in brackets the smallest and the largest`,
  );
  const [raw = []] = [measured.get('raw file, an fsync a batch')];
  for (const [name, each] of measured) {
    const ratio = each.map(({ perSecond }, i) => perSecond / (raw[i]?.perSecond ?? Number.NaN));
    const parts = [
      name.padEnd(27),
      `${spread(
        each.map(({ perSecond }) => perSecond),
        0,
      )} events/s`,
      `${spread(ratio, 3)} of the raw file`,
    ];
    const cpu = each.flatMap(({ cpuMicroseconds }) => cpuMicroseconds ?? []);
    const main = each.flatMap(({ mainMicroseconds }) => mainMicroseconds ?? []);
    if (cpu.length > 0) {
      parts.push(
        `CPU ${spread(cpu, 1)} µs an event, of the main thread ${spread(main, 1)} µs: ${spread(
          main.map((each) => 1e6 / each),
          0,
        )} events/s on one core of its own`,
      );
    }
    console.log(parts.join('  '));
  }
}

function spread(all: readonly number[], digits: number): string {
  const sorted = [...all].sort((a, b) => a - b);
  const show = (value: number | undefined) => (value ?? Number.NaN).toFixed(digits);
  return `${show(sorted[sorted.length >> 1])} [${show(sorted[0])} ${show(sorted.at(-1))}]`;
}
