import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { graphemes } from '../../../../dictionaries/graphemes.ts';
import { openSnapshot, type Snapshot } from '../../../../index.ts';
import { run } from '../../../../indexer/commands/index.ts';

const silent = {
  stdout: { write: () => true },
  stderr: { write: () => true },
  env: {},
  isTerminal: false,
};

/** So many users search it. */
const searches = (query: string, users: number) =>
  Array.from({ length: users }, (_, user) => JSON.stringify({ user: `u${query}${user}`, query }));

/** So many people write each of the texts. */
const comments = (texts: readonly string[], people: number) =>
  texts.flatMap((text) =>
    Array.from({ length: people }, (_, person) =>
      JSON.stringify({ user: `p${text}${person}`, text }),
    ),
  );

let folder: string;
let snapshot: Snapshot;
/** Links what is worth little, and nothing that the index does not know. */
let lenient: Snapshot;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'foretype-entities-'));
  const queries = [
    ...searches('ferrari', 20),
    ...searches('macaroni and cheese', 12),
    ...searches('rio de janeiro', 9),
    ...searches('東京タワー', 9),
    ...searches('apple watch', 8),
    ...searches('apple', 9),
    ...searches('피자', 30),
  ];
  const mined = [
    ...comments(
      [
        'I love Ferrari so much',
        'we saw Miles Draper and his dog in town',
        'my Apple and its iphone camera are great',
        'they say Apple will sell an iphone with a better camera',
        'the new iphone of Apple is out',
        'an apple is on the tree in my garden',
        'she eats an apple under the tree',
        'the tree gave one apple to my garden',
        'write to Nora Planted at nora@example.net',
        'they buy Porn Zorbax there',
        'this dog is so funny',
        'my dog sleeps all day',
      ],
      4,
    ),
    ...comments(['only Two People know Zorblat Prime'], 2),
    // One video's comments without a user are one person.
    ...Array.from({ length: 9 }, () =>
      JSON.stringify({ video: 'v1', text: 'look at Quentin Marrowby there' }),
    ),
  ];
  await writeFile(path.join(folder, 'queries.ndjson'), `${queries.join('\n')}\n`);
  await writeFile(path.join(folder, 'comments.ndjson'), `${mined.join('\n')}\n`);
  const args = [
    '--queries',
    path.join(folder, 'queries.ndjson'),
    '--out',
    path.join(folder, 'index'),
  ];
  await run([...args, '--comments', path.join(folder, 'comments.ndjson')], silent);
  const videoWords = (video: string) => (video === 'phones' ? ['iphone', 'camera'] : null);
  snapshot = await openSnapshot(path.join(folder, 'index'), { videoWords });
  lenient = await openSnapshot(path.join(folder, 'index'), {
    videoWords,
    entities: { leastUnknownScore: 2, leastScore: 0.01 },
  });
}, 60_000);
afterAll(() => rm(folder, { recursive: true, force: true }));

const linksOf = (text: string, options = {}) =>
  snapshot.entities([{ id: 'a', text }], { limitPerText: 20, ...options })[0]!.entities;
const queriesOf = (text: string, options = {}) => linksOf(text, options).map(({ query }) => query);

describe('links of a comment', () => {
  it('lead to the logged query, whatever its writing, at the exact span', () => {
    const text = 'so I tried a Ferrari 🔥 and it was great';
    const [link] = linksOf(text);
    expect(link).toMatchObject({ start: 13, end: 20, surface: 'Ferrari', query: 'ferrari' });
    expect(link?.entity).toBe(snapshot.suggest('ferrari').suggestions[0]?.id);
    expect(link?.score).toBeGreaterThan(0.5);
  });

  it('are found in hashtags, before possessives and Korean particles, and among characters without spaces', () => {
    expect(linksOf('so good #MacaroniAndCheese')[0]).toMatchObject({
      surface: '#MacaroniAndCheese',
      query: 'macaroni and cheese',
    });
    expect(linksOf("this is Ferrari's best")[0]?.surface).toBe('Ferrari');
    expect(linksOf('오늘은 피자보다 좋은 것')[0]?.surface).toBe('피자');
    expect(linksOf('昨日は東京タワーに行った')[0]).toMatchObject({ start: 3, end: 8 });
  });

  it('respect word boundaries in scripts that have them', () => {
    expect(queriesOf('ferraristi love their cars')).not.toContain('ferrari');
  });

  it('do not go across the end of a sentence', () => {
    expect(queriesOf('we went to rio. de janeiro said so')).not.toContain('rio de janeiro');
    expect(queriesOf('we went to rio de janeiro')).toContain('rio de janeiro');
  });

  it('lead to their own name where people name what nobody searched', () => {
    const [link] = linksOf('yesterday we met Miles Draper there');
    expect(link).toMatchObject({ surface: 'Miles Draper', query: 'miles draper' });
    expect(snapshot.suggest('miles dr').suggestions).toEqual([]);
  });

  it('are not made of everyday words', () => {
    expect(queriesOf('this dog is so funny and my dog sleeps all day')).toEqual([]);
  });

  it('are at most as many as asked for, the best ones, in the order of the text', () => {
    const text = 'from rio de janeiro with a Ferrari and macaroni and cheese';
    const all = linksOf(text);
    expect(all.map(({ query }) => query)).toEqual([
      'rio de janeiro',
      'ferrari',
      'macaroni and cheese',
    ]);
    const [best] = linksOf(text, { limitPerText: 1 });
    expect(best?.score).toBe(Math.max(...all.map(({ score }) => score)));
  });

  it('never show personal data or blocked text, mined or not', () => {
    for (const text of [
      'write to Nora Planted at nora@example.net',
      'please write Max.Power@example.net now',
      'call Anna 555-123-4567 please',
      'we should buy Porn Zorbax now',
      'he pays with 4111 1111 1111 1111 there',
      // Names by their writing, which nothing but the patterns keeps from being linked.
      'we met Max Power4155552671 there',
      'my account is DE89370400440532013000 now',
      'the key is AKIAIOSFODNN7EXAMPLE there',
    ]) {
      for (const { surface, query } of linksOf(text)) {
        expect(`${surface} ${query}`).not.toMatch(/example|nora@|power|porn|\d{3}/i);
      }
    }
  });

  it('are decided by the words of the comment and of its video where a word is ambiguous', () => {
    const scoreOf = (text: string, options = {}) =>
      lenient
        .entities([{ id: 'a', text }], { limitPerText: 20, ...options })[0]!
        .entities.find(({ surface }) => surface === 'Apple')?.score ?? 0;
    const alone = scoreOf('so Apple and that');
    const byTree = scoreOf('so Apple and the tree garden');
    expect(scoreOf('so Apple and the iphone camera')).toBeGreaterThan(byTree);
    expect(scoreOf('so Apple and that', { video: 'phones' })).toBeGreaterThan(alone);
    expect(scoreOf('so Apple and that', { video: 'unknown' })).toBe(alone);
  });

  it('keep to the spans: no overlap, no split grapheme, the text between the offsets', () => {
    const pieces = fc.constantFrom(
      'Ferrari',
      'ferrari',
      ' ',
      ' ',
      'rio de janeiro',
      '東京タワー',
      '피자보다',
      '👩‍👩‍👧',
      '❤️',
      'e\u0301',
      '\u0301',
      '#MacaroniAndCheese',
      'Miles Draper',
      '.',
      ',',
      "'s",
      '@',
      '#',
      '\ud83d',
      'ÀÉ',
      'ﬁ',
      'I',
      'the',
    );
    let linked = 0;
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 25 }), (parts) => {
        const text = parts.join('');
        const edges = new Set([0]);
        let at = 0;
        for (const grapheme of graphemes(text)) {
          at += grapheme.length;
          edges.add(at);
        }
        let reached = 0;
        for (const { start, end, surface } of linksOf(text)) {
          expect(start).toBeGreaterThanOrEqual(reached);
          expect(end).toBeGreaterThan(start);
          expect(text.slice(start, end)).toBe(surface);
          expect(edges.has(start) && edges.has(end)).toBe(true);
          reached = end;
          linked++;
        }
      }),
      { numRuns: 300 },
    );
    expect(linked).toBeGreaterThan(30);
  });

  it('give each text its links, in the order of the texts', () => {
    const texts = [
      { id: 'x', text: '' },
      { id: 'y', text: 'a Ferrari' },
      { id: 'y', text: 'nothing here' },
    ];
    const linked = snapshot.entities(texts);
    expect(linked.map(({ id }) => id)).toEqual(['x', 'y', 'y']);
    expect(linked.map(({ entities }) => entities.length)).toEqual([0, 1, 0]);
  });
});

describe('what comments name', () => {
  it('needs as many people or videos as --min-mentions says', () => {
    const of = (text: string) => lenient.entities([{ id: 'a', text }])[0]!.entities;
    expect(of('there is Miles Draper')[0]?.query).toBe('miles draper');
    expect(of('there is Zorblat Prime')).toEqual([]);
    expect(of('there is Quentin Marrowby')).toEqual([]);
  });

  it('is refused beyond its bounds', () => {
    expect(() => snapshot.entities([], { limitPerText: 0 })).toThrow(RangeError);
    expect(() => snapshot.entities([], { limitPerText: 21 })).toThrow(RangeError);
    expect(() => snapshot.entities([], { market: 'no market' })).toThrow(RangeError);
  });
});
