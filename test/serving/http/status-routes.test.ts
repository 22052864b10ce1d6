import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDataFolder } from '../../../serving/events/data-folder.ts';
import type { EventIntake } from '../../../serving/events/event-intake.ts';
import { buildServer } from '../../../serving/http/server.ts';
import { IndexDirectory } from '../../../serving/snapshot/index-directory.ts';
import { SnapshotHolder } from '../../../serving/snapshot/snapshot-holder.ts';
import { makeFolder, publishTexts } from '../../support/index-fixture.ts';

let folder: string;
let remove: () => Promise<void>;
let holder: SnapshotHolder;
beforeAll(async () => {
  ({ folder, remove } = await makeFolder());
  await publishTexts(folder, ['new york']);
  holder = new SnapshotHolder(new IndexDirectory(folder));
  await holder.load();
});
afterAll(() => remove());

async function openEvents(name: string): Promise<EventIntake> {
  const events = await openDataFolder(
    { path: path.join(folder, name), isRequired: true },
    { report: () => {} },
  );
  if (events === null) throw new Error('expected a data folder');
  return events;
}

describe('/readyz', () => {
  it('waits for the events of the log, so that who asks it first finds them taken', async () => {
    const events = await openEvents('waits');
    const server = buildServer({ holder, market: null, version: '0', events, now: () => 0 });
    const before = await server.inject('/readyz');
    expect(before.statusCode).toBe(503);
    expect(before.headers['retry-after']).toBe('1');
    expect(before.json()).toMatchObject({ code: 'not_ready' });
    await events.start();
    expect((await server.inject('/readyz')).json()).toMatchObject({ status: 'ready' });
    await server.close();
    await events.close();
  });

  it('waits five seconds for a long log, and no more', async () => {
    const events = await openEvents('long');
    let nowMs = 1_000;
    const now = () => nowMs;
    const server = buildServer({ holder, market: null, version: '0', events, now });
    expect((await server.inject('/readyz')).statusCode).toBe(503);
    nowMs += 4_999;
    expect((await server.inject('/readyz')).statusCode).toBe(503);
    nowMs += 1;
    const late = await server.inject('/readyz');
    expect(late.json()).toMatchObject({ status: 'ready', degraded: ['events'] });
    await events.start();
    expect((await server.inject('/readyz')).json()).not.toHaveProperty('degraded');
    await server.close();
    await events.close();
  });
});
