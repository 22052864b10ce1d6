import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { normalise } from '../../../../dictionaries/normalise.ts';
import type { Event } from '../../../../indexer/events/event.ts';
import { suggestionId } from '../../../../indexer/events/suggestion-id.ts';
import type { Manifest } from '../../../../indexer/segment/manifest.ts';
import { Segment } from '../../../../indexer/segment/segment.ts';
import { SegmentBuilder } from '../../../../indexer/segment/segment-builder.ts';
import { buildServer } from '../../../../serving/http/server.ts';
import { Engine } from '../../../../serving/retrieval/engine.ts';
import { SnapshotHolder } from '../../../../serving/snapshot/snapshot-holder.ts';
import { FreshCompletions } from '../../../../serving/surfaces/live/fresh-completions.ts';
import { freshSnapshotOf } from '../../../../serving/surfaces/live/fresh-snapshot.ts';
import { TrendingStore } from '../../../../serving/surfaces/live/trending-store.ts';
import { manifestFor } from '../../retrieval/manifest-fixture.ts';

const START_MS = Date.parse('2026-05-01T00:00:00Z');
const MINUTE_MS = 60_000;
const MIN_USERS = 5;

interface Shown {
  readonly id: string;
  readonly text: string;
  readonly kind: string;
  readonly source: string;
  readonly score: number;
  readonly matches: readonly { readonly start: number; readonly end: number }[];
}

/** A snapshot of texts, the first searched most, in two markets where they are given for both. */
function contentOf(texts: readonly string[], manifest: Partial<Manifest> = {}) {
  const builder = new SegmentBuilder();
  texts.forEach((surface, place) => {
    const score = 2 ** (10 - place);
    const markets = [{ market: place % 2 === 0 ? 'en-US' : 'de-DE', score }];
    builder.add({ surface, normalised: normalise(surface), score, markets });
  });
  const segment = Segment.open(builder.finish());
  const made: Manifest = {
    ...manifestFor(segment),
    ...{ minUsers: MIN_USERS, group: 'variants', halfLifeDays: 30 },
    ...manifest,
  };
  return { segment, manifest: made };
}

const TEXTS = ['power drill', 'powder snow', 'lamp', 'pottery'];

async function makeWorld(manifest: Partial<Manifest> = {}, texts = TEXTS) {
  let nowMs = START_MS;
  const trending = new TrendingStore();
  const fresh = new FreshCompletions({ trending, nowMs: () => nowMs, shown: 8, counted: 64 });
  const content = contentOf(texts, manifest);
  const engine = new Engine(content.segment, content.manifest);
  fresh.useSnapshot(freshSnapshotOf(content));
  const holder = new SnapshotHolder({
    readCurrent: async () => 's-1',
    open: async (name) => ({ name, completions: 4, markets: [], rules: [], engine, content }),
  });
  await holder.load();
  const server = buildServer({ holder, version: '0', fresh });
  let events = 0;
  const happen = (
    user: string | null,
    event: object,
    session: string | null = null,
    market = 'und',
  ) => {
    nowMs += 1_000;
    const record = {
      event: { eventId: String(events++), atMs: nowMs, ...event } as Event,
      ...{ arrivedMs: nowMs, user, session, market },
    };
    trending.apply(record);
    fresh.apply(record);
  };
  const search = (query: string, users: number, market = 'und', from = 0) => {
    for (let user = from; user < from + users; user++) {
      happen(`user ${user}`, { type: 'search', query }, null, market);
      nowMs += MINUTE_MS;
    }
  };
  const ask = async (q: string, rest = '') => {
    const response = await server.inject(`/v1/suggest?q=${encodeURIComponent(q)}&${rest}`);
    return (response.json() as { readonly suggestions: Shown[] }).suggestions;
  };
  const texts_ = async (q: string, rest = '') =>
    (await ask(q, rest)).map(({ source, text }) => `${source}: ${text}`);
  return { fresh, trending, happen, search, ask, texts: texts_, engine };
}

let world: Awaited<ReturnType<typeof makeWorld>>;
beforeEach(async () => {
  world = await makeWorld();
});

describe('fresh completions', () => {
  it('are found by the very next request after the user who makes them enough, and not before', async () => {
    world.search('Power Cut', MIN_USERS - 1);
    for (const typed of ['pow', 'cut'])
      expect((await world.texts(typed)).join()).not.toMatch(/cut/i);
    world.search('Power Cut', 1, 'und', MIN_USERS - 1);
    expect(await world.texts('pow')).toContain('fresh: Power Cut');
    expect(await world.texts('power c')).toEqual(['fresh: Power Cut']);
    expect(await world.texts('cut')).toContain('fresh: Power Cut');
  });

  it('have a stable id, the spans of what was typed and scores that do not rise down the list', async () => {
    world.search('Power Cut', MIN_USERS);
    const list = await world.ask('po');
    const item = list.find(({ source }) => source === 'fresh');
    expect(item).toMatchObject({
      ...{ id: suggestionId('power cut'), kind: 'query', matches: [{ start: 0, end: 2 }] },
    });
    const scores = list.map(({ score }) => score);
    expect(scores).toEqual([...scores].sort((a, b) => b - a));
    const [any] = await world.ask('cut');
    expect(any?.matches).toEqual([{ start: 6, end: 9 }]);
  });

  it('stand among the direct matches by how much they are searched, but only fill free slots where nothing may come between', async () => {
    world.search('power cut', 300);
    expect((await world.ask('po')).map(({ text }) => text)).toEqual([
      'power drill',
      'powder snow',
      'power cut',
      'pottery',
    ]);
    const plain = await makeWorld({ group: 'none' });
    plain.search('power cut', 300);
    expect((await plain.ask('po')).map(({ text }) => text)).toEqual([
      'power drill',
      'powder snow',
      'pottery',
      'power cut',
    ]);
    expect((await plain.ask('po', 'limit=3')).map(({ text }) => text)).not.toContain('power cut');
  });

  it('need their users in one market, and are found there and over all alone', async () => {
    world.search('power cut', 3, 'en-US');
    world.search('power cut', 3, 'de-DE', 3);
    expect((await world.texts('po')).join()).not.toMatch(/cut/);
    world.search('power cut', 2, 'en-US', 6);
    expect(await world.texts('po', 'market=en-US')).toContain('fresh: power cut');
    expect(await world.texts('po', 'market=und')).toContain('fresh: power cut');
    expect((await world.texts('po', 'market=de-DE')).join()).not.toMatch(/cut/);
  });

  it("are none of one user's flood, of sessions, of nobody, nor of what was still being typed", async () => {
    for (let i = 0; i < 50; i++) {
      world.happen('flood', { type: 'search', query: 'buy my lamp' });
      world.happen(null, { type: 'search', query: 'potato one' }, `session ${i}`);
      world.happen(null, { type: 'search', query: 'potato two' });
    }
    for (let user = 0; user < 20; user++) {
      world.happen(`user ${user}`, { type: 'search', query: 'power c' });
      world.happen(`user ${user}`, { type: 'search', query: 'power cut' });
    }
    expect((await world.texts('buy')).join()).not.toMatch(/buy/);
    expect((await world.texts('pot')).join()).not.toMatch(/potato/);
    expect((await world.texts('pow')).filter((text) => text.startsWith('fresh'))).toEqual([
      'fresh: power cut',
    ]);
  });

  it('are never personal data nor blocked words, however many search them, nor do those trend', async () => {
    const planted = [
      'call 415-555-2671 now',
      'mail to ann.smith@example.com',
      '4111 1111 1111 1111',
    ];
    for (const query of [...planted, 'porn hub']) world.search(query, 100);
    for (const query of [...planted, 'porn hub']) {
      for (const typed of [query, query.slice(0, 3), query.split(' ').at(-1) ?? '']) {
        expect((await world.texts(typed)).join()).not.toMatch(/415|ann|4111|porn/);
      }
    }
    expect(world.trending.trendingIn('und', START_MS + 400 * 2 * MINUTE_MS).queries).toEqual([]);
    const open = await makeWorld({ safety: false });
    for (const query of [...planted, 'porn hub']) open.search(query, 100);
    expect(await open.texts('porn')).toContain('fresh: porn hub');
    for (const typed of ['call', 'mail', '4111']) {
      expect((await open.texts(typed)).join()).not.toMatch(/415|ann|4111/);
    }
  });

  it('are dropped when a snapshot has them, and are no variant of what is shown', async () => {
    world.search('power drills', MIN_USERS);
    expect((await world.texts('power')).join()).not.toMatch(/drills/);
    world.search('power cut', MIN_USERS);
    expect(await world.texts('power c')).toEqual(['fresh: power cut']);
    const next = freshSnapshotOf(contentOf(['power cut', 'lamp']));
    world.fresh.useSnapshot(next);
    expect(world.fresh.find('power c', next.choose('und'), 10)).toEqual([]);
    world.search('power cut', MIN_USERS, 'en-US', 20);
    expect(world.fresh.find('power c', next.choose('en-US'), 10)).toEqual([]);
    expect(world.fresh.find('power d', next.choose('und'), 10)).toHaveLength(1);
  });

  it('are gone when a user who made them enough is forgotten', async () => {
    world.search('power cut', MIN_USERS);
    expect(world.fresh.forgetUser('user 0')).toBe(2);
    expect((await world.texts('power')).join()).not.toMatch(/cut/);
  });

  it('hold tags of new videos of enough creators, as entities in free slots', async () => {
    for (let i = 0; i < 20; i++) {
      const event = { type: 'video', video: `v${i}`, title: 'a', tags: ['#powerwash'] };
      world.happen(null, { ...event, creator: `creator ${i % 4}` });
    }
    expect((await world.texts('power')).join()).not.toMatch(/wash/);
    world.happen(null, { type: 'video', video: 'v', title: 'a', tags: ['powerwash'] });
    const list = await world.ask('power');
    expect(list.at(-1)).toMatchObject({ text: 'powerwash', kind: 'entity', source: 'fresh' });
  });

  it('stay within their room under a flood of other texts', async () => {
    for (let i = 0; i < 12; i++) world.search(`potato ${'abcdefghijkl'[i]}`, MIN_USERS);
    for (let i = 0; i < 500; i++) world.happen(`x${i}`, { type: 'search', query: `once w${i}` });
    expect(world.fresh.size).toBe(8);
    expect(await world.texts('potato l')).toContain('fresh: potato l');
  });

  it('are marked as trending while they rise, and stand as high as what is always searched so often', async () => {
    let rises = [{ query: 'power cut', perDay: 40 }];
    const store = new FreshCompletions({
      trending: {
        trendingIn: () => ({
          queries: rises.map((rise) => ({
            ...{ ...rise, bits: 30, window: 'day', ratio: 9, surface: null },
          })),
          version: rises.length,
        }),
      },
      nowMs: () => START_MS,
    });
    const snapshot = freshSnapshotOf(contentOf(TEXTS));
    store.useSnapshot(snapshot);
    for (let user = 0; user < MIN_USERS; user++) {
      const event: Event = {
        type: 'search',
        eventId: `${user}`,
        query: 'power cut',
        atMs: START_MS,
      };
      store.apply({ event, arrivedMs: 0, user: `u${user}`, session: null, market: 'und' });
    }
    const version = store.versionFor('po', 'und');
    const find = () => store.find('po', snapshot.choose('und'), 5);
    expect(find()).toMatchObject([{ source: 'trending' }]);
    // Forty a day, fading by half in 30 days, are 1,731 in the long run.
    expect(2 ** (find()[0]?.logScore ?? 0)).toBeCloseTo((40 * 30) / Math.LN2, 3);
    rises = [];
    expect(find()).toMatchObject([{ source: 'fresh' }]);
    expect(2 ** (find()[0]?.logScore ?? 0)).toBeCloseTo(MIN_USERS, 6);
    expect(store.versionFor('po', 'und')).not.toBe(version);
    expect(store.versionFor('xy', 'und')).toBe('0');
  });

  it('finds what a naive reading of the rules finds, in any script', () => {
    const words = ['north', 'northern', 'light', 'li', '北京', '京都', '大', 'thé', '😀'];
    const text = fc.array(fc.constantFrom(...words), { minLength: 1, maxLength: 3 });
    fc.assert(
      fc.property(fc.array(text, { maxLength: 6 }), text, fc.nat(4), (fresh, typed, cut) => {
        const store = new FreshCompletions({
          trending: { trendingIn: () => ({ queries: [], version: 0 }) },
          nowMs: () => START_MS,
        });
        const snapshot = freshSnapshotOf(contentOf(['lamp'], { minUsers: 1 }));
        store.useSnapshot(snapshot);
        const forms = new Set(fresh.map((parts) => normalise(parts.join(' '))));
        [...forms].forEach((query, i) => {
          const event: Event = { type: 'search', eventId: String(i), query, atMs: START_MS };
          store.apply({ event, arrivedMs: 0, user: `u${i}`, session: null, market: 'und' });
        });
        const whole = normalise(typed.join(' '));
        const prefix = [...whole]
          .slice(0, Math.max(1, [...whole].length - cut))
          .join('')
          .trimEnd();
        const found = store.find(prefix, snapshot.choose('und'), 20);
        const direct = found.filter(({ match }) => match.kind === 'prefix');
        expect(direct.map(({ normalised }) => normalised).sort()).toEqual(
          [...forms].filter((form) => form.startsWith(prefix)).sort(),
        );
      }),
    );
  });
});
