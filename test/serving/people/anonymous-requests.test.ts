import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { PeopleServer, recordsIn } from './people-fixture.ts';

let server: PeopleServer;
beforeEach(async () => {
  server = await PeopleServer.start();
});
afterEach(() => server.dispose());

const events = (requestId: string, surface: string) => {
  const who = { user: 'ann', session: 's-1' };
  return [
    { type: 'impression', requestId, surface, items: [{ id: 'x', position: 1 }], ...who },
    { type: 'click', requestId, surface, id: 'x', position: 1, ...who },
    { type: 'search', query: 'new york', requestId, ...who },
  ];
};

async function ask(path: string, body?: object): Promise<string> {
  const answer = await fetch(server.service.address + path, {
    ...(body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }),
    headers: { 'content-type': 'application/json' },
  });
  expect(answer.status).toBe(200);
  const { requestId } = await answer.json();
  expect(answer.headers.get('x-request-id')).toBe(requestId);
  return requestId;
}

describe('a request with personalise=false', () => {
  it('leaves no user beside any event that carries its id, on any surface, after a restart too', async () => {
    const who = { user: 'ann', session: 's-1' };
    const texts = [{ id: '1', text: 'new york' }];
    const ids = [
      ['suggest', await ask('/v1/suggest?q=new&user=ann&session=s-1&personalise=false')],
      ['suggest', await ask('/v1/suggest?user=ann&personalise=%66alse')],
      ['related', await ask('/v1/related?q=news&user=ann&session=s-1&personalise=false')],
      ['entities', await ask('/v1/entities', { texts, ...who, personalise: false })],
    ] as const;
    for (const [surface, id] of ids) await server.send(...events(id, surface));
    await server.restart();
    for (const [surface, id] of ids) await server.send(...events(id, surface));
    const records = await recordsIn(server.events);
    expect(records).toHaveLength(24);
    for (const { user, session } of records) expect([user, session]).toEqual([null, null]);
    expect((await server.export('ann')).profiles).toEqual([]);
    const lists = [];
    for await (const list of server.service.people?.served?.read() ?? []) lists.push(list);
    expect(lists.map(({ requestId }) => requestId)).toEqual([ids[0][1], ids[1][1]]);
    for (const { user, session } of lists) expect([user, session]).toEqual([null, null]);
  });

  it('takes nothing from other requests, nor does an id of the same form', async () => {
    const id = await ask('/v1/suggest?q=new&user=ann&session=s-1');
    const marked = await ask('/v1/suggest?q=new&user=ann&personalise=false');
    const forged = `${id}.${marked.slice(-12)}`;
    for (const requestId of [id, forged, marked.slice(0, -13)]) {
      await server.send(...events(requestId, 'suggest'));
    }
    const records = await recordsIn(server.events);
    expect(records).toHaveLength(9);
    for (const { user } of records) expect(user).toBe(server.events.hasher.hashUser('ann'));
  });
});

describe('a click', () => {
  it('tells of the suggestion that was shown, personal or not', async () => {
    for (let round = 0; round < 2; round++) {
      const { requestId, suggestions, personalised } = await server.suggest('q=new&user=ann');
      expect(personalised).toBe(round === 1);
      const [{ id }] = suggestions;
      await server.send({
        type: 'click',
        requestId,
        surface: 'suggest',
        id,
        position: 1,
        user: 'ann',
      });
      const last = (await recordsIn(server.events)).at(-1);
      expect(last?.enriched?.data).toMatchObject({ kind: 'item', terms: expect.anything() });
      await server.send({ type: 'search', query: 'new shoes', user: 'ann' });
    }
  });
});
