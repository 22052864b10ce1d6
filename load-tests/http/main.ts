import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { cpus, tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import autocannon from 'autocannon';
import { publishHttpWorld } from './http-world.ts';
import { PEOPLE, sessionOf } from './known-people.ts';
import type { ServedPorts, ServedUsage } from './served-process.ts';

/*
 * Measures what a suggestion costs over HTTP against a no-op route of the same server, in one run: `node
 * dist/load-tests/http/main.js [--rounds 7] [--seconds 2] [--completions 200000] [--connections 20]`. Rounds alternate, so that
 * whatever else the machine does falls on all routes alike. The load comes from this process, the answers from another.
 */

interface Scenario {
  readonly name: string;
  readonly port: number;
  /** What a connection asks for, over and over. */
  readonly pathsOf: (connection: number) => readonly string[];
}

interface Round {
  readonly requestsPerSecond: number;
  readonly cpuMicroseconds: number;
}

const SEED = 1;
const SERVED_FILE = fileURLToPath(
  new URL(`./served-process${path.extname(import.meta.url)}`, import.meta.url),
);

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '7' },
    seconds: { type: 'string', default: '2' },
    completions: { type: 'string', default: '200000' },
    connections: { type: 'string', default: '20' },
  },
});
const folder = await mkdtemp(path.join(tmpdir(), 'foretype-http-'));
const indexDir = path.join(folder, 'index');
let served: ChildProcess | null = null;
try {
  const { typed } = await publishHttpWorld(indexDir, Number(values.completions), SEED);
  served = fork(SERVED_FILE, [indexDir, folder]);
  const [ports] = (await once(served, 'message')) as [ServedPorts];
  const scenarios = scenariosOf(typed, ports);
  const rounds = new Map(scenarios.map(({ name }) => [name, [] as Round[]]));
  for (let round = 0; round <= Number(values.rounds); round++) {
    for (const scenario of scenarios) {
      const measured = await measure(scenario, served);
      // The first round warms up and is not counted.
      if (round > 0) rounds.get(scenario.name)?.push(measured);
    }
  }
  report(rounds);
  for (const name of ['repeated', 'whole'] as const) {
    console.log(`${name}: ${await givenAgain(ports[name])} of the answers had been given before`);
  }
} finally {
  served?.disconnect();
  if (served?.exitCode === null) await once(served, 'exit');
  await rm(folder, { recursive: true, force: true });
}

function scenariosOf(typed: readonly string[], ports: ServedPorts): readonly Scenario[] {
  const suggest = typed.map((text) => `/v1/suggest?q=${encodeURIComponent(text)}`);
  const always = (paths: readonly string[]) => () => paths;
  const forPeople = always(suggest.map((target, i) => `${target}&user=${i % PEOPLE}`));
  return [
    // As many paths as the others, so that the client works alike.
    { name: 'no-op', port: ports.cached, pathsOf: always(suggest.map(() => '/no-op')) },
    { name: 'cached', port: ports.cached, pathsOf: always(suggest.slice(0, 500)) },
    { name: 'uncached', port: ports.uncached, pathsOf: always(suggest) },
    // Each for somebody. All connections ask for the same one after the other: this server remembers no answer, so that each is ranked.
    { name: 'personal', port: ports.personal, pathsOf: forPeople },
    // The same requests to a server that remembers what it answered a moment ago.
    { name: 'repeated', port: ports.repeated, pathsOf: forPeople },
    // Who types a text is somebody else on every connection, so that hardly an answer is asked for again while it is remembered.
    { name: 'whole', port: ports.whole, pathsOf: (connection) => suggest.map(askedOn(connection)) },
  ];
}

/** Who asks on a connection, of all the people. */
function askedOn(connection: number): (target: string, i: number) => string {
  const first = connection * Math.floor(PEOPLE / Number(values.connections));
  return (target, i) => {
    const person = (i + first) % PEOPLE;
    return `${target}&user=${person}&session=${sessionOf(person)}`;
  };
}

/** The share of a server's personal answers that it had remembered. */
async function givenAgain(port: number): Promise<string> {
  const page = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
  const read = (outcome: string) =>
    Number(new RegExp(`^foretype_personal_answers_${outcome}_total (\\d+)$`, 'm').exec(page)?.[1]);
  const again = read('remembered');
  return `${((100 * again) / (again + read('written'))).toFixed(1)}%`;
}

async function measure({ name, port, pathsOf }: Scenario, process: ChildProcess): Promise<Round> {
  const requestsOf = (each: number) => pathsOf(each).map((target) => ({ path: target }));
  let connection = 0;
  const before = await readUsage(process);
  const result = await autocannon({
    url: `http://127.0.0.1:${port}`,
    connections: Number(values.connections),
    duration: Number(values.seconds),
    requests: requestsOf(0).slice(0, 1),
    setupClient: (client) => client.setRequests(requestsOf(connection++)),
  });
  const after = await readUsage(process);
  if (result.non2xx > 0 || result.errors > 0 || result.requests.total === 0) {
    throw new Error(
      `${name}: expected answers, got ${result.non2xx} refusals and ${result.errors} errors`,
    );
  }
  return {
    requestsPerSecond: result.requests.total / result.duration,
    cpuMicroseconds: (after - before) / result.requests.total,
  };
}

async function readUsage(process: ChildProcess): Promise<number> {
  process.send('usage');
  const [usage] = (await once(process, 'message')) as [ServedUsage];
  return usage.cpuMicroseconds;
}

function report(rounds: ReadonlyMap<string, readonly Round[]>): void {
  const [cpu] = cpus();
  console.log(`Node ${process.version}, ${cpu?.model.trim()}, ${cpus().length} cores`);
  console.log(
    `${values.completions} completions, ${values.rounds} alternating rounds of ${values.seconds} s, ${values.connections} connections`,
  );
  console.log('medians; in brackets the smallest and the largest round');
  const noop = rounds.get('no-op') ?? [];
  for (const [name, measured] of rounds) {
    const rate = measured.map(({ requestsPerSecond }) => requestsPerSecond);
    const cost = measured.map(({ cpuMicroseconds }) => cpuMicroseconds);
    const rateRatio = rate.map((value, i) => value / (noop[i]?.requestsPerSecond ?? Number.NaN));
    const costRatio = cost.map((value, i) => (noop[i]?.cpuMicroseconds ?? Number.NaN) / value);
    console.log(
      [
        name.padEnd(9),
        `${spread(rate, 0)} requests/s`,
        `${spread(rateRatio, 2)} of no-op`,
        `server CPU ${spread(cost, 1)} µs a request`,
        `${spread(costRatio, 2)} of no-op by CPU`,
      ].join('  '),
    );
  }
}

function spread(values: readonly number[], digits: number): string {
  const sorted = [...values].sort((a, b) => a - b);
  const show = (value: number | undefined) => (value ?? Number.NaN).toFixed(digits);
  return `${show(sorted[sorted.length >> 1])} [${show(sorted[0])} ${show(sorted.at(-1))}]`;
}
