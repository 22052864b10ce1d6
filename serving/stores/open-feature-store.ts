import path from 'node:path';
import type { FeatureStore } from '../../ranking/feature-store/feature-store.ts';
import { DEFAULT_STORE_TIMEOUT_MS, GuardedStore } from './guarded-store.ts';
import { MemoryFeatureStore } from './memory-feature-store.ts';
import type { RedisAddress } from './redis-address.ts';

/** How long a start waits for Redis; it goes on without, and profiles come when Redis does. */
const CONNECT_MS = 2_000;

/** Where profiles are to be kept. */
export interface FeatureStoreSettings {
  /** In the data folder when absent. */
  readonly redis?: RedisAddress | undefined;
  /** File of the certificates that Redis' are signed with; the system's when absent. */
  readonly redisCa?: string | undefined;
  /** How long a read may take. */
  readonly timeoutMs?: number | undefined;
}

/** Where a data folder keeps its features, unless they are in Redis. */
export function featureFolder(dataDir: string): string {
  return path.join(dataDir, 'features');
}

/**
 * Opens the feature store of a data folder, bounded in time and with its breaker. A machine for which there is no embedded store gets one in memory, and is told so: profiles are
 * then folded from the log at each start.
 */
export async function openFeatureStore(
  dataDir: string,
  settings: FeatureStoreSettings,
  report: (line: string) => void,
): Promise<GuardedStore> {
  const { redis, redisCa, timeoutMs = DEFAULT_STORE_TIMEOUT_MS } = settings;
  const store =
    redis === undefined
      ? await openEmbedded(featureFolder(dataDir), report)
      : await openRedis(redis, redisCa, report);
  return new GuardedStore(store, { timeoutMs });
}

async function openRedis(
  address: RedisAddress,
  caFile: string | undefined,
  report: (line: string) => void,
): Promise<FeatureStore> {
  const { RedisFeatureStore } = await import('./redis-feature-store.ts');
  const store = new RedisFeatureStore({ address, caFile, report });
  await store.waitForConnection(CONNECT_MS);
  return store;
}

async function openEmbedded(folder: string, report: (line: string) => void): Promise<FeatureStore> {
  try {
    const { LmdbFeatureStore } = await import('./lmdb-feature-store.ts');
    return await LmdbFeatureStore.open(folder);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    report(`profiles are kept in memory alone, and made from the events at each start: ${why}`);
    return new MemoryFeatureStore();
  }
}
