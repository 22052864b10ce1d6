import type { FastifyInstance } from 'fastify';
import { buildServer, type ServerOptions } from '../../serving/http/server.ts';
import { SnapshotHolder } from '../../serving/snapshot/snapshot-holder.ts';
import { FakeSource } from './fake-snapshots.ts';

export const FAKE_TEXTS = [
  'New York',
  'new york pizza',
  'newcastle',
  'قهوة عربية',
  '北京大学',
  '👩‍👩‍👧 family',
];

export interface TestServer {
  readonly server: FastifyInstance;
  readonly holder: SnapshotHolder;
  readonly source: FakeSource;
  readonly failures: Error[];
}

/** A server over a fake index with one snapshot, not listening. */
export async function makeTestServer(options: Partial<ServerOptions> = {}): Promise<TestServer> {
  const source = new FakeSource('s-1', { 's-1': FAKE_TEXTS });
  const holder = new SnapshotHolder(source);
  await holder.load();
  const failures: Error[] = [];
  const server = buildServer({
    holder,
    version: '0.0.0-test',
    onFailure: (error) => failures.push(error),
    ...options,
  });
  await server.ready();
  return { server, holder, source, failures };
}

/** Listens on any free port of the loopback interface and gives it. */
export async function listenLocally(server: FastifyInstance): Promise<number> {
  await server.listen({ host: '127.0.0.1', port: 0 });
  const address = server.server.address();
  if (address === null || typeof address === 'string') throw new Error('expected a TCP address');
  return address.port;
}
