import { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseRedisAddress } from '../../../serving/stores/redis-address.ts';
import { RedisFeatureStore } from '../../../serving/stores/redis-feature-store.ts';
import { describeFeatureStore } from '../../contracts/feature-store.ts';
import { HAS_REDIS, RedisServer, WITHOUT_REDIS } from '../../support/redis-server.ts';

const CONNECT_MS = 30_000;

describe.skipIf(!HAS_REDIS)(`Redis${WITHOUT_REDIS}`, () => {
  let server: RedisServer;
  let opened = 0;
  beforeAll(async () => {
    server = await RedisServer.start(['--requirepass', 'a b@c']);
  });
  afterAll(() => server.dispose());

  const open = async (prefix: string, login = ':a%20b%40c@') => {
    const url = server.url.replace('//', `//${login}`);
    const address = parseRedisAddress(`${url}/3?prefix=${encodeURIComponent(prefix)}`);
    const store = new RedisFeatureStore({ address });
    await store.waitForConnection(CONNECT_MS);
    return store;
  };

  describeFeatureStore('RedisFeatureStore', async () => {
    // Characters that mean something in a pattern of keys, as any may.
    const prefix = `test[${opened++}]*:`;
    const store = await open(prefix);
    return {
      store,
      openSecond: () => open(prefix),
      reopen: () => open(prefix),
      dispose: () => store.close(),
    };
  });

  it('rejects at once while there is no connection, and goes on when it is back', async () => {
    const lines: string[] = [];
    const own = await RedisServer.start();
    const store = new RedisFeatureStore({
      address: parseRedisAddress(own.url),
      report: (line) => lines.push(line),
    });
    await store.waitForConnection(CONNECT_MS);
    await store.write('profiles', [{ key: 'k', bytes: Buffer.from('x'), expected: null }]);
    await own.kill();
    await expect(store.get('profiles', 'k')).rejects.toMatchObject({ code: 'unavailable' });
    await expect(store.get('profiles', 'k')).rejects.toMatchObject({ code: 'unavailable' });
    await own.resume();
    await store.waitForConnection(CONNECT_MS);
    expect(await store.get('profiles', 'k')).toBeNull();
    await store.write('profiles', [{ key: 'k', bytes: Buffer.from('y'), expected: null }]);
    expect(await store.get('profiles', 'k')).not.toBeNull();
    await store.close();
    await own.dispose();
    expect(lines.filter((line) => line.includes('connected again'))).toHaveLength(1);
    expect(lines.filter((line) => line.includes('not personalised'))).toHaveLength(1);
  });

  it('connects when the server comes later', async () => {
    const own = await RedisServer.start();
    await own.kill();
    const store = new RedisFeatureStore({ address: parseRedisAddress(own.url) });
    await expect(store.get('profiles', 'k')).rejects.toMatchObject({ code: 'unavailable' });
    await own.resume();
    await store.waitForConnection(CONNECT_MS);
    expect(await store.get('profiles', 'k')).toBeNull();
    await store.close();
    await own.dispose();
  });

  it('rejects while the login is not the right one', async () => {
    const address = parseRedisAddress(server.url.replace('//', '//:wrong@'));
    const store = new RedisFeatureStore({ address });
    await expect(store.get('profiles', 'k')).rejects.toMatchObject({ code: 'unavailable' });
    await store.close();
  });
});

describe.skipIf(!HAS_REDIS)(`Redis Cluster${WITHOUT_REDIS}`, () => {
  const SLOTS = 16_384;
  let nodes: RedisServer[] = [];
  let opened = 0;
  beforeAll(async () => {
    const settings = ['--cluster-enabled', 'yes', '--cluster-config-file', 'nodes.conf'];
    nodes = await Promise.all([0, 1, 2].map(() => RedisServer.start(settings)));
    const clients = nodes.map(({ port }) => new Redis({ port }));
    const [first] = nodes;
    await Promise.all(
      clients.map(async (client, i) => {
        await client.cluster('ADDSLOTSRANGE', ...sharesOf(i));
        await client.cluster('SET-CONFIG-EPOCH', i + 1);
        await client.cluster('MEET', '127.0.0.1', first?.port ?? 0);
      }),
    );
    const knowsAll = async (client: Redis) => {
      const told = await client.cluster('INFO');
      return /cluster_state:ok/.test(told) && /cluster_known_nodes:3/.test(told);
    };
    for (const client of clients) {
      while (!(await knowsAll(client))) await new Promise((resolve) => setImmediate(resolve));
      client.disconnect();
    }
  });
  afterAll(async () => {
    for (const node of nodes) await node.dispose();
  });

  const sharesOf = (node: number): [number, number] => [
    Math.floor((node * SLOTS) / 3),
    Math.floor(((node + 1) * SLOTS) / 3) - 1,
  ];
  const open = async (prefix: string) => {
    const hosts = nodes.map(({ port }) => `127.0.0.1:${port}`).join(',');
    const store = new RedisFeatureStore({
      address: parseRedisAddress(`redis://${hosts}?prefix=${encodeURIComponent(prefix)}`),
    });
    await store.waitForConnection(CONNECT_MS);
    return store;
  };

  describeFeatureStore('RedisFeatureStore over a cluster', async () => {
    const prefix = `test-${opened++}:`;
    const store = await open(prefix);
    return {
      store,
      openSecond: () => open(prefix),
      reopen: () => open(prefix),
      dispose: () => store.close(),
    };
  });
});
