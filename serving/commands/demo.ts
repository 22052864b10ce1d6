import { randomBytes } from 'node:crypto';
import { access, mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { EventIntake } from '../events/event-intake.ts';
import { readPackageVersion } from '../package-version.ts';
import type { ServiceOptions } from '../service.ts';
import { IndexDirectory } from '../snapshot/index-directory.ts';
import { readDemoFeed } from '../web/demo-feed.ts';
import { setPeopleApart } from '../web/demo-people.ts';
import { replayEvents } from '../web/demo-replay.ts';
import { readPeopleList } from '../web/people-list.ts';
import {
  readPageFiles,
  withClock,
  withFeed,
  withPageKey,
  withPeople,
} from '../web/static-files.ts';
import { parseArguments, parseNumberOption } from './arguments.ts';
import type { CommandIo } from './command-io.ts';
import { DEFAULT_HOST, DEFAULT_PORT, serveWithEvents } from './serve.ts';

export const USAGE = 'foretype demo [--port N]    without --port: the first free one from 8080';

/** Large enough for lists worth reading, small enough to be answered within a minute or two. */
const WORLD = { seed: 7, users: 6_000, days: 60, taste: 'medium' } as const;
const CACHE_FOLDER = path.join('.foretype', 'demo');
/** Written last: a folder without it was left half-made. */
const COMPLETE_FILE = 'complete';
/** What the demo's people did lately, beside the world; and, in the data folder, that the server has heard of it. */
const EVENTS_FILE = 'people.ndjson';
const REPLAYED_FILE = 'replayed';
const PORTS_TRIED = 100;
const POLL_MS = 1_000;

type Command = (args: readonly string[], io: CommandIo) => Promise<number>;

/** The commands of other folders that the demo runs; handed in by `cli.ts`, as serving may not import them. */
export interface DemoParts {
  /** `foretype simulate` */
  readonly simulate: Command;
  /** `foretype index` */
  readonly index: Command;
}

/**
 * `foretype demo`: simulates a world, indexes its log and serves it, with the last days of some of its people as events, all below `.foretype/demo` in the working folder. What an
 * earlier run of the same version finished is used again; what it left half-made is made anew. The last line that it prints
 * is the address.
 */
export async function run(
  args: readonly string[],
  io: CommandIo,
  parts: DemoParts,
): Promise<number> {
  const { values } = parseArguments({
    args: [...args],
    strict: true,
    options: { port: { type: 'string' } },
  });
  const port = parseNumberOption('port', values.port, [0, 65_535], DEFAULT_PORT);
  const folder = path.resolve(CACHE_FOLDER, nameWorld());
  const indexDir = path.join(folder, 'index');
  if (await exists(path.join(folder, COMPLETE_FILE))) {
    io.stdout.write(`using the simulated world in ${folder}\n`);
  } else {
    const code = await makeWorld(folder, indexDir, io, parts);
    if (code !== 0) return code;
  }
  return serveOnFreePort(folder, indexDir, port, values.port === undefined ? PORTS_TRIED : 1, io);
}

function nameWorld(): string {
  const { seed, users, days, taste } = WORLD;
  return `${readPackageVersion()}-seed${seed}-users${users}-days${days}-${taste}`;
}

async function makeWorld(
  folder: string,
  indexDir: string,
  io: CommandIo,
  { simulate, index }: DemoParts,
): Promise<number> {
  const world = path.join(folder, 'world');
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  io.stdout.write(
    `simulating ${WORLD.users.toLocaleString('en')} people over ${WORLD.days} days in ${folder}\n`,
  );
  const options = Object.entries(WORLD).flatMap(([name, value]) => [`--${name}`, String(value)]);
  let code = await simulate([...options, '--out', world], io);
  if (code !== 0) return code;
  // The rest of the log is needed once; the whole one stays for who wants to look at it.
  const queries = path.join(folder, 'indexed.tsv');
  await setPeopleApart(world, { events: path.join(folder, EVENTS_FILE), others: queries });
  io.stdout.write('indexing their searches, videos and comments\n');
  const inputs = {
    queries,
    videos: path.join(world, 'videos.ndjson'),
    comments: path.join(world, 'comments.ndjson'),
  };
  const given = Object.entries(inputs).flatMap(([name, file]) => [`--${name}`, file]);
  code = await index([...given, '--out', indexDir], io);
  if (code !== 0) return code;
  await rm(queries);
  await writeFile(path.join(folder, COMPLETE_FILE), '');
  return 0;
}

async function serveOnFreePort(
  folder: string,
  indexDir: string,
  firstPort: number,
  attempts: number,
  io: CommandIo,
): Promise<number> {
  const dataDir = path.join(folder, 'data');
  const worldDir = path.join(folder, 'world');
  const eventsFile = path.join(folder, EVENTS_FILE);
  // The page asks why each suggestion is there, and tells and erases what is kept of the demo's people; nobody else is told the key.
  const pageKey = randomBytes(24).toString('base64url');
  const page = withPeople(withPageKey(readPageFiles(), pageKey), await readPeopleList(eventsFile));
  const files = withFeed(page, await readDemoFeed(worldDir));
  const options: Omit<ServiceOptions, 'port'> = {
    source: new IndexDirectory(indexDir),
    host: DEFAULT_HOST,
    pollMs: POLL_MS,
    adminKey: io.env.FORETYPE_ADMIN_KEY || null,
    pageKey,
    version: readPackageVersion(),
    // The world ended some time ago, and what trended at its end trends on until its time goes on.
    clock: 'events',
    pageFiles: withClock(files, await readClockLead(worldDir)),
    log: (line) => io.stderr.write(`${line}\n`),
  };
  const ports = Array.from({ length: attempts }, (_, i) => firstPort + i);
  return serveWithEvents(
    options,
    // A second demo, on its own port, is worth more than its events.
    { path: dataDir, isRequired: false },
    ports.filter((port) => port <= 65_535),
    io,
    {
      prepare: async (events) => {
        if (events !== null)
          await replayOnce(eventsFile, path.join(dataDir, REPLAYED_FILE), events, io);
      },
    },
  );
}

/** Tells a new server what the demo's people did; a try that was broken off is made anew, and counts nothing twice. */
async function replayOnce(
  eventsFile: string,
  replayedFile: string,
  events: EventIntake,
  io: CommandIo,
): Promise<void> {
  if (await exists(replayedFile)) return;
  const count = await replayEvents(eventsFile, events);
  io.stdout.write(`took in ${count.toLocaleString('en')} searches and videos of its people\n`);
  await writeFile(replayedFile, '');
}

/** How far the world's time is ahead of the wall clock, in milliseconds: it goes on from its end when it was made. */
async function readClockLead(worldDir: string): Promise<number> {
  const split = await readFile(path.join(worldDir, 'truth', 'split.json'), 'utf8');
  const endMs = Date.parse((JSON.parse(split) as { readonly end: string }).end);
  const { mtimeMs } = await stat(path.join(path.dirname(worldDir), COMPLETE_FILE));
  return endMs - mtimeMs;
}

async function exists(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}
