import { beforeEach, describe, expect, it } from 'vitest';
import { normalise } from '../../../../dictionaries/normalise.ts';
import { readSearchedText } from '../../../../dictionaries/searched-text.ts';
import type { Event } from '../../../../indexer/events/event.ts';
import { MemoryEventLog } from '../../../../indexer/events/memory-event-log.ts';
import { suggestionId } from '../../../../indexer/events/suggestion-id.ts';
import { Segment } from '../../../../indexer/segment/segment.ts';
import { SegmentBuilder } from '../../../../indexer/segment/segment-builder.ts';
import { buildServer } from '../../../../serving/http/server.ts';
import { KeptHistory } from '../../../../serving/personal/kept-history.ts';
import { ProfileKeeper } from '../../../../serving/personal/profile-keeper.ts';
import { Engine } from '../../../../serving/retrieval/engine.ts';
import { SnapshotHolder } from '../../../../serving/snapshot/snapshot-holder.ts';
import { MemoryFeatureStore } from '../../../../serving/stores/memory-feature-store.ts';
import { BeforeTyping } from '../../../../serving/surfaces/before-typing/before-typing.ts';
import { TrendingStore } from '../../../../serving/surfaces/live/trending-store.ts';
import { manifestFor } from '../../retrieval/manifest-fixture.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const START_MS = Date.parse('2026-05-01T00:00:00Z');
const TEXTS = [
  'Facebook',
  'YouTube',
  'Weather',
  'News',
  'Lego castle',
  'Lego train',
  'Maps',
  'Mail',
];

interface Shown {
  readonly id: string;
  readonly text: string;
  readonly source: string;
  readonly score: number;
  readonly matches: readonly unknown[];
}

/** A server over eight completions whose events are handed in directly. */
async function makeWorld(
  safety = true,
  more: { texts?: readonly string[]; editorial?: readonly string[] } = {},
) {
  const builder = new SegmentBuilder();
  (more.texts ?? TEXTS).forEach((surface, place) => {
    builder.add({ surface, normalised: normalise(surface), score: 100 - place });
  });
  const segment = Segment.open(builder.finish());
  const manifest = { ...manifestFor(segment), minUsers: 5, safety };
  const trending = new TrendingStore();
  const profiles = new ProfileKeeper({
    store: new MemoryFeatureStore(),
    logId: 'log-of-the-tests',
    log: new MemoryEventLog(),
    report: () => {},
  });
  await profiles.start();
  const history = new KeptHistory((hash) => profiles.inMemory(hash));
  let nowMs = START_MS;
  let events = 0;
  const beforeTyping = new BeforeTyping({
    trending,
    history,
    nowMs: () => nowMs,
    hashUser: (user) => `hash-${user}`,
    hashSession: (session) => `session-${session}`,
    editorial: () => (more.editorial ?? []).flatMap((text) => readSearchedText(text) ?? []),
  });
  const content = { segment, manifest };
  const engine = new Engine(segment, manifest);
  beforeTyping.useSnapshot(content);
  const holder = new SnapshotHolder({
    readCurrent: async () => 's-1',
    open: async (name) => ({ name, completions: 8, markets: [], rules: [], engine, content }),
  });
  await holder.load();
  const server = buildServer({ holder, version: '0', beforeTyping });
  const happen = (user: string | null, atMs: number, event: object) => {
    nowMs = Math.max(nowMs, atMs);
    const record = {
      event: { eventId: String(events++), atMs, ...event } as Event,
      arrivedMs: atMs,
      user: user === null ? null : `hash-${user}`,
      session: null,
      market: 'und',
    };
    trending.apply(record);
    profiles.apply(record, events - 1);
  };
  const search = (user: string | null, atMs: number, query: string) =>
    happen(user, atMs, { type: 'search', query });
  const ask = async (parameters = '') => {
    const response = await server.inject(`/v1/suggest?${parameters}`);
    return response.json() as { readonly personalised: boolean; readonly suggestions: Shown[] };
  };
  const texts = async (parameters = '') =>
    (await ask(parameters)).suggestions.map(({ source, text }) => `${source}: ${text}`);
  /** Ten users a day who search what is always searched. */
  const liveUsually = (days: number) => {
    for (let at = 0; at < days * 10; at++) {
      search(`u${at % 40}`, START_MS + at * (DAY_MS / 10), TEXTS[at % 4]!);
    }
  };
  return {
    search,
    happen,
    ask,
    texts,
    liveUsually,
    engine,
    advance: (ms: number) => {
      nowMs = ms;
    },
  };
}

let world: Awaited<ReturnType<typeof makeWorld>>;
beforeEach(async () => {
  world = await makeWorld();
});

describe('before typing', () => {
  it('shows somebody unknown what is searched most, in its order', async () => {
    const { suggestions, personalised } = await world.ask('user=nobody');
    const most = world.engine.suggest('', { limit: 10 }).suggestions;
    expect(suggestions).toEqual(most.map((each) => ({ ...each, source: 'editorial' })));
    expect(personalised).toBe(false);
    expect(await world.texts('q=%20%20')).toEqual(await world.texts());
  });

  it("shows a user's own searches first, newest first, to that user alone", async () => {
    world.search('ann', START_MS, 'My  garden');
    world.search('ann', START_MS + HOUR_MS, 'weather');
    const own = await world.ask('user=ann&limit=5');
    expect(own.personalised).toBe(true);
    expect(own.suggestions.slice(0, 2).map(({ text, source }) => [text, source])).toEqual([
      ['weather', 'history'],
      ['My garden', 'history'],
    ]);
    // What is in the history is not said again by the list of what is searched most.
    expect(own.suggestions.filter(({ text }) => /weather/i.test(text))).toHaveLength(1);
    expect(own.suggestions.every(({ matches }) => matches.length === 0)).toBe(true);
    const scores = own.suggestions.map(({ score }) => score);
    expect(scores).toEqual([...scores].sort((a, b) => b - a));
    for (const asked of ['', 'user=bob', 'user=ann&personalise=false']) {
      expect((await world.texts(asked)).join()).not.toMatch(/garden|history/);
    }
  });

  it('keys the id of a history entry by its user, and honours its removal by either id or by query', async () => {
    world.search('ann', START_MS, 'my garden');
    world.search('bob', START_MS, 'my garden');
    const idOf = async (user: string) => (await world.ask(`user=${user}`)).suggestions[0]!.id;
    const id = await idOf('ann');
    expect(id).not.toBe(await idOf('bob'));
    world.happen('ann', START_MS + 1, { type: 'remove', id });
    expect((await world.texts('user=ann')).join()).not.toMatch(/garden/);
    expect((await world.texts('user=bob')).join()).toMatch(/garden/);
    // One that was made before the removal and comes late changes nothing; a new one does.
    world.search('ann', START_MS, 'my garden');
    expect((await world.texts('user=ann')).join()).not.toMatch(/garden/);
    world.search('ann', START_MS + 2, 'my garden');
    expect((await world.texts('user=ann'))[0]).toBe('history: my garden');
    world.happen('ann', START_MS + 3, { type: 'remove', id: suggestionId('my garden') });
    world.happen('bob', START_MS + 3, { type: 'remove', query: 'My Garden' });
    expect((await world.texts('user=ann')).join()).not.toMatch(/garden/);
    expect((await world.texts('user=bob')).join()).not.toMatch(/garden/);
  });

  it('leaves out what was removed even where others search it most', async () => {
    world.search('ann', START_MS, 'facebook');
    world.search('ann', START_MS + HOUR_MS, 'my garden');
    world.happen('ann', START_MS + 2 * HOUR_MS, { type: 'remove', query: 'facebook' });
    expect((await world.texts('user=ann')).join()).not.toMatch(/facebook/i);
  });

  it('never shows personal data or blocked words, not even to whom they belong', async () => {
    for (const query of ['mail to ann.smith@example.com', '4111 1111 1111 1111', 'porn hub']) {
      world.search('ann', START_MS, query);
    }
    expect((await world.texts('user=ann')).join()).not.toMatch(/example|4111|porn/);
    const unsafe = await makeWorld(false);
    unsafe.search('ann', START_MS, 'porn hub');
    unsafe.search('ann', START_MS, 'mail to ann.smith@example.com');
    expect((await unsafe.texts('user=ann')).join()).toMatch(/porn/);
    expect((await unsafe.texts('user=ann')).join()).not.toMatch(/example/);
  });

  it('forgets a search that was still being typed', async () => {
    world.search('ann', START_MS, 'gar');
    world.search('ann', START_MS + 2_000, 'garden chairs');
    expect(await world.texts('user=ann&limit=3')).toEqual([
      'history: garden chairs',
      'editorial: Facebook',
      'editorial: YouTube',
    ]);
  });

  it('suggests by taste what shares a telling word with the latest searches', async () => {
    world.search('ann', START_MS, 'lego bricks');
    expect((await world.texts('user=ann')).filter((text) => text.startsWith('taste'))).toEqual([
      'taste: Lego castle',
      'taste: Lego train',
    ]);
  });

  it('suggests by taste in scripts without spaces by their words', async () => {
    const texts = [...TEXTS, '京都旅行', '東京旅行', '北海道', '京都駅'];
    const asia = await makeWorld(true, { texts });
    asia.search('ann', START_MS, '京都観光');
    const byTaste = (await asia.texts('user=ann')).filter((text) => text.startsWith('taste'));
    expect(byTaste.sort()).toEqual(['taste: 京都旅行', 'taste: 京都駅']);
  });

  it("shows the operator's texts before what is searched most, safe ones alone", async () => {
    const editorial = ['Winter sports', 'maps', 'porn hub', 'call 415-555-2671 now'];
    const led = await makeWorld(true, { editorial });
    expect(await led.texts('limit=4')).toEqual([
      'editorial: Winter sports',
      'editorial: Maps',
      'editorial: Facebook',
      'editorial: YouTube',
    ]);
    const open = await makeWorld(false, { editorial });
    expect((await open.texts()).join()).toMatch(/porn/);
    expect((await open.texts()).join()).not.toMatch(/415/);
  });

  it('does not put two of one topic in a row where there are others', async () => {
    world.search('ann', START_MS, 'lego bricks');
    const list = await world.texts('user=ann');
    const places = list.flatMap((text, place) => (/lego/i.test(text) ? [place] : []));
    expect(places.length).toBeGreaterThan(1);
    for (const place of places) expect(list[place + 1] ?? '').not.toMatch(/lego/i);
  });

  it('shows to everybody what many users suddenly search, until it fades', async () => {
    world.liveUsually(20);
    const atMs = START_MS + 20 * DAY_MS;
    expect((await world.texts()).join()).not.toMatch(/trending/);
    for (let user = 0; user < 8; user++)
      world.search(`b${user}`, atMs + user * 60_000, 'Power Cut');
    expect((await world.texts('limit=3'))[0]).toBe('trending: Power Cut');
    world.advance(atMs + 9 * DAY_MS);
    expect((await world.texts()).join()).not.toMatch(/trending/);
  });

  it("makes no trend of one user's flood, of nobody's searches, of personal data or of blocked words", async () => {
    world.liveUsually(20);
    const atMs = START_MS + 20 * DAY_MS;
    for (let i = 0; i < 50; i++) {
      world.search('flood', atMs + i * 1000, 'buy my lamp');
      world.search(null, atMs + i * 1000, 'nobody knows');
      world.search(`b${i}`, atMs + i * 1000, 'call 415-555-2671 now');
      world.search(`b${i}`, atMs + i * 1000 + 20_000, 'porn hub');
    }
    for (let user = 0; user < 4; user++) world.search(`f${user}`, atMs, 'four people');
    expect((await world.texts()).join()).not.toMatch(/trending/);
  });
});
