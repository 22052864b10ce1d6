import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, open, rm } from 'node:fs/promises';
import { cpus, tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { parseEvent } from '../../indexer/events/event-parser.ts';
import { type EventRecord, encodeRecord } from '../../indexer/events/event-record.ts';
import { Rejection } from '../../indexer/events/event-rejection.ts';
import { FileEventLog } from '../../indexer/events/file-event-log.ts';
import { SeenIdFiles } from '../../serving/events/seen-id-files.ts';
import { Random } from '../simulate/random.ts';
import { makeBatch } from './batches.ts';
import type { EventsPort, EventsUsage } from './events-process.ts';
import { EventSender } from './http-sender.ts';

/*
 * How many events a second are accepted, durably: `node dist/load-tests/events/main.js [--rounds 5] [--batches 1000] [--events 100] [--connections 16]
 * [--ids 10000000] [--folder DIR]`. Three ways alternate in one run: over HTTP (the server a process of its own, the load from this one), the log alone, and the
 * same bytes appended to a plain file with an fsync for as many appends as the log makes at once.
 */

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '5' },
    batches: { type: 'string', default: '1000' },
    events: { type: 'string', default: '100' },
    connections: { type: 'string', default: '16' },
    ids: { type: 'string', default: '10000000' },
    folder: { type: 'string', default: tmpdir() },
  },
});
const rounds = Number(values.rounds);
const batchCount = Number(values.batches);
const batchLength = Number(values.events);
const connections = Number(values.connections);
const eventCount = batchCount * batchLength;
const random = new Random(1);
const folder = await mkdtemp(path.join(values.folder, 'foretype-events-'));
const program = fileURLToPath(
  new URL(`./events-process${path.extname(import.meta.url)}`, import.meta.url),
);

interface Round {
  readonly perSecond: number;
  /** Of the server's CPU time, where it is a process of its own. */
  readonly cpuMicrosecondsAnEvent: number;
}

try {
  const measured = new Map<string, Round[]>([
    ['HTTP', []],
    ['log', []],
    ['raw file', []],
  ]);
  const served = fork(program, [path.join(folder, 'data')]);
  const [{ port }] = (await once(served, 'message')) as [EventsPort];
  const log = await FileEventLog.open({ folder: path.join(folder, 'log') });
  // The first round warms up and is not counted.
  for (let round = 0; round <= rounds; round++) {
    const batches = Array.from({ length: batchCount }, (_, i) =>
      makeBatch(random, `r${round}-${i}`, batchLength),
    );
    const results = [
      ['HTTP', await measureHttp(served, port, batches)],
      ['log', await measureLog(log, batches)],
      ['raw file', await measureRaw(path.join(folder, 'raw'), batches)],
    ] as const;
    for (const [name, result] of results) if (round > 0) measured.get(name)?.push(result);
  }
  await log.close();
  served.disconnect();
  report(measured);
  await reportStart(Number(values.ids));
} finally {
  await rm(folder, { recursive: true });
}

type Batches = readonly (readonly { readonly eventId: string }[])[];

async function measureHttp(server: ChildProcess, port: number, batches: Batches): Promise<Round> {
  const bodies = batches.map((batch) => Buffer.from(JSON.stringify(batch)));
  const sender = new EventSender(port, connections);
  const before = await readUsage(server);
  const tookMs = await timeInTurns(bodies, async (body) => {
    const answer = await sender.send(body);
    if (answer?.status !== 202) throw new Error(`expected 202, got ${answer?.body}`);
  });
  const cpu = (await readUsage(server)) - before;
  sender.close();
  return { perSecond: eventCount / (tookMs / 1000), cpuMicrosecondsAnEvent: cpu / eventCount };
}

async function measureLog(log: FileEventLog, batches: Batches): Promise<Round> {
  const records = batches.map(toRecords);
  const tookMs = await timeInTurns(records, (batch) => log.append(batch));
  return { perSecond: eventCount / (tookMs / 1000), cpuMicrosecondsAnEvent: Number.NaN };
}

/** Bytes that are ready beforehand, as many in a write as the log groups when each connection waits for its batch. */
async function measureRaw(file: string, batches: Batches): Promise<Round> {
  const chunks = batches.map((batch) => Buffer.concat(toRecords(batch).map(encodeRecord)));
  const groups: Buffer[] = [];
  for (let at = 0; at < chunks.length; at += connections) {
    groups.push(Buffer.concat(chunks.slice(at, at + connections)));
  }
  const handle = await open(file, 'a');
  const started = performance.now();
  for (const group of groups) {
    await handle.write(group);
    await handle.datasync();
  }
  const tookMs = performance.now() - started;
  await handle.close();
  return { perSecond: eventCount / (tookMs / 1000), cpuMicrosecondsAnEvent: Number.NaN };
}

function toRecords(batch: Batches[number]): readonly EventRecord[] {
  const arrivedMs = Date.UTC(2026, 11, 31);
  return batch.map((sent) => {
    const received = parseEvent(sent, { nowMs: arrivedMs });
    if (received instanceof Rejection) throw new Error(received.detail);
    const { event, market } = received;
    return { event, arrivedMs, user: 'x'.repeat(22), session: null, market };
  });
}

/** Milliseconds until all is done, so many at a time. */
async function timeInTurns<Work>(
  all: readonly Work[],
  run: (work: Work) => Promise<unknown>,
): Promise<number> {
  let next = 0;
  const started = performance.now();
  const worker = async () => {
    while (next < all.length) await run(all[next++]!);
  };
  await Promise.all(Array.from({ length: connections }, worker));
  return performance.now() - started;
}

async function readUsage(server: ChildProcess): Promise<number> {
  server.send('usage');
  const [{ cpuMicroseconds }] = (await once(server, 'message')) as [EventsUsage];
  return cpuMicroseconds;
}

function report(measured: ReadonlyMap<string, readonly Round[]>): void {
  console.log(`Node ${process.version}, ${cpus()[0]?.model.trim()}, ${cpus().length} cores`);
  console.log(
    `${rounds} alternating rounds of ${batchCount} batches of ${batchLength} events, ${connections} at a time; medians, in brackets the smallest and the largest`,
  );
  const raw = measured.get('raw file') ?? [];
  for (const [name, each] of measured) {
    const ratio = each.map(({ perSecond }, i) => perSecond / (raw[i]?.perSecond ?? Number.NaN));
    const cpu = each.map(({ cpuMicrosecondsAnEvent }) => cpuMicrosecondsAnEvent);
    const parts = [
      name.padEnd(9),
      `${spread(
        each.map(({ perSecond }) => perSecond),
        0,
      )} events/s`,
      `${spread(ratio, 3)} of the raw file`,
    ];
    if (!Number.isNaN(cpu[0])) {
      parts.push(`server CPU ${spread(cpu, 1)} µs an event`);
    }
    console.log(parts.join('  '));
  }
}

/** How long a start takes that must remember so many ids, and in how many bytes. */
async function reportStart(ids: number): Promise<void> {
  const place = path.join(folder, 'ids');
  const options = {
    folder: place,
    log: { first: ids, end: ids } as FileEventLog,
    onFault: (line: string) => console.log(line),
  };
  const writing = await SeenIdFiles.open({ ...options, log: { first: 0, end: 0 } as FileEventLog });
  const added = performance.now();
  for (let i = 0; i < ids; i++) writing.ids.add(`event-${i}`, i);
  const addedNs = ((performance.now() - added) * 1e6) / ids;
  await writing.close();
  const started = performance.now();
  const read = await SeenIdFiles.open(options);
  const tookMs = performance.now() - started;
  if (read.end !== ids || !read.ids.has(`event-${ids - 1}`)) throw new Error('expected all ids');
  console.log(
    `${ids} remembered ids: opened in ${tookMs.toFixed(0)} ms, ${(read.ids.sizeBytes / 2 ** 20).toFixed(0)} MiB; ${addedNs.toFixed(0)} ns to add one`,
  );
}

function spread(all: readonly number[], digits: number): string {
  const sorted = [...all].sort((a, b) => a - b);
  const show = (value: number | undefined) => (value ?? Number.NaN).toFixed(digits);
  return `${show(sorted[sorted.length >> 1])} [${show(sorted[0])} ${show(sorted.at(-1))}]`;
}
