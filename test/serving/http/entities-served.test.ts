import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { graphemes } from '../../../dictionaries/graphemes.ts';
import { run } from '../../../indexer/commands/index.ts';
import { openDataFolder } from '../../../serving/events/data-folder.ts';
import type { EventIntake } from '../../../serving/events/event-intake.ts';
import { type Service, startService } from '../../../serving/service.ts';
import { IndexDirectory } from '../../../serving/snapshot/index-directory.ts';
import { makeFolder } from '../../support/index-fixture.ts';

const silent = {
  stdout: { write: () => true },
  stderr: { write: () => true },
  env: {},
  isTerminal: false,
};

interface Link {
  readonly start: number;
  readonly end: number;
  readonly surface: string;
  readonly query: string;
}

let folder: string;
let remove: () => Promise<void>;
let events: EventIntake | null;
let service: Service;

beforeAll(async () => {
  ({ folder, remove } = await makeFolder());
  const file = (name: string) => path.join(folder, name);
  const write = (name: string, rows: readonly object[]) =>
    writeFile(file(name), rows.map((row) => `${JSON.stringify(row)}\n`).join(''));
  const people = Array.from({ length: 12 }, (_, person) => `p${person}`);
  const queries = [
    'ferrari',
    'apple watch',
    'crème brûlée',
    'قهوة عربية',
    '東京タワー',
    'zorbax pills',
  ];
  await write(
    'queries.ndjson',
    queries.flatMap((query) => people.map((user) => ({ user, query }))),
  );
  const named = [
    'my Apple and its iphone camera',
    'the new iphone of Apple',
    'an Apple store camera',
  ];
  const eaten = [
    'an apple on the tree in my garden',
    'she eats an apple under the tree',
    'one apple from my garden',
  ];
  await write(
    'comments.ndjson',
    [...named, ...eaten].flatMap((text) =>
      people.map((user) => ({ user: `${user}${text}`, text })),
    ),
  );
  await write('videos.ndjson', [
    { video: 'phones', title: 'iphone camera test', creator: 'a' },
    { video: 'garden', title: 'tree garden', creator: 'b' },
  ]);
  const args = ['queries', 'comments', 'videos'].flatMap((name) => [
    `--${name}`,
    file(`${name}.ndjson`),
  ]);
  await run([...args, '--out', file('index')], silent);
  events = await openDataFolder({ path: file('data'), isRequired: true }, { report: () => {} });
  service = await startService({
    source: new IndexDirectory(
      file('index'),
      {},
      { settings: { leastScore: 0.01, leastUnknownScore: 1 } },
    ),
    host: '127.0.0.1',
    port: 0,
    pollMs: 3_600_000,
    version: '0',
    log: () => {},
    events,
  });
}, 60_000);
afterAll(async () => {
  await service.stop();
  await events?.close();
  await remove();
});

async function post(url: string, body: unknown): Promise<Response> {
  const headers = { 'content-type': 'application/json' };
  return fetch(`${service.address}${url}`, { method: 'POST', headers, body: JSON.stringify(body) });
}

async function linksOf(
  text: string,
  more: object = {},
): Promise<readonly (Link & { score: number })[]> {
  const response = await post('/v1/entities', { texts: [{ id: 'c', text }], ...more });
  expect(response.status).toBe(200);
  const { results } = (await response.json()) as {
    readonly results: readonly { readonly entities: readonly (Link & { score: number })[] }[];
  };
  return results[0]?.entities ?? [];
}

/** How surely the word is a link; 0 for none. */
async function appleIn(text: string, more: object = {}): Promise<number> {
  const links = await linksOf(text, more);
  return links.find(({ surface }) => surface === 'apple')?.score ?? 0;
}

describe('an ambiguous word of a comment', () => {
  const text = 'well this apple here';

  it("is decided by the comment's own words, or left alone", async () => {
    const alone = await appleIn(text);
    expect(await appleIn('well this apple has an iphone camera')).toBeGreaterThan(alone);
    expect(await appleIn('well this apple is on a tree in the garden')).toBeLessThanOrEqual(alone);
    expect(alone).toBeLessThan(0.5);
  });

  it('is decided by the words of a video that the snapshot knows', async () => {
    const alone = await appleIn(text);
    expect(await appleIn(text, { video: 'phones' })).toBeGreaterThan(alone);
    expect(await appleIn(text, { video: 'garden' })).toBeLessThanOrEqual(alone);
    expect(await appleIn(text, { video: 'nobody knows it' })).toBe(alone);
  });

  it('is decided by the words of a video that an event told of just now', async () => {
    const alone = await appleIn(text);
    const at = new Date().toISOString();
    const sent = await post('/v1/events', [
      { type: 'video', eventId: 'e1', at, video: 'fresh', title: 'iPhone CAMERA' },
      // An event goes before what the snapshot keeps.
      { type: 'video', eventId: 'e2', at, video: 'garden', title: 'iphone camera' },
    ]);
    expect(await sent.json()).toMatchObject({ accepted: 2 });
    expect(await appleIn(text, { video: 'fresh' })).toBeGreaterThan(alone);
    expect(await appleIn(text, { video: 'garden' })).toBeGreaterThan(alone);
  });
});

describe('links of hostile texts', () => {
  it.each([
    ['full-width letters', 'so ＦＥＲＲＡＲＩ wins', 'ＦＥＲＲＡＲＩ', 'ferrari'],
    [
      'decomposed letters',
      'my cre\u0300me bru\u0302le\u0301e now',
      'cre\u0300me bru\u0302le\u0301e',
      'crème brûlée',
    ],
    ['right-to-left text', 'أحب قهوة عربية كل يوم', 'قهوة عربية', 'قهوة عربية'],
    ['emoji beside a name', '👩‍👩‍👧Ferrari👍🏽 yes', 'Ferrari', 'ferrari'],
    ['a half of a pair beside a name', '\ud83d Ferrari \ude00', 'Ferrari', 'ferrari'],
    [
      'a name among characters without spaces',
      '昨日は東京タワーに行った🗼',
      '東京タワー',
      '東京タワー',
    ],
  ])('stand at the exact span: %s', async (_, text, surface, query) => {
    const link = (await linksOf(text)).find((each) => each.query === query);
    expect(link?.surface).toBe(surface);
    expect(text.slice(link?.start, link?.end)).toBe(surface);
  });

  it('never split a grapheme: marks and joiners that follow a name belong to it', async () => {
    for (const [text, surfaces] of [
      // With the mark it is another word.
      ['a Ferrari\u0301 b', []],
      ['a Ferrari\u200d b', ['Ferrari\u200d']],
      ['a Ferrari\ufe0f b', ['Ferrari\ufe0f']],
      ['東京タワー\u3099x', []],
    ] as const) {
      const edges = new Set([0]);
      let at = 0;
      for (const grapheme of graphemes(text)) {
        at += grapheme.length;
        edges.add(at);
      }
      const links = await linksOf(text);
      expect(links.map(({ surface }) => surface)).toEqual(surfaces);
      for (const { start, end } of links) {
        expect([edges.has(start), edges.has(end)]).toEqual([true, true]);
      }
    }
  });

  it('never lead to what is personal, blocked, an account or an address', async () => {
    let linked = 0;
    for (const text of [
      'call Ferrari at +1 555 123 4567 now',
      'pay Anna Ferrari with 4111 1111 1111 1111',
      'write ferrari@example.net or @ferrari or @Ferrari_team',
      'go to https://example.net/ferrari or www.example.net/Ferrari',
      'HTTPS://EXAMPLE.NET/Ferrari',
      'we saw P0rn Ferrari, Porn Ferrari and p.o.r.n',
    ]) {
      for (const { surface, query, start } of await linksOf(text, { limitPerText: 20 })) {
        expect(`${surface} ${query}`).not.toMatch(/\d{3}|@|example|p.?[o0].?r.?n/i);
        expect(text.slice(Math.max(0, start - 1), start)).not.toMatch(/[@/.]/);
        linked++;
      }
    }
    expect(linked).toBeGreaterThan(0);
  });

  it('answer the largest request, each text at most limitPerText links', async () => {
    const text = 'Ferrari 東京タワー '.repeat(400).slice(0, 5000);
    const texts = Array.from({ length: 200 }, (_, i) => ({ id: `${i}`, text }));
    const response = await post('/v1/entities', { texts, limitPerText: 20 });
    expect(response.status).toBe(200);
    const { results } = (await response.json()) as { readonly results: { entities: Link[] }[] };
    expect(results.length).toBe(200);
    for (const { entities } of results) expect(entities.length).toBe(20);
  });
});
