import { openEventStore } from '../../serving/events/event-store.ts';
import { buildServer } from '../../serving/http/server.ts';
import { ProfileKeeper } from '../../serving/personal/profile-keeper.ts';
import { SnapshotHolder } from '../../serving/snapshot/snapshot-holder.ts';
import { openFeatureStore } from '../../serving/stores/open-feature-store.ts';

/*
 * A server that takes events and nothing else, or keeps profiles of them in the data folder as well, forked by the crash test with a data folder, and
 * `profiles` or nothing, as arguments. Tells its port; answers every
 * message with the CPU time that it has used.
 */

/** What it says once it takes events. */
export interface EventsPort {
  readonly port: number;
}

/** What it answers to a message. */
export interface EventsUsage {
  readonly cpuMicroseconds: number;
}

const dataDir = process.argv[2];
if (dataDir === undefined || process.send === undefined) {
  throw new Error('expected to be forked with a data folder');
}
const report = (line: string) => process.stderr.write(`${line}\n`);
const events = await openEventStore({ dataDir, report });
if (process.argv[3] === 'profiles') {
  const features = await openFeatureStore(dataDir, {}, report);
  const { log, logId } = events;
  const keeper = new ProfileKeeper({ store: features, log, logId, report });
  await keeper.start();
  events.register(keeper);
}
await events.start();
const holder = new SnapshotHolder({
  readCurrent: async () => null,
  open: async (name) => {
    throw new Error(`expected no snapshot to be opened, got ${name}`);
  },
});
const server = buildServer({ holder, events, version: '0' });
await server.listen({ host: '127.0.0.1', port: 0 });
const address = server.server.address();
if (address === null || typeof address === 'string') throw new Error('expected a TCP address');
const told: EventsPort = { port: address.port };
process.send(told);
process.on('message', () => {
  const { user, system } = process.cpuUsage();
  const usage: EventsUsage = { cpuMicroseconds: user + system };
  process.send?.(usage);
});
process.on('disconnect', () => process.exit(0));
