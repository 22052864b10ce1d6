import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { stableHash } from '../../../dictionaries/stable-hash.ts';
import { setPeopleApart } from '../../../serving/web/demo-people.ts';
import { replayEvents } from '../../../serving/web/demo-replay.ts';
import { readPeopleList } from '../../../serving/web/people-list.ts';
import { makeFolder } from '../../support/index-fixture.ts';
import { writeWorld } from '../../support/small-world.ts';

const END = '2026-06-30T00:00:00.000Z';
const LATE = '2026-06-20T10:00:00.000Z';
const EARLY = '2026-05-02T10:00:00.000Z';

/** Names of users who are, or are not, among the one in ten. */
const named = (isOne: boolean, count: number) =>
  Array.from({ length: 1_000 }, (_, i) => `u${i}`)
    .filter((user) => (stableHash(user) % 10 === 0) === isOne)
    .slice(0, count);
const [PERSON = '', UNWATCHED = ''] = named(true, 2);
const [OTHER = ''] = named(false, 1);

let folder: string;
let remove: () => Promise<void>;
beforeEach(async () => {
  ({ folder, remove } = await makeFolder());
});
afterEach(() => remove());

const files = () => ({
  events: path.join(folder, 'events.ndjson'),
  others: path.join(folder, 'others.tsv'),
});
const search = (at: string, user: string, query: string, video = '', clicked = '') =>
  [at, user, `${user}-0`, query, 'en-US', video, clicked] as const;
const watch = (at: string, user: string) => [at, user, `${user}-0`, 'en-US', 'v1', '9'] as const;

async function readEvents(): Promise<Record<string, unknown>[]> {
  const text = await readFile(files().events, 'utf8');
  return text.split('\n').flatMap((line) => (line === '' ? [] : [JSON.parse(line)]));
}

describe("the demo's people", () => {
  it('get three weeks as events by time, and all else is the log', async () => {
    const searches = [
      search(EARLY, PERSON, 'long ago'),
      search(LATE, OTHER, 'somebody else'),
      search(LATE, PERSON, 'قهوة', 'v7', 'v8'),
      search(LATE, UNWATCHED, 'nobody knows what they watch'),
    ];
    await writeWorld(folder, {
      end: END,
      searches,
      watches: [
        watch(EARLY, PERSON),
        watch('2026-06-20T09:00:00.000Z', PERSON),
        watch(LATE, OTHER),
      ],
    });
    await setPeopleApart(folder, files());
    const common = { user: PERSON, session: `${PERSON}-0`, market: 'en-US' };
    expect(await readEvents()).toEqual([
      {
        ...{ type: 'watch', eventId: 'watch-0', at: '2026-06-20T09:00:00.000Z' },
        ...{ ...common, video: 'v1', seconds: 9 },
      },
      {
        ...{ type: 'search', eventId: 'search-0', at: LATE, ...common },
        ...{ query: 'قهوة', video: 'v7', clicked: 'v8' },
      },
    ]);
    const log = (await readFile(files().others, 'utf8')).split('\n');
    const kept = searches.filter((_, i) => i !== 2).map((row) => row.join('\t'));
    expect(log).toEqual(['at\tuser\tsession\tquery\tmarket\tvideo\tclicked', ...kept, '']);
  });

  it('leaves every row in exactly one place, over the seams of what is read at once', async () => {
    const long = 'x'.repeat(700);
    const searches = Array.from({ length: 4_000 }, (_, i) =>
      search(LATE, i % 3 === 0 ? PERSON : OTHER, `${long} ${i}`),
    );
    await writeWorld(folder, { end: END, searches, watches: [watch(LATE, PERSON)] });
    await setPeopleApart(folder, files());
    const log = (await readFile(files().others, 'utf8')).split('\n').slice(1, -1);
    const events = (await readEvents()).filter(({ type }) => type === 'search');
    const queries = [...log.map((row) => row.split('\t')[3]), ...events.map(({ query }) => query)];
    expect(events).toHaveLength(Math.ceil(searches.length / 3));
    expect(queries.map(String).sort()).toEqual(searches.map((row) => row[3]).sort());
  });

  it('are listed with what they search again, without what must not be shown and what was still being typed', async () => {
    const at = (second: number) => new Date(Date.parse(LATE) + second * 1_000).toISOString();
    const minutes = (count: number, text: (i: number) => string, from: number) =>
      Array.from({ length: count }, (_, i) => search(at(from + 60 * i), PERSON, text(i)));
    const searches = [
      ...minutes(20, (i) => `once ${i}`, 0),
      ...minutes(5, () => 'again', 5_000),
      search(at(9_000), PERSON, 'mail me at somebody@example.com'),
      search(at(9_100), PERSON, 'stree'),
      search(at(9_102), PERSON, 'street food'),
      ...minutes(25, (i) => `few ${i}`, 0).map((row) => [row[0], OTHER, ...row.slice(2)] as const),
    ];
    await writeWorld(folder, { end: END, searches, watches: [watch(LATE, PERSON)] });
    await setPeopleApart(folder, files());
    const { bytes, urlPath } = await readPeopleList(files().events);
    expect(urlPath).toBe('/assets/people.json');
    expect(JSON.parse(bytes.toString())).toEqual({
      people: [
        {
          ...{ user: PERSON, market: 'en-US', searches: 26, watched: 1, often: ['again'] },
          lately: ['street food', 'again', 'once 19', 'once 18'],
        },
      ],
    });
  });

  it('send all their events to a server, in order and in batches that it takes', async () => {
    const searches = Array.from({ length: 2_345 }, (_, i) => search(LATE, PERSON, `query ${i}`));
    await writeWorld(folder, { end: END, searches, watches: [watch(LATE, PERSON)] });
    await setPeopleApart(folder, files());
    const sizes: number[] = [];
    const taken: unknown[] = [];
    const count = await replayEvents(files().events, {
      accept: async (items) => {
        sizes.push(items.length);
        taken.push(...items);
        return { accepted: items.length, duplicates: 0, rejected: [] };
      },
    });
    expect(count).toBe(2_346);
    expect(Math.max(...sizes)).toBeLessThanOrEqual(1_000);
    expect(taken).toEqual(await readEvents());
  });
});
