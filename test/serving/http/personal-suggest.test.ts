import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { normalise } from '../../../dictionaries/normalise.ts';
import { MemoryEventLog } from '../../../indexer/events/memory-event-log.ts';
import { UserHasher } from '../../../indexer/events/user-hasher.ts';
import { publishSnapshot } from '../../../indexer/segment/publish.ts';
import { SegmentBuilder } from '../../../indexer/segment/segment-builder.ts';
import { EventIntake } from '../../../serving/events/event-intake.ts';
import { SeenIds } from '../../../serving/events/seen-ids.ts';
import { type Service, startService } from '../../../serving/service.ts';
import { IndexDirectory } from '../../../serving/snapshot/index-directory.ts';
import { makeFolder } from '../../support/index-fixture.ts';

const TEXTS = ['new york', 'news', 'new york pizza', 'newcastle', 'new balance', 'old town'];
const KEY = 'a-key';

let service: Service;
let intake: EventIntake;
let remove: () => Promise<void>;

beforeEach(async () => {
  const made = await makeFolder();
  remove = made.remove;
  const builder = new SegmentBuilder();
  TEXTS.forEach((surface, place) => {
    builder.add({ surface, normalised: normalise(surface), score: 100 - place });
  });
  await publishSnapshot(made.folder, {
    segment: builder.finish(),
    info: {
      ...{ asOf: null, market: null, markets: [{ market: 'und', completions: TEXTS.length }] },
      ...{ completions: TEXTS.length, minUsers: 5, group: 'surface', safety: true },
      ...{ halfLifeDays: 0, input: {} },
    },
  });
  intake = new EventIntake({
    log: new MemoryEventLog(),
    seen: { ids: new SeenIds({ low: 1, high: 2 }), end: 0, close: async () => {} },
    hasher: new UserHasher([Buffer.alloc(32)]),
    report: () => {},
  });
  service = await startService({
    source: new IndexDirectory(made.folder),
    ...{ host: '127.0.0.1', port: 0, pollMs: 60_000, log: () => {}, version: '0.0.0-test' },
    ...{ adminKey: KEY, events: intake },
  });
});
afterEach(async () => {
  await service.stop();
  await intake.close();
  await remove();
});

let next = 0;

async function post(...events: readonly Readonly<Record<string, unknown>>[]): Promise<void> {
  const at = new Date().toISOString();
  const payload = events.map((event) => ({ eventId: `e${next++}`, at, ...event }));
  const response = await fetch(`${service.address}/v1/events`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(payload),
  });
  expect(await response.json()).toMatchObject({ accepted: events.length, rejected: [] });
}

async function ask(parameters: Readonly<Record<string, string>>, headers = {}) {
  const query = new URLSearchParams({ q: 'new', ...parameters });
  const response = await fetch(`${service.address}/v1/suggest?${query}`, { headers });
  expect(response.status).toBe(200);
  const { requestId, ...answer } = await response.json();
  expect(requestId).toEqual(expect.any(String));
  return answer;
}

const search = (user: string, query: string) => ({ type: 'search', user, query });
const textsOf = ({ suggestions }: { suggestions: readonly { text: string }[] }) =>
  suggestions.map(({ text }) => text);

describe('GET /v1/suggest for somebody', () => {
  it('answers by the very next request what an accepted search of theirs tells, and to nobody else', async () => {
    const before = await ask({ user: 'ann' });
    expect(before).toEqual(await ask({}));
    expect(before.personalised).toBe(false);
    await post(
      search('ann', 'New Balance'),
      search('ann', 'New Zorkmid'),
      search('ann', 'old town'),
    );
    const own = await ask({ user: 'ann' });
    expect(own.personalised).toBe(true);
    expect(textsOf(own)).toEqual(expect.arrayContaining(['new balance', 'New Zorkmid']));
    expect(textsOf(own).indexOf('new balance')).toBeLessThan(textsOf(own).indexOf('news'));
    expect(own.suggestions).toContainEqual(
      expect.objectContaining({ text: 'New Zorkmid', source: 'history' }),
    );
    expect(await ask({ user: 'bob' })).toEqual(before);
    expect(await ask({})).toEqual(before);
    expect(await ask({ user: 'ann', personalise: 'false' })).toEqual(before);
  });

  it('forgets what the user removes, by the id that it was shown under', async () => {
    await post(search('ann', 'New Zorkmid'), search('ann', 'old town'));
    const { suggestions } = await ask({ user: 'ann' });
    const entry = suggestions.find(({ text }: { text: string }) => text === 'New Zorkmid');
    await post({ type: 'remove', user: 'ann', id: entry.id });
    expect(textsOf(await ask({ user: 'ann' }))).not.toContain('New Zorkmid');
    await post(search('ann', 'New Zorkmid'), search('ann', 'old town'));
    expect(textsOf(await ask({ user: 'ann' }))).toContain('New Zorkmid');
  });

  it('knows a session of nobody in particular', async () => {
    await post(
      { type: 'search', session: 's1', query: 'newcastle' },
      { type: 'search', session: 's1', query: 'old town' },
    );
    const own = await ask({ session: 's1' });
    expect([own.personalised, textsOf(own)[0]]).toEqual([true, 'newcastle']);
    expect((await ask({ session: 's2' })).personalised).toBe(false);
  });

  it('explains a personal answer to who has the key', async () => {
    await post(search('ann', 'newcastle'), search('ann', 'old town'));
    const headers = { authorization: `Bearer ${KEY}` };
    const answer = await ask({ user: 'ann', explain: 'true' }, headers);
    expect(answer.explain).toMatchObject({ ranker: 'default', candidates: expect.any(Number) });
    expect(Object.keys(answer.explain.stageMicroseconds)).toHaveLength(5);
    for (const { explain } of answer.suggestions) {
      const parts: readonly number[] = Object.values(explain.contributions);
      const sum = parts.reduce((all, part) => all + part, answer.explain.bias);
      expect(sum).toBeCloseTo(explain.rankScore, 3);
      expect(explain.rules).toContain('blocklist');
      expect(explain.sources.length).toBeGreaterThan(0);
    }
    expect(answer.suggestions[0]).toMatchObject({
      text: 'newcastle',
      explain: { features: { ownQuery: 1 } },
    });
    const plain = await ask({ explain: 'true' }, headers);
    expect(plain.explain).toBeUndefined();
  });

  it('tells how long the stages take', async () => {
    await post(search('ann', 'newcastle'), search('ann', 'old town'));
    await ask({ user: 'ann' });
    const metrics = await (await fetch(`${service.address}/metrics`)).text();
    for (const stage of ['generate', 'hydrate', 'rank', 'filter', 'select']) {
      expect(metrics).toContain(`foretype_personal_stage_seconds_count{stage="${stage}"} 1`);
    }
  });
});
