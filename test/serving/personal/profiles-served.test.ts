import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { EventIntake } from '../../../serving/events/event-intake.ts';
import { openEventStore } from '../../../serving/events/event-store.ts';
import { type Service, startService } from '../../../serving/service.ts';
import { IndexDirectory } from '../../../serving/snapshot/index-directory.ts';
import { GuardedStore } from '../../../serving/stores/guarded-store.ts';
import { MemoryFeatureStore } from '../../../serving/stores/memory-feature-store.ts';
import { openFeatureStore } from '../../../serving/stores/open-feature-store.ts';
import { parseRedisAddress } from '../../../serving/stores/redis-address.ts';
import { makeFolder, publishTexts } from '../../support/index-fixture.ts';
import { HAS_REDIS, RedisServer, WITHOUT_REDIS } from '../../support/redis-server.ts';

/** Long enough that a busy machine is not taken for a dead store. */
const PATIENT_MS = 5_000;
const USER = 'ann';

interface Running {
  readonly service: Service;
  readonly events: EventIntake;
  readonly features: GuardedStore;
}

let folder: string;
let remove: () => Promise<void>;
const running: Running[] = [];
const lines: string[] = [];
let sent = 0;
beforeEach(async () => {
  ({ folder, remove } = await makeFolder());
  await publishTexts(path.join(folder, 'index'), ['new york', 'news', 'newcastle']);
});
afterEach(async () => {
  for (const each of running.splice(0)) await stop(each);
  await remove();
});

async function start(openFeatures: (dataDir: string) => Promise<GuardedStore>): Promise<Running> {
  const report = (line: string) => lines.push(line);
  const dataDir = path.join(folder, 'data');
  const events = await openEventStore({ dataDir, report });
  const features = await openFeatures(dataDir);
  const service = await startService({
    source: new IndexDirectory(path.join(folder, 'index')),
    host: '127.0.0.1',
    port: 0,
    pollMs: 3_600_000,
    version: '0',
    log: report,
    events,
    features,
  });
  const started = { service, events, features };
  running.push(started);
  return started;
}

async function stop({ service, events, features }: Running): Promise<void> {
  await service.stop();
  await features.close();
  await events.close();
}

const report = (line: string) => lines.push(line);
const inMemory = async () => new GuardedStore(new MemoryFeatureStore());
const inLmdb = (dataDir: string) => openFeatureStore(dataDir, {}, report);
const inRedis =
  (server: RedisServer, timeoutMs = PATIENT_MS) =>
  (dataDir: string) =>
    openFeatureStore(dataDir, { redis: parseRedisAddress(server.url), timeoutMs }, report);

async function search({ service }: Running, query: string, user = USER): Promise<number> {
  const event = { type: 'search', eventId: `e-${sent++}`, at: Date.now(), query, user };
  const answer = await fetch(`${service.address}/v1/events`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify([event]),
  });
  const body = (await answer.json()) as { readonly accepted: number };
  return answer.status === 202 ? body.accepted : -answer.status;
}

async function ask({ service }: Running, more = `user=${USER}`) {
  const answer = await fetch(`${service.address}/v1/suggest?${more}`);
  expect(answer.status).toBe(200);
  const { suggestions, degraded, personalised } = (await answer.json()) as {
    readonly suggestions: readonly { readonly text: string; readonly source: string }[];
    readonly degraded: readonly string[];
    readonly personalised: boolean;
  };
  const own = suggestions.filter(({ source }) => source === 'history').map(({ text }) => text);
  return { own, degraded, personalised };
}

async function expectNextAnswer(server: Running): Promise<void> {
  for (const query of ['red shoes', 'blue hat', 'green gloves']) {
    expect(await search(server, query)).toBe(1);
    expect(await ask(server)).toMatchObject({ personalised: true, degraded: [] });
    expect((await ask(server)).own[0]).toBe(query);
  }
  expect((await ask(server, 'user=bob')).own).toEqual([]);
  expect((await ask(server, `user=${USER}&personalise=false`)).own).toEqual([]);
}

describe('an accepted event', () => {
  it('changes the very next answer, and is known after a restart: in memory', async () => {
    const first = await start(inMemory);
    await expectNextAnswer(first);
    await stop(running.pop() ?? first);
    const second = await start(inMemory);
    expect((await ask(second)).own[0]).toBe('green gloves');
  });

  it('changes the very next answer, and is known after a restart: in the data folder', async () => {
    const first = await start(inLmdb);
    expect(first.features.name).toBe('lmdb');
    await expectNextAnswer(first);
    await stop(running.pop() ?? first);
    const second = await start(inLmdb);
    expect(second.service.profiles?.counts.replayed).toBe(0);
    expect((await ask(second)).own[0]).toBe('green gloves');
  });

  it('is in what the metrics show', async () => {
    const server = await start(inLmdb);
    await search(server, 'red shoes');
    const metrics = await (await fetch(`${server.service.address}/metrics`)).text();
    expect(metrics).toContain('foretype_profiles_cached 1');
    expect(metrics).toContain('foretype_profiles_behind 0');
    expect(metrics).toContain('foretype_store_breaker_state{store="lmdb",state="closed"} 1');
    expect(metrics).toMatch(/foretype_store_keys_total\{store="lmdb",operation="read"\} [1-9]/);
  });
});

describe.skipIf(!HAS_REDIS)(`profiles in Redis${WITHOUT_REDIS}`, () => {
  let server: RedisServer;
  beforeEach(async () => {
    server = await RedisServer.start();
  });
  afterEach(() => server.dispose());

  it('have an accepted event in the very next answer, and after a restart', async () => {
    const first = await start(inRedis(server));
    await expectNextAnswer(first);
    await stop(running.pop() ?? first);
    const second = await start(inRedis(server));
    expect(second.service.profiles?.counts.replayed).toBe(0);
    expect((await ask(second)).own[0]).toBe('green gloves');
  });

  it('fail no request while Redis is stopped and started under load, and come back by themselves', async () => {
    const served = await start(inRedis(server, 500));
    const statuses = new Map<string, number>();
    const count = (status: string) => statuses.set(status, (statuses.get(status) ?? 0) + 1);
    let isEnding = false;
    const load = async (worker: number) => {
      for (let i = 0; !isEnding; i++) {
        const user = `user-${worker}-${i % 40}`;
        count(`events ${(await search(served, `query ${i}`, user)) === 1 ? 202 : 'failed'}`);
        for (const q of ['', 'new']) {
          const asked = `${served.service.address}/v1/suggest?q=${q}&user=${user}-${i % 7}`;
          const answer = await fetch(asked);
          const { degraded } = (await answer.json()) as { readonly degraded: readonly string[] };
          count(`suggest ${answer.status}`);
          if (degraded.includes('profile')) count('degraded');
        }
      }
    };
    const workers = [0, 1, 2, 3].map(load);
    const until = async (isSo: () => boolean | Promise<boolean>) => {
      while (!(await isSo())) await new Promise((resolve) => setImmediate(resolve));
    };
    await search(served, 'before the stop');
    await until(() => (statuses.get('suggest 200') ?? 0) > 50);
    await server.kill();
    await until(() => (statuses.get('degraded') ?? 0) > 20);
    expect(await search(served, 'while it was away')).toBe(1);
    await server.resume();
    // What it had is gone with it, as nothing was on disk: all comes back from the log.
    const { profiles } = served.service;
    await until(() => (profiles?.counts.fellBehind ?? 0) > 0 && profiles?.isBehind === false);
    isEnding = true;
    await Promise.all(workers);
    await until(async () => (await ask(served)).degraded.length === 0);
    expect(new Set(statuses.keys())).toEqual(new Set(['events 202', 'suggest 200', 'degraded']));
    expect((await ask(served)).own).toEqual(['while it was away', 'before the stop']);
    expect(await search(served, 'afterwards')).toBe(1);
    expect((await ask(served)).own[0]).toBe('afterwards');
  });
});
