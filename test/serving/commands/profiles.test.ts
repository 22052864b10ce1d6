import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { run } from '../../../serving/commands/profiles.ts';
import type { EventIntake } from '../../../serving/events/event-intake.ts';
import { openEventStore } from '../../../serving/events/event-store.ts';
import { PROFILES } from '../../../serving/personal/stored-profile.ts';
import { parseRedisAddress } from '../../../serving/stores/redis-address.ts';
import { RedisFeatureStore } from '../../../serving/stores/redis-feature-store.ts';
import { captureOutput } from '../../support/captured-output.ts';
import { makeFolder } from '../../support/index-fixture.ts';
import { HAS_REDIS, RedisServer, WITHOUT_REDIS } from '../../support/redis-server.ts';

describe('foretype profiles rebuild', () => {
  let place: Awaited<ReturnType<typeof makeFolder>>;
  let dataDir: string;
  beforeEach(async () => {
    place = await makeFolder();
    dataDir = path.join(place.folder, 'data');
  });
  afterEach(() => place.remove());

  async function takeSearch(): Promise<EventIntake> {
    const events = await openEventStore({ dataDir, report: () => {} });
    await events.start();
    await events.accept(
      [
        {
          type: 'search',
          eventId: 'e1',
          at: '2026-11-20T10:00:00Z',
          user: 'ann',
          query: 'red cars',
        },
      ],
      100,
    );
    return events;
  }

  test('writes a profile for each user of the log', async () => {
    await (await takeSearch()).close();
    const output = captureOutput();
    expect(await run(['rebuild', '--data', dataDir], output)).toBe(0);
    expect(output.out()).toMatch(/read 1 events from .*events\nwrote 1 profiles, \d+ bytes/);
  });

  test('refuses while a server has the folder', async () => {
    const events = await takeSearch();
    const output = captureOutput();
    expect(await run(['rebuild', '--data', dataDir], output)).toBe(1);
    expect(output.err()).toMatch(/is in use: .*stop that server first/);
    await events.close();
  });

  test('does not begin a log where there is none', async () => {
    await mkdir(dataDir);
    const output = captureOutput();
    expect(await run(['rebuild', '--data', dataDir], output)).toBe(1);
    expect(output.err()).toMatch(/expected an event log in/);
  });

  test('takes nothing but rebuild', async () => {
    await expect(run([], captureOutput())).rejects.toThrow(/expected rebuild, got nothing/);
    await expect(run(['rebuild', '--redis', 'x'], captureOutput())).rejects.toThrow(/--redis/);
  });

  test('reads the settings of a server, and says what is wrong with them', async () => {
    await (await takeSearch()).close();
    const config = path.join(place.folder, 'config.json');
    await writeFile(config, JSON.stringify({ features: { redis: 'http://nowhere' } }));
    const rebuilt = run(['rebuild', '--data', dataDir, '--config', config], captureOutput());
    await expect(rebuilt).rejects.toThrow(/features\.redis/);
    const ca = { redis: 'rediss://127.0.0.1:1', redisCa: 'missing.pem' };
    await writeFile(config, JSON.stringify({ features: ca }));
    const withCa = run(['rebuild', '--data', dataDir, '--config', config], captureOutput());
    await expect(withCa).rejects.toThrow(/missing\.pem/);
  });

  describe.skipIf(!HAS_REDIS)(`in Redis${WITHOUT_REDIS}`, () => {
    test.each(['--redis', '--config'])('writes profiles where %s says', async (option) => {
      const redis = await RedisServer.start();
      try {
        const events = await takeSearch();
        const user = events.hasher.hashUser('ann');
        await events.close();
        const config = path.join(place.folder, 'config.json');
        await writeFile(config, JSON.stringify({ features: { redis: redis.url } }));
        const output = captureOutput();
        const told = option === '--redis' ? redis.url : config;
        expect(await run(['rebuild', '--data', dataDir, option, told], output)).toBe(0);
        expect(output.out()).toMatch(/wrote 1 profiles/);
        const store = new RedisFeatureStore({ address: parseRedisAddress(redis.url) });
        await store.waitForConnection(10_000);
        expect((await store.get(PROFILES, user))?.bytes.length).toBeGreaterThan(0);
        await store.close();
      } finally {
        await redis.dispose();
      }
    });
  });
});
