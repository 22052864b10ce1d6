import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  BRIDGES,
  HAND_MADE,
  type Planted,
  type PlantedFiles,
  plantedBy,
  writePlantedWorld,
} from '../../support/planted-world.ts';
import { type BuiltService, startBuilt } from './built-service.ts';

/** Longest beginning of a planted text that is typed, letter by letter. */
const MOST_TYPED = 24;
const SLOW_MS = 300_000;

let built: BuiltService;
let planted: PlantedFiles;
let texts: readonly Planted[];

beforeAll(async () => {
  built = await startBuilt(async (folder) => {
    planted = await writePlantedWorld(path.join(folder, 'world'));
    const [queries = '', videos = '', comments = ''] = planted.files;
    return ['--queries', queries, '--videos', videos, '--comments', comments];
  });
  texts = [...HAND_MADE, ...plantedBy(planted.world)];
}, SLOW_MS);
afterAll(() => built?.stop());

/** Every text that an answer shows. */
async function shownAt(url: string): Promise<readonly string[]> {
  const answer = await built.service.server.inject({ url });
  expect(answer.statusCode, url).toBe(200);
  return answer.json().suggestions.map(({ text }: { text: string }) => text);
}

const related = (query: string, more = '') =>
  shownAt(`/v1/related?limit=20&q=${encodeURIComponent(query)}${more}`);
const suggest = (query: string, more = '') =>
  shownAt(`/v1/suggest?limit=20&q=${encodeURIComponent(query)}${more}`);

async function linksIn(comments: readonly string[], video: string): Promise<readonly string[]> {
  const answer = await built.service.server.inject({
    method: 'POST',
    url: '/v1/entities',
    payload: {
      texts: comments.map((text, id) => ({ id: `c${id}`, text })),
      video,
      limitPerText: 20,
    },
  });
  expect(answer.statusCode).toBe(200);
  const results: { entities: { surface: string; query: string; entity: string }[] }[] =
    answer.json().results;
  return results.flatMap(({ entities }) =>
    entities.flatMap(({ surface, query, entity }) => [surface, query, entity]),
  );
}

/** What all surfaces show to whoever asks around the planted texts. */
async function showAll(): Promise<readonly string[]> {
  const asked = texts.map(({ text }) => text.slice(0, 100));
  const shown: (readonly string[])[] = [await shownAt('/v1/suggest?limit=20')];
  for (const user of planted.users) shown.push(await suggest('', `&user=${user}`));
  for (const text of asked) {
    const letters = [...text];
    const typed = Math.min(letters.length, MOST_TYPED);
    for (let length = 1; length <= typed; length++) {
      shown.push(await suggest(letters.slice(0, length).join('')));
    }
    const user = `&user=${planted.users[0]}&session=planted-live`;
    shown.push(await suggest(text), await related(text), await related(text, user));
  }
  for (const query of BRIDGES) shown.push(await related(query), await suggest(query.slice(0, 6)));
  for (const video of [...planted.videos, 'planted-live']) {
    shown.push(await shownAt(`/v1/related?limit=20&video=${video}`));
    for (let from = 0; from < asked.length; from += 100) {
      const batch = asked.slice(from, from + 100);
      shown.push(await linksIn(batch, video));
      shown.push(
        await linksIn(
          batch.map((text) => `Watch ${text} by Garden Gnome`),
          video,
        ),
      );
    }
  }
  return [...new Set(shown.flat())];
}

function revealedIn(shown: readonly string[]): readonly string[] {
  return shown.filter((text) => texts.some(({ isRevealedBy }) => isRevealedBy(text)));
}

describe('texts that must never be shown', () => {
  it('have been planted for enough people that nothing but their form keeps them out', async () => {
    expect(texts.length).toBeGreaterThan(100);
    for (const { text, isRevealedBy } of texts) expect(isRevealedBy(text), text).toBe(true);
    expect(await related('garden gnome workshop')).toContain('bird bath fountain');
    expect(await shownAt(`/v1/related?video=${planted.videos[0]}`)).not.toEqual([]);
    const links = await linksIn(['I like the garden gnome workshop'], planted.videos[0] ?? '');
    expect(links).not.toEqual([]);
  });

  it(
    'are on no surface of a snapshot',
    async () => {
      const shown = await showAll();
      expect(shown.length).toBeGreaterThan(100);
      expect(revealedIn(shown)).toEqual([]);
    },
    SLOW_MS,
  );

  it(
    'are on no surface once they come as events',
    async () => {
      const at = new Date().toISOString();
      const live = texts.slice(0, 60).flatMap(({ text }, number) => [
        ...planted.users.flatMap((user) => [
          {
            type: 'search',
            eventId: `s-${number}-${user}`,
            at,
            user,
            session: 'planted-live',
            query: text,
            market: 'en-US',
            video: 'planted-live',
          },
          {
            type: 'comment',
            eventId: `c-${number}-${user}`,
            at,
            user,
            comment: `live-${number}-${user}`,
            video: 'planted-live',
            text: `look at ${text}`,
          },
        ]),
        {
          type: 'video',
          eventId: `v-${number}`,
          at,
          video: number === 0 ? 'planted-live' : `planted-live-${number}`,
          title: `Garden Gnome ${text}`,
          tags: [text],
          description: text,
        },
      ]);
      for (let from = 0; from < live.length; from += 500) {
        const payload = live.slice(from, from + 500);
        const answer = await built.service.server.inject({
          method: 'POST',
          url: '/v1/events',
          payload,
        });
        expect(answer.statusCode).toBe(202);
        expect(answer.json().rejected).toEqual([]);
      }
      const shown = await showAll();
      expect(shown.length).toBeGreaterThan(100);
      expect(revealedIn(shown)).toEqual([]);
    },
    SLOW_MS,
  );
});
