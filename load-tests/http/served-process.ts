import type { FastifyInstance } from 'fastify';
import { buildServer } from '../../serving/http/server.ts';
import { IndexDirectory } from '../../serving/snapshot/index-directory.ts';
import { SnapshotHolder } from '../../serving/snapshot/snapshot-holder.ts';

/** What the process says once it listens: the port of the server that remembers answers and of the one that does not. */
export interface ServedPorts {
  readonly cached: number;
  readonly uncached: number;
}

/** What it answers to every message: the CPU time that it has used. */
export interface ServedUsage {
  readonly cpuMicroseconds: number;
}

const indexDir = process.argv[2];
if (indexDir === undefined || process.send === undefined) {
  throw new Error('expected to be forked by main.ts with an index folder');
}
const holder = new SnapshotHolder(new IndexDirectory(indexDir));
await holder.load();

const ports: ServedPorts = { cached: await listen(), uncached: await listen(1) };
process.send(ports);
process.on('message', () => {
  const { user, system } = process.cpuUsage();
  const usage: ServedUsage = { cpuMicroseconds: user + system };
  process.send?.(usage);
});
process.on('disconnect', () => process.exit(0));

async function listen(cacheBytes?: number): Promise<number> {
  const server: FastifyInstance = buildServer({
    holder,
    version: '0',
    ...(cacheBytes === undefined ? {} : { cacheBytes }),
  });
  server.get('/no-op', (_request, reply) => {
    reply.header('content-type', 'application/json; charset=utf-8').send('{}');
  });
  await server.listen({ host: '127.0.0.1', port: 0 });
  const address = server.server.address();
  if (address === null || typeof address === 'string') throw new Error('expected a TCP address');
  return address.port;
}
