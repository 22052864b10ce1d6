import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildIndex } from '../../../indexer/build-index.ts';
import { DEFAULT_RULES } from '../../../indexer/index-options.ts';
import { parseColumnMapping } from '../../../indexer/input/column-mapping.ts';
import { openSnapshotFiles } from '../../../indexer/segment/snapshot-directory.ts';
import { verifySnapshot } from '../../../indexer/segment/snapshot-verification.ts';
import { BeforeTyping } from '../../../serving/surfaces/before-typing/before-typing.ts';
import { NO_HISTORY } from '../../../serving/surfaces/before-typing/user-history.ts';
import { TrendingStore } from '../../../serving/surfaces/live/trending-store.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const AS_OF_MS = Date.parse('2026-05-01T12:00:00Z');
const THINGS = ['tea', 'coffee', 'bread', 'cheese', 'apples', 'rice'];

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'foretype-trends-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Forty days in which everything is searched alike, and a burst of ten users within the last three hours. */
function logWithBurst(): string {
  const rows: { readonly atMs: number; readonly user: string; readonly query: string }[] = [];
  for (let day = 0; day < 40; day++) {
    for (let user = 0; user < 24; user++) {
      const atMs = AS_OF_MS - day * DAY_MS - user * HOUR_MS;
      rows.push({ atMs, user: `u${user}`, query: THINGS[(user + day) % THINGS.length]! });
    }
  }
  for (let user = 0; user < 10; user++) {
    rows.push({ atMs: AS_OF_MS - user * 15 * 60_000, user: `b${user}`, query: 'Power Cut' });
  }
  // One user's flood is nobody's trend.
  for (let i = 0; i < 30; i++) {
    rows.push({
      atMs: AS_OF_MS - i * 60_000,
      user: 'flood',
      query: i % 2 ? 'buy my lamp' : 'bread',
    });
  }
  rows.sort((a, b) => a.atMs - b.atMs);
  const lines = rows.map(
    ({ atMs, user, query }) => `${new Date(atMs).toISOString()}\t${user}\t${query}\ten-US`,
  );
  return ['at\tuser\tquery\tmarket', ...lines].join('\n');
}

async function build(out: string, group: 'none' | 'variants', content: string) {
  const file = join(folder, `${out}.tsv`);
  await writeFile(file, content);
  const indexDir = join(folder, out);
  const { snapshot } = await buildIndex(
    {
      queries: [file],
      layout: {
        columns: parseColumnMapping([], '--columns'),
        hasHeader: true,
        times: { format: undefined, asOfUs: undefined },
      },
      asOf: undefined,
      market: undefined,
      rules: { ...DEFAULT_RULES, group, minUsers: 5 },
      maxMalformedShare: undefined,
      memoryBytes: 1e9,
      indexDir,
    },
    { onStep: () => {}, onRows: () => {}, nowMs: () => AS_OF_MS },
  );
  await verifySnapshot(indexDir, snapshot);
  return openSnapshotFiles(indexDir, snapshot, { checksums: true });
}

function trendingAt(content: Awaited<ReturnType<typeof build>>, nowMs: number) {
  const trending = new TrendingStore();
  const surface = new BeforeTyping({
    trending,
    history: NO_HISTORY,
    nowMs: () => nowMs,
    hashUser: (user) => user,
    hashSession: (session) => session,
  });
  surface.useSnapshot(content);
  return trending.trendingIn('en-US', nowMs).queries.map(({ query }) => query);
}

describe('late searches of a snapshot', () => {
  it('tell a fresh server what rose before as-of, until it is long ago', async () => {
    const content = await build('burst', 'variants', logWithBurst());
    expect(trendingAt(content, AS_OF_MS)).toEqual(['power cut']);
    expect(trendingAt(content, AS_OF_MS + 8 * DAY_MS)).toEqual([]);
  });

  it('count a user once a day, and keep what is usual', async () => {
    const { segment } = await build('usual', 'variants', logWithBurst());
    const table = segment.trends?.tableOf('en-US');
    const ids = Array.from({ length: segment.completions }, (_, id) => id);
    const counts = new Map(
      ids.map((id) => [segment.normalisedTexts(Uint32Array.of(id), 1)[0], table?.historyOf(id)]),
    );
    expect(counts.get('power cut')).toMatchObject({ windows: [4, 10, 10], before: 0 });
    // Four of 24 users a day, and the flooding one once.
    expect(counts.get('bread')?.windows[2]).toBe(7 * 4 + 1);
    expect(counts.get('tea')?.before).toBeGreaterThan(30);
    expect(counts.get('tea')?.spread).toBe(1);
    expect(table?.all.windows[2]).toBe(7 * 24 + 10 + 2);
  });

  it('of an index of ungrouped forms say what is usual, and nothing of what rises', async () => {
    const content = await build('none', 'none', logWithBurst());
    expect(content.segment.trends).not.toBeNull();
    expect(trendingAt(content, AS_OF_MS)).toEqual([]);
  });

  it('are missing where the log has no times', async () => {
    const rows = Array.from({ length: 9 }, (_, user) => `u${user}\ttea`);
    const { segment } = await build('undated', 'variants', ['user\tquery', ...rows].join('\n'));
    expect(segment.trends).toBeNull();
  });
});
