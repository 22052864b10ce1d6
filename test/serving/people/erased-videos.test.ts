import { afterEach, beforeEach, expect, it } from 'vitest';
import { PeopleServer } from './people-fixture.ts';

let server: PeopleServer;
beforeEach(async () => {
  server = await PeopleServer.start();
});
afterEach(() => server.dispose());

const video = (id: string, user: string, more: object = {}) => ({
  ...{ type: 'video', video: id, title: 'All the news from Zorkmid', tags: ['#Zorkmid'] },
  ...{ creator: `creator of ${id}`, user },
  ...more,
});
const textsOf = ({ suggestions }: { suggestions: readonly { text: string }[] }) =>
  suggestions.map(({ text }) => text);

async function related(id: string): Promise<readonly string[]> {
  const answer = await fetch(`${server.service.address}/v1/related?video=${id}`);
  return textsOf(await answer.json());
}

it('tags of a user’s videos count no more once they are erased; those of others do', async () => {
  await server.send(video('v1', 'ann', { tags: ['#Zorkmid', 'zorgon'] }), video('v2', 'bob'));
  const shown = textsOf(await server.suggest('q=zor'));
  expect(shown).toContain('Zorkmid');
  expect(shown).toContain('zorgon');
  const receipt = await server.erase('ann');
  expect(receipt.places).toContainEqual(expect.objectContaining({ place: 'fresh', removed: 2 }));
  const left = textsOf(await server.suggest('q=zor'));
  expect(left).toContain('Zorkmid');
  expect(left).not.toContain('zorgon');
});

it('texts and comments of an erased user lead nowhere, with no restart', async () => {
  await server.send(
    video('v1', 'ann'),
    video('v2', 'bob'),
    video('v3', 'bob', { title: 'Zorkmid' }),
    { type: 'comment', comment: 'c1', video: 'v3', text: 'new york', user: 'ann' },
  );
  for (const id of ['v1', 'v2', 'v3']) expect(await related(id)).not.toEqual([]);
  const receipt = await server.erase('ann');
  expect(receipt.places).toContainEqual(expect.objectContaining({ place: 'videos', removed: 2 }));
  expect(await related('v1')).toEqual([]);
  expect(await related('v2')).not.toEqual([]);
  expect(await related('v3')).toEqual([]);
});
