import { stat } from 'node:fs/promises';
import path from 'node:path';
import { EventLogError } from '../../indexer/events/event-log-error.ts';
import { FileEventLog } from '../../indexer/events/file-event-log.ts';
import { type FeatureStore, FeatureStoreError } from '../../ranking/feature-store/feature-store.ts';
import { readServeConfig } from '../config/config-file.ts';
import { DEFAULT_DATA_DIR } from '../events/data-folder.ts';
import { eventLogFolder } from '../events/event-store.ts';
import { readLogId } from '../events/log-id.ts';
import { type RebuildCounts, rebuildProfiles } from '../personal/profile-rebuild.ts';
import { type FeatureStoreSettings, featureFolder } from '../stores/open-feature-store.ts';
import { parseRedisAddress, RedisAddressError } from '../stores/redis-address.ts';
import { parseArguments, UsageError } from './arguments.ts';
import type { CommandIo } from './command-io.ts';

export const USAGE =
  'foretype profiles rebuild [--data DIR] [--redis URL] [--config FILE]    makes all profiles anew from the event log';

/** How long Redis may take to answer at first. */
const CONNECT_MS = 10_000;

/**
 * `foretype profiles rebuild`: makes the profiles of all users anew from the event log of a data folder, which no server may have open. Resolves to the
 * exit code.
 */
export async function run(args: readonly string[], io: CommandIo): Promise<number> {
  const { values, positionals } = parseArguments({
    args: [...args],
    strict: true,
    allowPositionals: true,
    options: { data: { type: 'string' }, redis: { type: 'string' }, config: { type: 'string' } },
  });
  if (positionals.length !== 1 || positionals[0] !== 'rebuild') {
    const got = positionals.join(' ') || 'nothing';
    throw new UsageError(`expected rebuild, got ${got}\nusage: ${USAGE}`);
  }
  const dataDir = path.resolve(values.data ?? DEFAULT_DATA_DIR);
  const config = values.config === undefined ? {} : await readServeConfig(values.config);
  const redis = values.redis === undefined ? config.features?.redis : readAddress(values.redis);
  const openStore = storeOpener(dataDir, { ...config.features, redis });
  const folder = eventLogFolder(dataDir);
  // Opening would begin a log where there is none.
  if (!(await isFolder(folder))) {
    return fail(io, `expected an event log in ${folder}; name the folder of a server with --data`);
  }
  try {
    const log = await FileEventLog.open({ folder, log: (line) => io.stderr.write(`${line}\n`) });
    try {
      const store = await openStore();
      try {
        const logId = await readLogId(folder);
        tell(io, folder, await rebuildProfiles({ log, logId, store }));
      } finally {
        await store.close();
      }
    } finally {
      await log.close();
    }
  } catch (error) {
    if (error instanceof EventLogError && error.code === 'locked') {
      return fail(io, `${dataDir} is in use: ${error.message}; stop that server first`);
    }
    if (error instanceof EventLogError || error instanceof FeatureStoreError) {
      return fail(io, error.message);
    }
    throw error;
  }
  return 0;
}

/** What `serve` would open with the same settings; but unguarded, and never in memory instead: what fails is to be told. */
function storeOpener(
  dataDir: string,
  { redis: address, redisCa: caFile }: FeatureStoreSettings,
): () => Promise<FeatureStore> {
  if (address === undefined) {
    return async () => {
      const { LmdbFeatureStore } = await import('../stores/lmdb-feature-store.ts');
      return LmdbFeatureStore.open(featureFolder(dataDir));
    };
  }
  return async () => {
    const { RedisFeatureStore } = await import('../stores/redis-feature-store.ts');
    const store = new RedisFeatureStore({ address, caFile });
    await store.waitForConnection(CONNECT_MS);
    return store;
  };
}

function readAddress(redis: string) {
  try {
    return parseRedisAddress(redis);
  } catch (error) {
    if (error instanceof RedisAddressError) throw new UsageError(`--redis: ${error.message}`);
    throw error;
  }
}

function tell(io: CommandIo, folder: string, counts: RebuildCounts): void {
  const { events, dropped, profiles, profileBytes, removed, ofOtherLogs } = counts;
  const lines = [`read ${count(events)} events from ${folder}`];
  if (dropped > 0) {
    lines.push(
      `the log begins at event ${count(dropped)}: what retention dropped before it is in no profile any more`,
    );
  }
  const mean = profiles === 0 ? 0 : Math.round(profileBytes / profiles);
  lines.push(`wrote ${count(profiles)} profiles, ${count(mean)} bytes each on average`);
  if (removed > 0)
    lines.push(`removed ${count(removed)} profiles of users whom the log does not name`);
  if (ofOtherLogs > 0) {
    lines.push(
      `${count(ofOtherLogs)} profiles also had events of other logs, which are in them no more`,
    );
  }
  io.stdout.write(`${lines.join('\n')}\n`);
}

function count(value: number): string {
  return value.toLocaleString('en');
}

function fail(io: CommandIo, message: string): number {
  io.stderr.write(`foretype: ${message}\n`);
  return 1;
}

async function isFolder(folder: string): Promise<boolean> {
  try {
    return (await stat(folder)).isDirectory();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false;
    throw error;
  }
}
