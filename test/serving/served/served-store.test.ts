import { mkdir, readdir, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { PeopleServer } from '../people/people-fixture.ts';

let server: PeopleServer;
beforeEach(async () => {
  server = await PeopleServer.start();
});
afterEach(() => server.dispose());

const served = () => path.join(server.dataDir, 'served');
const metric = async (name: string): Promise<string | undefined> => {
  const page = await (await fetch(`${server.service.address}/metrics`)).text();
  return page.split('\n').find((line) => line.startsWith(`${name} `));
};

describe('a server whose log of served lists cannot be opened', () => {
  /** Leaves what is kept aside, and something in its place. */
  async function breakLog(how: (folder: string) => Promise<void>): Promise<void> {
    await server.close();
    await rename(served(), `${served()}-aside`);
    await how(served());
    await server.open();
  }
  async function mendLog(): Promise<void> {
    await server.close();
    await rename(served(), `${served()}-broken`);
    await rename(`${served()}-aside`, served());
    await server.open();
  }

  it.each([
    ['a file stands in its place', (folder: string) => writeFile(folder, 'not a folder')],
    [
      'its files are damaged',
      async (folder: string) => {
        await mkdir(folder);
        await writeFile(path.join(folder, '0000000000000000.served'), 'x'.repeat(64));
        await writeFile(path.join(folder, '0000000000000009.served'), 'x'.repeat(64));
      },
    ],
  ])('answers without it, says so and counts: %s', async (_, how) => {
    await breakLog(how);
    expect(server.lines.filter((line) => line.includes('are not logged'))).toHaveLength(1);
    await server.send({ type: 'search', query: 'quiet teapots', user: 'ann' });
    const { suggestions } = await server.suggest('q=qui&user=ann');
    expect(suggestions[0]).toMatchObject({ text: 'quiet teapots', source: 'history' });
    expect(await metric('foretype_served_log_open')).toBe('foretype_served_log_open 0');
    expect(await metric('foretype_served_lists_total{outcome="dropped"}')).toMatch(/ 1$/);
  });

  it('never calls a user told or erased whose lists it cannot reach, and erases them once it can', async () => {
    await server.send({ type: 'search', query: 'quiet teapots', user: 'ann' });
    await server.suggest('q=qui&user=ann');
    await breakLog((folder) => writeFile(folder, 'not a folder'));
    expect((await server.request('ann')).status).toBe(503);
    const receipt = await server.erase('ann');
    expect(receipt.status).toBe('pending');
    const waiting = receipt.places.filter(({ status }: { status: string }) => status === 'pending');
    expect(waiting.map(({ place }: { place: string }) => place)).toEqual(['served lists']);
    expect(await metric('foretype_erasures_pending')).toBe('foretype_erasures_pending 1');
    expect((await server.suggest('q=qui&user=ann')).personalised).toBe(false);

    await mendLog();
    expect((await server.erase('ann')).status).toBe('erased');
    expect(await server.filesWith(server.events.hasher.hashUser('ann'), 'teapots')).toEqual([]);
    expect(await metric('foretype_erasures_pending')).toBe('foretype_erasures_pending 0');
    expect((await readdir(served())).length).toBeGreaterThan(0);
    expect((await server.export('ann')).served).toEqual([]);
  });
});
