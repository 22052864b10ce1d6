import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { normalise } from '../../../../dictionaries/normalise.ts';
import { Engine } from '../../../../serving/retrieval/engine.ts';
import { RelatedSearches } from '../../../../serving/surfaces/related/related-searches.ts';
import {
  type IndexedLog,
  indexSearches,
  type LoggedSearch,
  sessionsOf,
} from '../../../support/related-fixture.ts';

const opened: IndexedLog[] = [];
afterAll(async () => {
  for (const { remove } of opened) await remove();
});

async function indexed(searches: readonly LoggedSearch[], options: readonly string[] = []) {
  const log = await indexSearches(searches, options);
  opened.push(log);
  const { segment, manifest } = log;
  segment.verify();
  const searchesOf = new RelatedSearches(segment, manifest, new Engine(segment, manifest));
  const ask = (query: string, more: { session?: readonly string[]; market?: string } = {}) =>
    searchesOf.related(query, {
      limit: 20,
      ...(more.market === undefined ? {} : { market: more.market }),
      session: more.session === undefined ? null : { queries: more.session, videos: [] },
    }).suggestions;
  const texts = (...asked: Parameters<typeof ask>) => ask(...asked).map(({ text }) => text);
  return { ask, texts, segment };
}

/** Five users search each of these, alone. */
const alone = (...queries: readonly string[]) =>
  queries.flatMap((query) => sessionsOf(5, [query], { prefix: `alone-${query}` }));

describe('related searches', () => {
  let world: Awaited<ReturnType<typeof indexed>>;
  beforeAll(async () => {
    world = await indexed(
      [
        ...sessionsOf(6, ['marble run', 'steel bearing', 'marble run kit']),
        ...sessionsOf(6, ['copper kettle review', 'copper kettle']),
        ...sessionsOf(4, ['glass harmonica', 'velvet curtain']),
        ...alone('glass harmonica', 'velvet curtain'),
        ...sessionsOf(6, ['paper lantern', 'papers lantern', 'lantern paper', 'floating lights']),
        ...Array.from({ length: 6 }, (_, i) => [
          { user: `word-${i}`, session: `w${i}`, query: `sourdough no ${i} starter` },
          { user: `word-${i}`, session: `w${i}`, query: 'proofing basket' },
        ]).flat(),
        ...Array.from({ length: 6 }, (_, i) => [
          { user: `left-${i}`, session: 'l', query: 'wind chime', clicked: 'https://a.example/1' },
          { user: `right-${i}`, session: 'r', query: 'door bell', clicked: 'https://a.example/1' },
          {
            user: `few-${i % 4}`,
            session: `f${i}`,
            query: 'cow bell',
            clicked: 'https://b.example/2',
          },
          {
            user: `many-${i}`,
            session: `m${i}`,
            query: 'ship horn',
            clicked: 'https://b.example/2',
          },
        ]).flat(),
        ...alone('cow bell'),
      ],
      ['--group', 'surface'],
    );
  });

  it('follow what enough users searched next, and say by what evidence', () => {
    const found = world.ask('Marble  Run');
    expect(found.map(({ text }) => text)).toEqual(
      expect.arrayContaining(['steel bearing', 'marble run kit']),
    );
    expect(found.every(({ source }) => source === 'related')).toBe(true);
    expect(found.find(({ text }) => text === 'marble run kit')?.evidence).toBe('specialised');
    expect(world.ask('copper kettle review').map(({ evidence }) => evidence)).toEqual([
      'generalised',
    ]);
  });

  it('never follow what fewer than the threshold searched next', () => {
    expect(world.texts('glass harmonica')).toEqual([]);
    expect(world.texts('velvet curtain')).toEqual([]);
  });

  it('are neither the query nor its variants in number and order', () => {
    expect(world.texts('paper lantern')).toEqual(['floating lights']);
    expect(world.texts('paper lantern')).not.toContain('lantern paper');
  });

  it('have nothing that the session searched, nor a variant of it', () => {
    expect(world.texts('marble run', { session: ['steel bearings'] })).toEqual(['marble run kit']);
  });

  it('reach a query that nobody searched before through its words', () => {
    expect(world.texts('sourdough for beginners')).toContain('proofing basket');
  });

  it('reach a mistyped query through its correction, which they do not show', () => {
    const found = world.texts('marbel runn');
    expect(found).toContain('steel bearing');
    expect(found).not.toContain('marble run');
  });

  it('share what was opened when enough users opened it on either side', () => {
    expect(world.texts('wind chime')).toContain('door bell');
    expect(world.texts('ship horn')).not.toContain('cow bell');
    expect(world.texts('cow bell')).not.toContain('ship horn');
  });

  it('are nothing for an unknown query, and scores never rise', () => {
    expect(world.texts('zxqv')).toEqual([]);
    const scores = world.ask('marble run').map(({ score }) => score);
    expect([...scores].sort((a, b) => b - a)).toEqual(scores);
    expect(scores.every((score) => score > 0 && score <= 1)).toBe(true);
  });

  it('point out the words that they share with the query', () => {
    const kit = world.ask('marble run').find(({ text }) => text === 'marble run kit');
    expect(kit?.matches).toEqual([
      { start: 0, end: 6 },
      { start: 7, end: 10 },
    ]);
  });
});

describe('related searches of a query without evidence of its own', () => {
  let world: Awaited<ReturnType<typeof indexed>>;
  beforeAll(async () => {
    world = await indexed(
      [
        ...alone('minecraft house', 'minecraft castle ideas', 'minecraft', 'pottery wheel'),
        ...alone('🎮 setup tour', '🎮 controller', '東京タワー 夜景', '東京タワー 料金'),
        ...alone('кофе рецепт', 'кофе машина'),
        ...sessionsOf(6, ['東京タワー', 'スカイツリー']),
        ...sessionsOf(6, ['кофе', 'чай зелёный']),
      ],
      ['--group', 'surface'],
    );
  });

  it.each([
    ['an unfinished word', 'minec', 'minecraft house'],
    ['an unfinished last word', 'castle min', 'minecraft castle ideas'],
    ['words of which one is known', 'minecraft potato', 'minecraft castle ideas'],
    ['a slip in a word', 'minecarft', 'minecraft house'],
    ['a completion that nothing was searched after', 'minecraft', 'minecraft castle ideas'],
    ['an emoji', '🎮', '🎮 controller'],
    ['a script without spaces', '東京タワー 展望台', '東京タワー 夜景'],
    ['an unfinished text in a script without spaces', '東京タ', '東京タワー 料金'],
    ['a letter of another script missing', 'коф', 'кофе рецепт'],
    ['a query typed in another script', 'kofe', 'кофе машина'],
  ])('lead on from %s: %s', (_, query, expected) => {
    const found = world.texts(query);
    expect(found).toContain(expected);
    expect(found.map((text) => normalise(text))).not.toContain(normalise(query));
  });

  it('follow what was searched after what the query means', () => {
    expect(world.texts('kofe')).toContain('чай зелёный');
    expect(world.texts('東京タワ')).toContain('スカイツリー');
  });

  it('have nothing that the session searched, nor variants, whatever brought them', () => {
    const session = ['house minecraft', 'minecraft castles ideas'];
    expect(world.texts('minecraft', { session })).toEqual([]);
  });
});

describe('related searches across markets', () => {
  it('count users of one market, and show members of the asked market only', async () => {
    const { texts } = await indexed([
      ...sessionsOf(3, ['tea cosy', 'tea strainer spoon'], { market: 'en-US', prefix: 'us' }),
      ...sessionsOf(3, ['tea cosy', 'tea strainer spoon'], { market: 'en-GB', prefix: 'gb' }),
      ...['en-US', 'en-GB'].flatMap((market) =>
        ['tea cosy', 'felt slippers', 'wool socks'].flatMap((query) =>
          sessionsOf(5, [query], { market, prefix: `${market}-${query}` }),
        ),
      ),
      ...sessionsOf(6, ['felt slippers', 'wool socks'], { market: 'en-US', prefix: 'pair' }),
      ...sessionsOf(6, ['felt slippers', 'shoe horn'], { market: 'en-US', prefix: 'horn' }),
    ]);
    expect(texts('tea cosy', { market: 'en-US' })).toEqual([]);
    expect(texts('felt slippers', { market: 'en-US' })).toContain('shoe horn');
    expect(texts('felt slippers', { market: 'en-GB' })).toEqual(['wool socks']);
  });
});

describe('what may never be related', () => {
  it('is unsafe or personal text, whoever searched it after what', async () => {
    const planted = ['call me at 415 555 2671', 'jane.roe@example.com', 'blowjob videos'];
    const { texts } = await indexed([
      ...planted.flatMap((text) => sessionsOf(12, ['garden gnome', text, 'bird bath'])),
      ...planted.flatMap((text) => sessionsOf(12, [text, 'garden gnome'])),
    ]);
    const all = ['garden gnome', 'bird bath', ...planted].flatMap((query) => texts(query));
    expect(all.length).toBeGreaterThan(0);
    const forms = planted.map((text) => normalise(text));
    for (const text of all) expect(forms).not.toContain(normalise(text));
    expect(new Set(all)).toEqual(new Set(['garden gnome', 'bird bath']));
  });
});
