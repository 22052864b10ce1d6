import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { run } from '../../../serving/commands/profiles.ts';
import { openEventStore } from '../../../serving/events/event-store.ts';
import { captureOutput } from '../../support/captured-output.ts';
import { makeFolder } from '../../support/index-fixture.ts';

describe('foretype profiles rebuild', () => {
  let place: Awaited<ReturnType<typeof makeFolder>>;
  let dataDir: string;
  beforeEach(async () => {
    place = await makeFolder();
    dataDir = path.join(place.folder, 'data');
  });
  afterEach(() => place.remove());

  async function takeSearch(): Promise<{ close(): Promise<void> }> {
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
});
