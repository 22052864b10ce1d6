import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import type { EventRecord } from '../../../indexer/events/event-record.ts';
import { ClickRates } from '../../../serving/personal/click-rates.ts';
import { KeptClickRates } from '../../../serving/personal/kept-click-rates.ts';
import type { ServedList } from '../../../serving/served/served-list.ts';

const AT_MS = Date.UTC(2026, 4, 31);
const dataDirs: string[] = [];
let dataDir = '';

beforeEach(async () => {
  dataDir = await mkdtemp(path.join(tmpdir(), 'foretype-clicks-'));
  dataDirs.push(dataDir);
});
afterAll(() => Promise.all(dataDirs.map((each) => rm(each, { recursive: true }))));

async function open() {
  const reports: string[] = [];
  const clicks = new ClickRates({ capacity: 64 });
  const log = { id: 'abcdefghijklmnop', end: 1_000 };
  const report = (line: string) => reports.push(line);
  return { clicks, reports, kept: await KeptClickRates.open({ clicks, dataDir, log, report }) };
}

function click(id: string, user: string, requestId = 'r1'): EventRecord {
  const base = { eventId: `${id}${user}`, atMs: AT_MS, requestId, id, position: 1 };
  const event = { ...base, type: 'click', surface: 'suggest' } as const;
  return { event, arrivedMs: AT_MS, user, session: null, market: 'und' };
}

async function* listOf(requestId: string, typed: string | null): AsyncGenerator<ServedList> {
  yield {
    ...{ requestId, atMs: AT_MS, user: 'u', session: null, market: 'und', snapshot: 's', typed },
    ...{ ranker: null, featureVersion: 1, ids: ['a'], features: new Float32Array(0) },
  };
}

describe('click rates of a data folder', () => {
  it('after a typed text are the same after a restart', async () => {
    const before = await open();
    before.clicks.noteRequest('r1', 'ne');
    for (const user of ['ann', 'bob']) before.clicks.apply(click('a', user));
    await before.kept.close();
    const after = await open();
    expect(after.clicks.rateAfter('ne', 'a')).toBeGreaterThan(0);
    expect(after.clicks.rateAfter('ne', 'a')).toBe(before.clicks.rateAfter('ne', 'a'));
    expect(after.clicks.rateOf('a')).toBe(before.clicks.rateOf('a'));
    expect(after.clicks.reached).toBe(2);
    expect(after.reports).toEqual([]);
  });

  it('know what was typed for requests from before the start, by the lists that were served', async () => {
    const { clicks, kept } = await open();
    await kept.noteServed({ latest: () => listOf('r1', 'ne') });
    clicks.apply(click('a', 'ann'));
    expect(clicks.rateAfter('ne', 'a')).toBeGreaterThan(0);
  });

  it('start without the served lists where these cannot be read', async () => {
    const { kept, reports } = await open();
    await kept.noteServed({
      async *latest() {
        yield* listOf('r1', null);
        throw new Error('damaged');
      },
    });
    expect(reports).toHaveLength(1);
  });

  it('are on disk without what was forgotten, before anything else is done', async () => {
    const before = await open();
    before.clicks.apply(click('own entry', 'ann'));
    before.clicks.apply(click('a', 'ann'));
    await before.kept.persist();
    before.kept.forgetTraces({ suggestionIds: new Set(['own entry']), requestIds: new Set() });
    await before.kept.persist();
    const after = await open();
    expect(after.clicks.tallyOf('own entry')).toBeUndefined();
    expect(after.clicks.tallyOf('a')?.clicks).toBe(1);
  });
});
