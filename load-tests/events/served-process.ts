import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { serveWithEvents } from '../../serving/commands/serve.ts';
import type { EventIntake } from '../../serving/events/event-intake.ts';
import { IndexDirectory } from '../../serving/snapshot/index-directory.ts';
import { inTurns } from './in-turns.ts';

/*
 * A server with everything that `foretype serve` registers, forked by the benchmark with an index and a data folder. Tells where it listens; then answers every message
 * with what it cost: nothing but what it has used so far, or to take the batches of a file in without HTTP.
 */

/** What it says once it takes events. */
export interface ServedAddress {
  readonly address: string;
}

/** What it is asked: the file has a batch a line. */
export interface ServedWork {
  readonly file: string | null;
  readonly atOnce: number;
}

/** What it answers. */
export interface ServedUsage {
  readonly tookMs: number;
  /** CPU time of the process since it began, of all its threads. */
  readonly cpuMicroseconds: number;
  /** The same of the thread that runs JavaScript; null where the system does not tell. */
  readonly mainMicroseconds: number | null;
}

const [, , index, dataDir] = process.argv;
if (index === undefined || dataDir === undefined || process.send === undefined) {
  throw new Error('expected to be forked with an index and a data folder');
}
process.on('disconnect', () => process.exit(0));
const io = {
  stdout: { write: (text: string) => process.send?.({ address: text.trim() }) ?? true },
  stderr: { write: (text: string) => process.stderr.write(text) },
  env: {},
  isTerminal: false,
};
const options = {
  source: new IndexDirectory(index),
  host: '127.0.0.1',
  pollMs: 1_000,
  clock: 'events' as const,
  market: null,
  adminKey: null,
  version: '0',
  log: (line: string) => process.stderr.write(`${line}\n`),
};
const prepare = async (events: EventIntake | null) => {
  if (events === null) throw new Error('expected events to be taken');
  process.on('message', (work: ServedWork) => void answer(events, work));
};
const data = { path: dataDir, isRequired: true };
process.exitCode = await serveWithEvents(options, data, [0], io, { prepare });

async function answer(events: EventIntake, { file, atOnce }: ServedWork): Promise<void> {
  if (file === null) {
    process.send?.(usage(0));
    return;
  }
  const lines = (await readFile(file, 'utf8')).trim().split('\n');
  const batches = lines.map((line) => ({ items: JSON.parse(line), sizeBytes: line.length }));
  const before = usage(0);
  const tookMs = await inTurns(batches, atOnce, async ({ items, sizeBytes }) => {
    const { accepted } = await events.accept(items, sizeBytes);
    if (accepted !== items.length) throw new Error(`expected ${items.length}, got ${accepted}`);
  });
  const after = usage(tookMs);
  process.send?.({
    tookMs,
    cpuMicroseconds: after.cpuMicroseconds - before.cpuMicroseconds,
    mainMicroseconds:
      after.mainMicroseconds === null || before.mainMicroseconds === null
        ? null
        : after.mainMicroseconds - before.mainMicroseconds,
  } satisfies ServedUsage);
}

function usage(tookMs: number): ServedUsage {
  const { user, system } = process.cpuUsage();
  return { tookMs, cpuMicroseconds: user + system, mainMicroseconds: readMain() };
}

/** As Linux counts it for the first thread, in nanoseconds. */
function readMain(): number | null {
  try {
    const file = `/proc/self/task/${process.pid}/schedstat`;
    return Number(readFileSync(file, 'utf8').split(' ')[0]) / 1000;
  } catch {
    return null;
  }
}
