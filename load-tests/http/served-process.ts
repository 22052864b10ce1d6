import type { FastifyInstance } from 'fastify';
import { buildServer, type ServerOptions } from '../../serving/http/server.ts';
import { createPersonalSuggest } from '../../serving/personal/create-personal-suggest.ts';
import { IndexDirectory } from '../../serving/snapshot/index-directory.ts';
import { SnapshotHolder } from '../../serving/snapshot/snapshot-holder.ts';
import { makeKnownPeople } from './known-people.ts';
import { startWholeService } from './whole-service.ts';

/** What the process says once it listens: the ports of its servers. */
export interface ServedPorts {
  /** Remembers answers. */
  readonly cached: number;
  /** Does not. */
  readonly uncached: number;
  /** Knows people, and remembers no answer to any of them. */
  readonly personal: number;
  /** Knows them, and remembers what they were answered a moment ago. */
  readonly repeated: number;
  /** Knows them from events, with all that `foretype serve` runs. */
  readonly whole: number;
}

/** What it answers to every message: the CPU time that it has used. */
export interface ServedUsage {
  readonly cpuMicroseconds: number;
}

const [indexDir, dataDir] = process.argv.slice(2);
if (indexDir === undefined || dataDir === undefined || process.send === undefined) {
  throw new Error('expected to be forked by main.ts with an index folder and one for data');
}
const holder = new SnapshotHolder(new IndexDirectory(indexDir));
await holder.load();

const SEED = 1;
/** Bytes that no answer fits into. */
const NO_ROOM = 64;
const whole = await startWholeService(indexDir, dataDir, SEED);
const ports: ServedPorts = {
  cached: await listen({}),
  uncached: await listen({ cacheBytes: NO_ROOM }),
  personal: await listen(knowPeople(NO_ROOM)),
  repeated: await listen(knowPeople()),
  whole: Number(new URL(whole.address).port),
};
process.send(ports);
process.on('message', () => {
  const { user, system } = process.cpuUsage();
  const usage: ServedUsage = { cpuMicroseconds: user + system };
  process.send?.(usage);
});
process.on('disconnect', () => process.exit(0));

/** What a server has that ranks for people whose profiles are in memory. */
function knowPeople(memoryBytes?: number): Partial<ServerOptions> {
  const snapshot = holder.current;
  if (snapshot?.content === undefined) throw new Error('expected a snapshot with its content');
  const people = makeKnownPeople(snapshot.content, SEED);
  const personal = createPersonalSuggest({
    ...{ hasher: people.hasher, nowMs: people.nowMs, videos: null, fresh: null },
    sessions: { sessionOf: () => null },
    ...(memoryBytes === undefined ? {} : { memoryBytes }),
  });
  personal.useSnapshot(snapshot);
  return { profileOf: people.profileOf, personal: personal.suggest };
}

async function listen(options: Partial<ServerOptions>): Promise<number> {
  const server: FastifyInstance = buildServer({
    holder,
    version: '0',
    ...options,
  });
  server.get('/no-op', (_request, reply) => {
    reply.header('content-type', 'application/json; charset=utf-8').send('{}');
  });
  await server.listen({ host: '127.0.0.1', port: 0 });
  const address = server.server.address();
  if (address === null || typeof address === 'string') throw new Error('expected a TCP address');
  return address.port;
}
