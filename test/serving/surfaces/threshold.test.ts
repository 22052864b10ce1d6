import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type BuiltService, startBuilt } from './built-service.ts';

/** One below the default threshold of distinct users, and the threshold. */
const FEW = 4;
const ENOUGH = 5;

let built: BuiltService;

/** Sessions of so many users that lead from one query to another, both with a video on screen and with the same click. */
function leadingTo(users: number, from: string, to: string, video: string): string[] {
  return Array.from({ length: users }, (_, user) => `${video}-${user}`).flatMap((user) =>
    [from, to].map((query, place) =>
      [
        `2026-01-05T12:0${place}:00Z`,
        user,
        `${user}-s`,
        query,
        video,
        `https://${video}.example/`,
      ].join('\t'),
    ),
  );
}

async function writeInputs(folder: string): Promise<readonly string[]> {
  const rows = [
    ...leadingTo(FEW, 'glass harmonica', 'velvet curtain', 'few'),
    ...leadingTo(ENOUGH, 'marble run', 'steel bearing', 'enough'),
    // So that each is a completion by others.
    ...['glass harmonica', 'velvet curtain', 'marble run', 'steel bearing'].flatMap((query) =>
      Array.from({ length: ENOUGH }, (_, user) =>
        [`2026-01-0${user + 1}T08:00:00Z`, `${query}-${user}`, '', query, '', ''].join('\t'),
      ),
    ),
  ];
  const queries = path.join(folder, 'queries.tsv');
  await writeFile(queries, ['at\tuser\tsession\tquery\tvideo\tclicked', ...rows, ''].join('\n'));
  const videos = path.join(folder, 'videos.ndjson');
  const titled = ['few', 'enough', 'live'].map((video) =>
    JSON.stringify({ video, title: `Number ${video}`, at: '2026-01-01T00:00:00Z' }),
  );
  await writeFile(videos, `${titled.join('\n')}\n`);
  return ['--queries', queries, '--videos', videos];
}

beforeAll(async () => {
  built = await startBuilt(writeInputs);
});
afterAll(() => built?.stop());

async function texts(target: string): Promise<readonly string[]> {
  const answer = await built.service.server.inject({ url: `/v1/related?${target}` });
  expect(answer.statusCode).toBe(200);
  return answer.json().suggestions.map(({ text }: { text: string }) => text);
}

/** A search of one user with the live video on screen, in a session that began with another query. */
async function searchLive(user: number): Promise<void> {
  const payload = ['glass harmonica', 'velvet curtain'].map((query, place) => ({
    type: 'search',
    eventId: `live-${user}-${place}`,
    at: new Date().toISOString(),
    user: `live-${user}`,
    session: `live-${user}-s`,
    query,
    video: 'live',
  }));
  const answer = await built.service.server.inject({ method: 'POST', url: '/v1/events', payload });
  expect(answer.json()).toMatchObject({ accepted: payload.length, rejected: [] });
}

describe('evidence of fewer users than the threshold', () => {
  it('never leads from a query to a query; of enough users it does', async () => {
    expect(await texts('q=glass+harmonica')).not.toContain('velvet curtain');
    expect(await texts('q=velvet+curtain')).not.toContain('glass harmonica');
    expect(await texts('q=marble+run')).toContain('steel bearing');
  });

  it('never leads from a video to a query; of enough users it does', async () => {
    const few = await texts('video=few');
    expect(few).not.toContain('velvet curtain');
    expect(few).not.toContain('glass harmonica');
    expect(await texts('video=enough')).toEqual(
      expect.arrayContaining(['marble run', 'steel bearing']),
    );
  });

  it('never leads anywhere live until the last user that it takes', async () => {
    for (let user = 0; user < FEW; user++) await searchLive(user);
    expect(await texts('video=live')).toEqual([]);
    await searchLive(FEW);
    expect(await texts('video=live')).toContain('velvet curtain');
    expect(await texts('video=few')).not.toContain('velvet curtain');
  });
});
