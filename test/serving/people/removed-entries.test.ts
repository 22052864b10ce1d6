import { afterEach, beforeEach, expect, it } from 'vitest';
import { PeopleServer } from './people-fixture.ts';

let server: PeopleServer;
beforeEach(async () => {
  server = await PeopleServer.start();
});
afterEach(() => server.dispose());

const who = { user: 'ann', session: 's' };

async function shown(query: string): Promise<readonly { id: string; text: string }[]> {
  return (await server.suggest(query)).suggestions;
}

const PLACES = [
  'user=ann',
  'user=ann&session=s',
  'q=n&user=ann',
  'q=new&user=ann&session=s',
  'q=te&user=ann',
];

async function everywhere(): Promise<readonly string[]> {
  const texts = [];
  for (const place of PLACES)
    texts.push(...(await shown(place)).map(({ text }) => text.toLowerCase()));
  return texts;
}

it('what a user removes, by either id or any spelling, is not shown to them until they search it anew', async () => {
  await server.send(
    { type: 'search', query: 'New Shoes', ...who },
    { type: 'search', query: 'teal lamp', ...who },
    { type: 'search', query: 'news', ...who },
  );
  expect(await everywhere()).toEqual(expect.arrayContaining(['new shoes', 'teal lamp', 'news']));
  const own = (await shown('q=te&user=ann')).find(({ text }) => text === 'teal lamp');
  const completion = (await shown('q=news')).find(({ text }) => text === 'news');
  await server.send(
    { type: 'remove', id: own?.id, ...who },
    { type: 'remove', id: completion?.id, ...who },
    { type: 'remove', query: ' NEW   shoes ', ...who },
  );
  for (let start = 0; start < 2; start++) {
    const texts = await everywhere();
    for (const removed of ['new shoes', 'teal lamp', 'news']) expect(texts).not.toContain(removed);
    expect(texts).toContain('new york');
    expect((await shown('q=new')).map(({ text }) => text)).toContain('news');
    await server.restart();
  }
  await server.send({ type: 'search', query: 'teal lamp', ...who });
  expect(await everywhere()).toContain('teal lamp');
  expect(await everywhere()).not.toContain('news');
});
