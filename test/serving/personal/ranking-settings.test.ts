import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parseModel } from '../../../ranking/rankers/model-file.ts';
import { openEventStore } from '../../../serving/events/event-store.ts';
import type { RankingSettings } from '../../../serving/personal/create-personal-suggest.ts';
import { startService } from '../../../serving/service.ts';
import { IndexDirectory } from '../../../serving/snapshot/index-directory.ts';
import { makeFolder, publishTexts } from '../../support/index-fixture.ts';

const KEY = 'key';
/** Orders by what was clicked, then the longest first. */
const MODEL = parseModel(
  JSON.stringify({
    ...{ format: 1, name: 'longest', kind: 'linear', featureList: 1 },
    ...{ features: ['lettersLeft', 'clickRate'], bias: 0, weights: [1, 100], diversity: 0 },
  }),
  'longest',
);

let folder: string;
let remove: () => Promise<void>;
const stops: (() => Promise<void>)[] = [];
beforeEach(async () => {
  ({ folder, remove } = await makeFolder());
  await publishTexts(path.join(folder, 'index'), ['news', 'new york', 'newcastle united']);
});
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
  await remove();
});

async function start(ranking: RankingSettings) {
  const events = await openEventStore({ dataDir: path.join(folder, 'data'), report: () => {} });
  const service = await startService({
    ...{ source: new IndexDirectory(path.join(folder, 'index')), events, ranking, adminKey: KEY },
    ...{ host: '127.0.0.1', port: 0, pollMs: 3_600_000, version: '0', log: () => {} },
  });
  stops.push(async () => {
    await service.stop();
    await events.close();
  });
  let sent = 0;
  const send = async (event: object) => {
    const answer = await fetch(`${service.address}/v1/events`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify([{ eventId: `e${sent++}`, at: Date.now(), user: 'ann', ...event }]),
    });
    expect(await answer.json()).toMatchObject({ accepted: 1 });
  };
  await send({ type: 'search', query: 'cars' });
  const ask = async () => {
    const answer = await fetch(`${service.address}/v1/suggest?q=new&user=ann&explain=true`, {
      headers: { authorization: `Bearer ${KEY}` },
    });
    return (await answer.json()) as Answer;
  };
  return { send, ask };
}

interface Answer {
  readonly requestId: string;
  readonly suggestions: readonly {
    readonly id: string;
    readonly text: string;
    readonly explain: { readonly features: { readonly clickRate: number } };
  }[];
  readonly explain: { readonly ranker: string };
}

const textsOf = ({ suggestions }: Answer) => suggestions.map(({ text }) => text);

describe('how a server orders suggestions', () => {
  it('is as its settings say', async () => {
    const { ask } = await start({ model: MODEL });
    const answer = await ask();
    expect(answer.explain.ranker).toBe('longest');
    expect(textsOf(answer)).toEqual(['newcastle united', 'new york', 'news']);
  });

  it.each([
    ['as its settings say', { positionBias: 0, smoothing: 1 }, 1 / (1 + 1)],
    ['by default lower positions as less looked at', {}, 20 / (20 + 10 ** -0.7)],
  ])('counts looks %s', async (_, settings, left) => {
    const { send, ask } = await start({ model: MODEL, ...settings });
    const { requestId, suggestions } = await ask();
    const items = [{ id: suggestions[0]?.id, position: 10 }];
    await send({ type: 'impression', requestId, surface: 'suggest', items });
    const rates = (await ask()).suggestions.map(({ explain }) => explain.features.clickRate);
    // Shown once, and not taken: of the usual rate so much is left.
    expect(Math.min(...rates)).toBeCloseTo(Math.log2(left), 4);
    expect(Math.max(...rates)).toBe(0);
  });
});
