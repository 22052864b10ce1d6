import { cp, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { publishTexts } from '../../support/index-fixture.ts';
import { AUTHORISED, PeopleServer } from '../people/people-fixture.ts';

let server: PeopleServer;
beforeEach(async () => {
  // Its time stands still between events: nothing fades from one answer to the next.
  server = await PeopleServer.start({ clock: 'events' });
});
afterEach(() => server.dispose());

/** The rates of what is shown to a user, by text. */
async function ratesFor(user: string) {
  const url = `${server.service.address}/v1/suggest?q=new&user=${user}&explain=true`;
  const { suggestions } = await (await fetch(url, { headers: AUTHORISED })).json();
  const rates = new Map<string, readonly number[]>();
  for (const { text, explain } of suggestions) {
    const { clickRate, prefixClickRate } = explain.features;
    rates.set(text, [clickRate, prefixClickRate]);
  }
  return rates;
}

/** Many take what stands last for who typed `new`. */
async function clickLast(): Promise<string> {
  await server.send({ type: 'search', query: 'news', user: 'ann' });
  const { requestId, suggestions } = await server.suggest('q=new&user=ann');
  const items = suggestions.map(({ id }: { id: string }, i: number) => ({ id, position: i + 1 }));
  const { id, text } = suggestions.at(-1);
  const event = { requestId, surface: 'suggest' };
  for (const user of ['bob', 'cleo', 'dan', 'eve']) {
    await server.send(
      { ...event, type: 'impression', items, user },
      { ...event, type: 'click', id, position: items.length, user },
    );
  }
  return text;
}

describe('clicks from before', () => {
  it('count in the first answer after a restart as in the last before', async () => {
    const taken = await clickLast();
    await ratesFor('ann');
    const before = await ratesFor('ann');
    expect(before.get(taken)?.[0]).toBeGreaterThan(0);
    expect(before.get(taken)?.[1]).toBeGreaterThan(0);
    await server.restart({ clock: 'events' });
    expect(await ratesFor('ann')).toEqual(before);
  });

  it('count as they did where the process ended as soon as they were accepted', async () => {
    const taken = await clickLast();
    const aside = path.join(server.folder, 'aside');
    // The process that held the locks would be gone.
    const isKept = (file: string) => path.basename(file) !== '.lock';
    await cp(server.dataDir, aside, { recursive: true, filter: isKept });
    const before = await ratesFor('ann');
    expect(before.get(taken)?.[1]).toBeGreaterThan(0);
    await server.close();
    await rm(server.dataDir, { recursive: true });
    await rename(aside, server.dataDir);
    await server.open({ clock: 'events' });
    expect(await ratesFor('ann')).toEqual(before);
  });

  it('count in the first answer from a new snapshot', async () => {
    const taken = await clickLast();
    const before = await ratesFor('ann');
    await publishTexts(path.join(server.folder, 'index'), ['new day', 'new york', 'news', taken]);
    await server.service.reload();
    expect((await ratesFor('ann')).get(taken)).toEqual(before.get(taken));
  });

  it('count for who is known, where the list was shown to nobody in particular', async () => {
    const { requestId, suggestions } = await server.suggest('q=new');
    const { id, text } = suggestions[0];
    const event = { type: 'click', requestId, surface: 'suggest', id, position: 1 };
    for (const user of ['bob', 'cleo', 'dan', 'eve']) await server.send({ ...event, user });
    await server.send({ type: 'search', query: 'new shoes', user: 'ann' });
    await server.restart({ clock: 'events' });
    expect((await ratesFor('ann')).get(text)?.[0]).toBeGreaterThan(0);
  });
});
