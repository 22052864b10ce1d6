import { randomBytes } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import Schema from 'typebox/schema';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AUTHORISED, PeopleServer, recordsIn } from './people-fixture.ts';

const ANN = 'ann@example.org';
const BOB = 'bob';

let server: PeopleServer;
beforeEach(async () => {
  server = await PeopleServer.start();
});
afterEach(() => server.dispose());

const hashOf = (user: string) => server.events.hasher.hashUser(user);

/** Some of everything that a user can do. */
async function live(user: string, session: string, secretQuery: string): Promise<void> {
  await server.send(
    { type: 'search', query: secretQuery, user, session },
    { type: 'watch', video: `video of ${secretQuery}`, seconds: 30, user, session },
    { type: 'search', query: 'new shoes', user, session },
    // Of the same session, before it was known whose it is.
    { type: 'search', query: `${secretQuery} again`, session },
  );
  const { requestId, suggestions } = await server.suggest(
    `q=new&user=${encodeURIComponent(user)}&session=${session}`,
  );
  await server.send(
    {
      type: 'impression',
      requestId,
      surface: 'suggest',
      items: [{ id: suggestions[0].id, position: 1 }],
      user,
    },
    {
      type: 'click',
      requestId,
      surface: 'suggest',
      id: suggestions[0].id,
      position: 1,
      user,
      session,
    },
  );
}

describe('the admin key', () => {
  it('hides the routes while there is none', async () => {
    await server.restart({ adminKey: null });
    for (const method of ['GET', 'DELETE', 'POST']) {
      const answer = await server.request(BOB, method);
      expect([answer.status, (await answer.json()).code]).toEqual([404, 'not_found']);
    }
    expect((await server.request('%ff')).status).toBe(404);
  });

  it('must be brought, before anything is said of the request', async () => {
    for (const headers of [
      {},
      { authorization: 'Bearer other' },
      { authorization: 'the admin key' },
    ]) {
      for (const user of [BOB, '%ff', 'x'.repeat(200)]) {
        const answer = await server.request(user, 'DELETE', headers as Record<string, string>);
        expect([answer.status, (await answer.json()).code]).toEqual([401, 'unauthorized']);
        expect(answer.headers.get('www-authenticate')).toBe('Bearer');
      }
    }
  });

  it('may be the one that the server made for its own page', async () => {
    await server.restart({ adminKey: null, pageKey: 'of the page' });
    const page = { authorization: 'Bearer of the page' };
    for (const method of ['GET', 'DELETE']) {
      expect((await server.request(BOB, method, page)).status).toBe(200);
      expect((await server.request(BOB, method)).status).toBe(401);
    }
    expect((await server.request('%ff', 'GET', page)).status).toBe(400);
  });

  it('lets other methods be told which there are', async () => {
    const answer = await server.request(BOB, 'POST');
    expect([answer.status, answer.headers.get('allow')]).toEqual([
      405,
      'DELETE, GET, HEAD, OPTIONS',
    ]);
  });
});

describe('the id of a user', () => {
  it.each([
    ['%ff', 'invalid_encoding'],
    ['%', 'invalid_encoding'],
    ['x'.repeat(129), 'invalid_parameter'],
    [encodeURIComponent('é'.repeat(65)), 'invalid_parameter'],
  ])('%s is refused', async (user, code) => {
    const answer = await server.request(user);
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({ code, parameter: 'user' });
  });

  it('may have 128 bytes of any kind, percent-encoded', async () => {
    for (const user of ['x'.repeat(128), 'a/b?c#d %', '北京'.repeat(21), '👩‍👩‍👧', '..%2f']) {
      await server.send({ type: 'search', query: 'new york', user });
      const told = await server.export(encodeURIComponent(user));
      expect([told.user, told.events.length]).toEqual([user, 1]);
    }
  });

  it('that nobody has is empty, and its erasure has zeros', async () => {
    const told = await server.export('stranger');
    expect(told).toMatchObject({ erasure: null, profiles: [], live: {}, events: [], served: [] });
    const receipt = await server.erase('stranger');
    expect(receipt.status).toBe('erased');
    for (const { status, removed } of receipt.places)
      expect([status, removed]).toEqual(['erased', 0]);
  });
});

describe('what is kept of a user', () => {
  it('is told: profile, events, lists, and what is in memory; of nobody else', async () => {
    await live(ANN, 's-1', 'quiet purple teapots');
    await live(BOB, 's-2', 'loud green kettles');
    const told = await server.export(encodeURIComponent(ANN));
    expect(told.events.map(({ event }: { event: { type: string } }) => event.type)).toEqual([
      'search',
      'watch',
      'search',
      'search',
      'impression',
      'click',
    ]);
    expect(told.profiles[0].searches.map(({ query }: { query: string }) => query)).toContain(
      'quiet purple teapots',
    );
    expect(told.live.sessions[0].queries).toContain('quiet purple teapots');
    expect(told.served).toHaveLength(1);
    expect(told.served[0].ids.length).toBeGreaterThan(0);
    expect(told.served[0].features.length % told.served[0].ids.length).toBe(0);
    expect(JSON.stringify(told)).not.toContain('loud green');
    expect(JSON.stringify(told)).not.toContain(hashOf(BOB));
  });

  it('is described truly', async () => {
    const description = await (await fetch(`${server.service.address}/openapi.json`)).json();
    const operations = description.paths['/v1/users/{user}'];
    await live(ANN, 's-1', 'quiet purple teapots');
    for (const method of ['get', 'delete']) {
      for (const [user, headers] of [
        [ANN, AUTHORISED],
        [ANN, {}],
        ['%', AUTHORISED],
      ] as const) {
        const answer = await server.request(
          user,
          method.toUpperCase(),
          headers as Record<string, string>,
        );
        const mediaType = String(answer.headers.get('content-type')).split(';', 1)[0] ?? '';
        const { schema } = operations[method].responses[answer.status].content[mediaType];
        expect(Schema.Errors(schema, await answer.json())).toEqual([true, []]);
      }
    }
  });
});

describe('an erased user', () => {
  it('is in no byte of the data folder, nor in any answer; others are as they were', async () => {
    const word = randomBytes(12).toString('hex');
    await live(ANN, 's-1', `teapot ${word}`);
    await live(BOB, 's-2', 'loud green kettles');
    // Twice, as a start reads and writes it all.
    await server.restart();
    await live(ANN, 's-3', `cup ${word}`);
    const marks = [word, hashOf(ANN), server.events.hasher.hashSession('s-1'), 'ann@'];
    expect((await server.filesWith(...marks)).length).toBeGreaterThan(2);
    const bobBefore = await server.export(BOB);

    const receipt = await server.erase(encodeURIComponent(ANN));
    expect(receipt).toMatchObject({ user: ANN, status: 'erased' });
    const removed = Object.fromEntries(
      receipt.places.map(({ place, removed: count }: { place: string; removed: number }) => [
        place,
        count,
      ]),
    );
    expect(removed).toMatchObject({ events: 12, 'served lists': 2, profiles: expect.any(Number) });
    expect(removed.profiles).toBeGreaterThan(0);
    expect(removed.sessions).toBeGreaterThan(0);

    expect(await server.filesWith(...marks)).toEqual([]);
    const bobAfter = await server.export(BOB);
    expect({ ...bobAfter, requestId: '', exportedAt: '' }).toEqual({
      ...bobBefore,
      requestId: '',
      exportedAt: '',
    });
    const told = await server.export(encodeURIComponent(ANN));
    expect(told).toMatchObject({ erasure: null, profiles: [], live: {}, events: [], served: [] });
    const shown = await server.suggest(`q=t&user=${encodeURIComponent(ANN)}`);
    expect([shown.personalised, JSON.stringify(shown).includes(word)]).toEqual([false, false]);
    expect((await server.suggest(`user=${encodeURIComponent(ANN)}`)).personalised).toBe(false);

    await server.restart();
    // But for the two requests after it: lists that were shown to her since.
    const since = await server.filesWith(...marks);
    expect(since.every((file) => file.startsWith('served'))).toBe(true);
    expect(await server.filesWith(word, server.events.hasher.hashSession('s-1'), 'ann@')).toEqual(
      [],
    );
    expect((await server.export(encodeURIComponent(ANN))).events).toEqual([]);
    expect((await server.export(BOB)).events).toEqual(bobBefore.events);
  });

  it('begins anew with the next event, and its events are taken once as before', async () => {
    await live(ANN, 's-1', 'quiet purple teapots');
    await server.erase(encodeURIComponent(ANN));
    await server.send({ type: 'search', query: 'new york', user: ANN });
    const told = await server.export(encodeURIComponent(ANN));
    expect(told.events).toHaveLength(1);
    expect(told.profiles[0].searches).toHaveLength(1);
    const shown = await server.suggest(`user=${encodeURIComponent(ANN)}`);
    expect(shown.suggestions[0]).toMatchObject({ text: 'new york', source: 'history' });
  });

  it('leaves the sessions that others shared to them', async () => {
    await server.send(
      { type: 'search', query: 'of ann', user: ANN, session: 'shared' },
      { type: 'search', query: 'of bob', user: BOB, session: 'shared' },
      { type: 'search', query: 'of one of them', session: 'shared' },
    );
    await server.erase(encodeURIComponent(ANN));
    const left = (await recordsIn(server.events)).map(
      ({ event }) => 'query' in event && event.query,
    );
    expect(left).toEqual(['of bob', 'of one of them']);
  });

  it('is nobody while the erasure goes on, whatever arrives', async () => {
    await live(ANN, 's-1', 'quiet purple teapots');
    const erased = server.erase(encodeURIComponent(ANN));
    const sent = Array.from({ length: 40 }, (_, i) =>
      server.send({ type: 'search', query: `meanwhile ${i}`, user: ANN, session: 's-1' }),
    );
    await Promise.all([erased, ...sent]);
    // What came before or after it is erased or kept whole: in no place is there what another lacks.
    const told = await server.export(encodeURIComponent(ANN));
    const named = told.events.map(({ event }: { event: { query: string } }) => event.query).sort();
    const profiled = (told.profiles[0]?.searches ?? []).map(
      ({ query }: { query: string }) => query,
    );
    expect(profiled.sort()).toEqual(named);
    expect(JSON.stringify(told)).not.toContain('teapots');
    const all = (await recordsIn(server.events)).filter(
      ({ event, user }) =>
        event.type === 'search' && user === null && event.query.startsWith('meanwhile'),
    );
    for (const { session } of all) expect(session).toBeNull();
  });

  it('is found under earlier secrets as well, and known by them until it has a profile of its own', async () => {
    await live(ANN, 's-1', 'quiet purple teapots');
    const earlier = hashOf(ANN);
    const secretFile = path.join(server.dataDir, 'user-secret');
    await server.close();
    const secrets = await readFile(secretFile, 'utf8');
    await writeFile(secretFile, `${randomBytes(32).toString('hex')}\n${secrets}`);
    await server.open();
    expect(hashOf(ANN)).not.toBe(earlier);
    const shown = await server.suggest(`user=${encodeURIComponent(ANN)}`);
    expect(shown.suggestions[0].source).toBe('history');
    await server.send({ type: 'search', query: 'new york', user: ANN });
    const told = await server.export(encodeURIComponent(ANN));
    expect(told.events).toHaveLength(7);
    const history = (await server.suggest(`user=${encodeURIComponent(ANN)}`)).suggestions;
    expect(history.map(({ text }: { text: string }) => text)).toEqual(
      expect.arrayContaining(['new york', 'quiet purple teapots']),
    );
    const receipt = await server.erase(encodeURIComponent(ANN));
    expect(receipt.status).toBe('erased');
    expect(await server.filesWith(earlier, hashOf(ANN), 'purple')).toEqual([]);
    expect((await server.suggest(`user=${encodeURIComponent(ANN)}`)).personalised).toBe(false);
  });
});
