import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openSnapshot } from '../../../../index.ts';
import { run } from '../../../../indexer/commands/index.ts';
import { DEFAULT_ENGINE_SETTINGS } from '../../../../serving/engine-settings.ts';
import type { EventIntake } from '../../../../serving/events/event-intake.ts';
import { openEventStore } from '../../../../serving/events/event-store.ts';
import { type Service, startService } from '../../../../serving/service.ts';
import { IndexDirectory } from '../../../../serving/snapshot/index-directory.ts';
import { runCommand } from '../../../indexer/commands/command-run.ts';
import { makeFolder, publishTexts } from '../../../support/index-fixture.ts';

const BEGIN_MS = Date.UTC(2025, 5, 1);

interface Shown {
  readonly text: string;
  readonly source: string;
  readonly score: number;
}

describe('GET /v1/related?video=', () => {
  let folder: string;
  let remove: () => Promise<void>;
  let index: string;
  let intake: EventIntake;
  let service: Service;
  let sent = 0;

  const start = async () => {
    intake = await openEventStore({ dataDir: path.join(folder, 'data'), report: () => {} });
    service = await startService({
      source: new IndexDirectory(index, { ...DEFAULT_ENGINE_SETTINGS, defaultMarket: null }),
      events: intake,
      host: '127.0.0.1',
      port: 0,
      pollMs: 3_600_000,
      market: null,
      adminKey: null,
      version: 'test',
      log: () => {},
    });
  };
  const stop = async () => {
    await service.stop();
    await intake.close();
  };
  const send = async (...events: Record<string, unknown>[]) => {
    const lines = events.map((event) => ({
      eventId: `e${++sent}`,
      at: BEGIN_MS + sent * 60_000,
      ...event,
    }));
    const answer = await service.server.inject({
      ...{ method: 'POST', url: '/v1/events', payload: JSON.stringify(lines) },
      headers: { 'content-type': 'application/json' },
    });
    expect(answer.json()).toMatchObject({ accepted: events.length, rejected: [] });
  };
  const searches = (query: string, users: readonly number[], video = 'v1') =>
    users.map((user) => ({ type: 'search', query, user: `u${user}`, video }));
  const ask = async (target: string) => {
    const answer = await service.server.inject({ url: `/v1/related${target}` });
    return { status: answer.statusCode, body: answer.json() };
  };
  const shown = async (video: string, more = ''): Promise<Shown[]> => {
    const { status, body } = await ask(`?video=${video}${more}`);
    expect(status).toBe(200);
    return body.suggestions.map(({ text, source, score }: Shown) => ({ text, source, score }));
  };
  const rebuild = async () => {
    const { code } = await runCommand(run, [
      ...['--events', path.join(folder, 'data'), '--out', index],
    ]);
    expect(code).toBe(0);
    await service.reload();
  };

  beforeAll(async () => {
    ({ folder, remove } = await makeFolder());
    index = path.join(folder, 'index');
    await publishTexts(index, ['lava cake', 'paris', 'oslo']);
    await start();
  });
  afterAll(async () => {
    await stop();
    await remove();
  });

  it('has nothing for an unknown video', async () => {
    expect(await shown('v1')).toEqual([]);
  });

  it('has an answer for a new video once its event is accepted', async () => {
    await send({ type: 'video', video: 'v1', title: 'Lava cake in Paris' });
    const bar = await shown('v1');
    expect(bar.map(({ text }) => text).sort()).toEqual(['lava cake', 'paris']);
    expect(new Set(bar.map(({ source }) => source))).toEqual(new Set(['video']));
    expect(await shown('v1', '&limit=1')).toHaveLength(1);
  });

  it('leads what is suggested before typing, and keeps the exact order of an index of ungrouped forms', async () => {
    const suggested = async (query: string) => {
      const answer = await service.server.inject({ url: `/v1/suggest?${query}` });
      return answer.json().suggestions.map(({ text, source }: Shown) => `${text} (${source})`);
    };
    const onVideo = (await suggested('video=v1')).slice(0, 2).sort();
    expect(onVideo).toEqual(['lava cake (video)', 'paris (video)']);
    expect(await suggested('video=unknown')).toEqual(await suggested(''));
    expect(await suggested('q=p&video=v1')).toEqual(await suggested('q=p'));
  });

  it('leaves out what the session searched', async () => {
    await send({ type: 'search', query: 'Lava Cake', user: 'u90', session: 'mine' });
    expect((await shown('v1', '&session=mine')).map(({ text }) => text)).toEqual(['paris']);
    const all = await shown('v1', '&session=mine&personalise=false');
    expect(all.map(({ text }) => text).sort()).toEqual(['lava cake', 'paris']);
  });

  it.each(['?q=paris&video=v1', '', '?video=', '?video=a&video=b', `?video=${'x'.repeat(129)}`])(
    'refuses %j',
    async (target) => {
      const { status, body } = await ask(target);
      expect(status).toBe(400);
      expect(body.code).toMatch(/^(invalid|repeated)_parameter$/);
    },
  );

  it('says after a rebuild what the snapshot says: its events do not count again', async () => {
    await send(
      ...searches('paris', [1, 2, 3, 4, 5, 6]),
      ...searches('lava cake', [1, 2, 3, 4, 5]),
      ...searches('oslo', [7, 8, 9]),
    );
    await rebuild();
    const opened = await openSnapshot(index);
    expect(opened.manifest.events?.offset).toBe(sent);
    const expected = opened.related({ video: 'v1' }).suggestions;
    expect(expected.map(({ text }) => text).sort()).toEqual(['lava cake', 'paris']);
    // What was counted is compared with the log without holding up requests.
    await expect
      .poll(() => shown('v1'), { timeout: 5_000 })
      .toEqual(expected.map(({ text, source, score }) => ({ text, source, score })));
  });

  it('counts users who come after the snapshot, and those whom it left out', async () => {
    const scoreOf = async (text: string) =>
      (await shown('v1')).find((each) => each.text === text)?.score ?? 0;
    const before = await scoreOf('lava cake');
    await send(...searches('lava cake', [1, 2]));
    expect(await scoreOf('lava cake')).toBe(before);
    await send(...searches('lava cake', [20]));
    expect(await scoreOf('lava cake')).toBeGreaterThan(before);
    // Three searched it before the snapshot, which had too few of them to keep.
    expect(await scoreOf('oslo')).toBe(0);
    await send(...searches('oslo', [21, 22]));
    expect(await scoreOf('oslo')).toBeGreaterThan(0);
  });

  it('answers the same after a restart, what sessions searched included', async () => {
    const before = [await shown('v1'), await shown('v1', '&session=mine')];
    expect(before[1]).not.toEqual(before[0]);
    await stop();
    await start();
    await expect.poll(() => shown('v1'), { timeout: 5_000 }).toEqual(before[0]);
    expect(await shown('v1', '&session=mine')).toEqual(before[1]);
  });

  it('holds nothing of a user whom every store forgot', async () => {
    const user = intake.hasher.hashUser('u90');
    const forget = () =>
      service.personalStores.map((store) => [store.name, store.forgetUser(user)]);
    expect(Object.fromEntries(forget())).toMatchObject({ sessions: 1, trending: 2 });
    expect(forget().every(([, removed]) => removed === 0)).toBe(true);
    expect((await shown('v1', '&session=mine')).map(({ text }) => text)).toContain('lava cake');
    const searcher = intake.hasher.hashUser('u20');
    const removed = service.personalStores.map((store) => store.forgetUser(searcher));
    expect(removed.every((count) => count > 0)).toBe(false);
    expect(removed.reduce((sum, count) => sum + count, 0)).toBeGreaterThan(0);
  });
});
