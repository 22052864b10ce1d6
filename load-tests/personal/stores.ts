/*
 * What do profiles weigh in a feature store, and how long does it take to read one? Profiles of a simulated world, under as many keys as asked for, in lmdb in a folder of its own and,
 * where a server is named that may be filled, in Redis: `npm run bench -- stores [--profiles 1000000] [--redis URL] [--users 2000]`. Reads are of keys at random, one after the
 * other: from the bare store, then through the keeper of the profiles, decoded, not in memory and in memory.
 */
import { randomBytes } from 'node:crypto';
import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { Redis } from 'ioredis';
import { MemoryEventLog } from '../../indexer/events/memory-event-log.ts';
import type { FeatureStore } from '../../ranking/feature-store/feature-store.ts';
import { Profile } from '../../ranking/profiles/profile.ts';
import { encodeProfile } from '../../ranking/profiles/profile-codec.ts';
import { updateProfile } from '../../ranking/profiles/update-profile.ts';
import { Enricher } from '../../serving/personal/enricher.ts';
import { ProfileKeeper } from '../../serving/personal/profile-keeper.ts';
import { encodeStoredProfile, PROFILES } from '../../serving/personal/stored-profile.ts';
import { GuardedStore } from '../../serving/stores/guarded-store.ts';
import { LmdbFeatureStore } from '../../serving/stores/lmdb-feature-store.ts';
import { parseRedisAddress } from '../../serving/stores/redis-address.ts';
import { RedisFeatureStore } from '../../serving/stores/redis-feature-store.ts';
import { describeMachine } from '../micro/machine.ts';
import { randomBelow, seededRandom } from '../micro/seeded-random.ts';
import { mean, quantile } from '../micro/statistics.ts';
import { replayLog } from './personal-replay.ts';
import { makePersonalWorld } from './personal-world.ts';

const SEED = 1;
const DAYS = 60;
const LOG_ID = 'log-of-the-bench';
const WRITTEN_AT_ONCE = 2_000;
const READS = 20_000;
const MIB = 1024 * 1024;

const { values } = parseArgs({
  options: {
    profiles: { type: 'string', default: '1000000' },
    users: { type: 'string', default: '2000' },
    redis: { type: 'string' },
  },
});
const count = Number(values.profiles);
const { text, busy } = describeMachine();
console.log(`feature stores, ${count} profiles, seed ${SEED}; ${text}`);
if (busy !== null) console.log(busy);

const stored = await simulateProfiles(Number(values.users));
const sizes = stored.map(({ length }) => length);
console.log(
  `stored profiles of ${stored.length} simulated users, ${DAYS} days: mean ${mean(sizes).toFixed(0)} bytes, ` +
    `p50 ${quantile(sizes, 0.5)}, p99 ${quantile(sizes, 0.99)}, largest ${quantile(sizes, 1)}`,
);

const folder = await mkdtemp(path.join(tmpdir(), 'foretype-stores-'));
try {
  const lmdb = await LmdbFeatureStore.open(folder);
  await measure(lmdb, () => folderBytes(folder));
  await lmdb.close();
} finally {
  await rm(folder, { recursive: true });
}
if (values.redis !== undefined) {
  const admin = new Redis(values.redis);
  const usedMemory = async () => Number(/used_memory:(\d+)/.exec(await admin.info('memory'))?.[1]);
  const before = await usedMemory();
  const redis = new RedisFeatureStore({ address: parseRedisAddress(values.redis) });
  await redis.waitForConnection(10_000);
  await measure(redis, async () => (await usedMemory()) - before);
  await redis.close();
  admin.disconnect();
}

async function simulateProfiles(users: number): Promise<readonly Uint8Array[]> {
  const world = { taste: 'medium', users, days: DAYS, seed: SEED, minUsers: 5 } as const;
  const log = await makePersonalWorld(world);
  const enricher = new Enricher();
  enricher.useSnapshot('measured', log.content);
  const profiles = new Map<string, Profile>();
  replayLog(log, {
    onEvent: (record) => {
      if (record.user === null) return;
      const enriched = enricher.enrich(record);
      const profile = profiles.get(record.user) ?? new Profile();
      const known = enriched === null ? record : { ...record, enriched };
      profiles.set(record.user, updateProfile(profile, known));
    },
    onTyping: () => {},
    onCommitted: () => {},
  });
  const folded = [{ log: LOG_ID, end: 1_000_000 }];
  return [...profiles.values()].map((profile) =>
    encodeStoredProfile({ folded, profile: encodeProfile(profile) }),
  );
}

async function measure(store: FeatureStore, sizeBytes: () => Promise<number>): Promise<void> {
  const keys = Array.from({ length: count }, () => randomBytes(16).toString('base64url'));
  const begun = performance.now();
  for (let at = 0; at < count; at += WRITTEN_AT_ONCE) {
    const writes = keys.slice(at, at + WRITTEN_AT_ONCE).map((key, i) => ({
      key,
      bytes: stored[(at + i) % stored.length]!,
      expected: null,
    }));
    await store.write(PROFILES, writes);
  }
  const seconds = (performance.now() - begun) / 1000;
  const bytes = await sizeBytes();
  const rawBytes = keys.reduce((sum, _, i) => sum + sizes[i % sizes.length]!, 0);
  console.log(
    `${store.name}: ${(bytes / count).toFixed(0)} bytes a profile (${(bytes / MIB).toFixed(0)} MiB), of which ` +
      `${(rawBytes / count).toFixed(0)} are the stored profile; written at ${(count / seconds).toFixed(0)} a second`,
  );
  await measureReads(store, keys);
}

async function measureReads(store: FeatureStore, keys: readonly string[]): Promise<void> {
  const random = seededRandom(SEED);
  const drawn = Array.from({ length: READS }, () => keys[randomBelow(random, keys.length)]!);
  const keeper = new ProfileKeeper({
    store: new GuardedStore(store, { timeoutMs: 1_000 }),
    logId: LOG_ID,
    log: new MemoryEventLog(),
    report: () => {},
  });
  await keeper.start();
  const profileOf = (hash: string) => keeper.profileOf({ kind: 'user', hash });
  await report('bare read', drawn, (key) => store.get(PROFILES, key));
  // The same once more, so that what is not in memory is the profile, and not the page of the file.
  await report('keeper, not in memory', drawn, profileOf);
  await report('keeper, in memory', drawn.slice(-1_000), profileOf);
  await keeper.close();
}

async function report(
  what: string,
  keys: readonly string[],
  read: (key: string) => unknown,
): Promise<void> {
  const times = new Float64Array(keys.length);
  for (const [i, key] of keys.entries()) {
    const started = performance.now();
    const reading = read(key);
    if (reading instanceof Promise) await reading;
    times[i] = (performance.now() - started) * 1000;
  }
  console.log(
    `  ${what}: p50 ${quantile(times, 0.5).toFixed(1)} µs, p99 ${quantile(times, 0.99).toFixed(1)} µs`,
  );
}

async function folderBytes(of: string): Promise<number> {
  let bytes = 0;
  for (const name of await readdir(of)) bytes += (await stat(path.join(of, name))).blocks * 512;
  return bytes;
}
