import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { run } from '../../../load-tests/commands/simulate.ts';

const ARGUMENTS = ['--seed', '3', '--users', '150', '--days', '12', '--taste', 'strong'];
const io = () => {
  const stdout: string[] = [];
  return {
    io: {
      stdout: { write: (text: string) => stdout.push(text) },
      stderr: { write: () => true },
      env: {},
      isTerminal: false,
    },
    stdout,
  };
};

let folder = '';
const text = (name: string): Promise<string> => readFile(join(folder, 'a', name), 'utf8');
const lines = async (name: string): Promise<string[]> => (await text(name)).trimEnd().split('\n');
const ndjson = async <T>(name: string): Promise<T[]> =>
  (await lines(name)).map((line) => JSON.parse(line) as T);
const table = async (name: string): Promise<Record<string, string>[]> => {
  const [header = '', ...rows] = (await text(name)).replace(/\n$/, '').split('\n');
  const names = header.split('\t');
  return rows.map((row) => Object.fromEntries(row.split('\t').map((cell, i) => [names[i], cell])));
};

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'foretype-world-'));
  await run([...ARGUMENTS, '--out', join(folder, 'a')], io().io);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function digestOf(name: string): Promise<Record<string, string>> {
  const files = await readdir(join(folder, name), { recursive: true, withFileTypes: true });
  const digests: Record<string, string> = {};
  for (const file of files.filter((entry) => entry.isFile())) {
    const path = join(file.parentPath, file.name);
    digests[path.slice(join(folder, name).length)] = createHash('sha256')
      .update(await readFile(path))
      .digest('hex');
  }
  return digests;
}

describe('foretype simulate', () => {
  it('writes the same bytes for the same seed and options, and others for another seed', async () => {
    await run([...ARGUMENTS, '--out', join(folder, 'b')], io().io);
    const first = await digestOf('a');
    expect(Object.keys(first)).toHaveLength(18);
    expect(await digestOf('b')).toEqual(first);
    await run(['--seed', '4', ...ARGUMENTS.slice(2), '--out', join(folder, 'c')], io().io);
    expect((await digestOf('c'))['/queries.tsv']).not.toBe(first['/queries.tsv']);
  });

  it('describes each row of the log in the same line of the truth', async () => {
    const rows = await table('queries.tsv');
    const truth = await table('truth/rows.tsv');
    expect(truth).toHaveLength(rows.length);
    expect(rows.length).toBeGreaterThan(150 * 12 * 2.5);
    expect(new Set(truth.map(({ kind }) => kind))).toEqual(
      new Set(['search', 'trace', 'abandoned', 'page', 'personal', 'unsafe', 'bot']),
    );
    rows.forEach((row, i) => {
      expect(Object.keys(row)).toEqual([
        'at',
        'user',
        'session',
        'query',
        'market',
        'video',
        'clicked',
      ]);
      if (truth[i]!.kind === 'page')
        expect(
          rows.slice(0, i).some(({ user, query }) => user === row.user && query === row.query),
        ).toBe(true);
    });
  });

  it('writes rows by time, each with a query, within the world', async () => {
    const rows = await table('queries.tsv');
    const { start, end, heldOutFrom } = JSON.parse(await text('truth/split.json')) as Record<
      string,
      string
    >;
    const times = rows.map(({ at }) => at!);
    expect(times).toEqual([...times].sort());
    expect(times[0]! >= start!).toBe(true);
    expect(times.at(-1)! < end!).toBe(true);
    expect(times.some((at) => at >= heldOutFrom!)).toBe(true);
    expect(rows.every(({ query }) => query!.trim() !== '' && !/[\t\n]/.test(query!))).toBe(true);
  });

  it('logs traces as unfinished prefixes that their search follows within a minute', async () => {
    const rows = await table('queries.tsv');
    const truth = await table('truth/rows.tsv');
    const traces = rows.flatMap((row, i) =>
      truth[i]!.kind === 'trace' ? [{ row, wanted: truth[i]!.wanted!, i }] : [],
    );
    const exact = traces.filter(({ row, wanted }) => wanted.startsWith(row.query!));
    expect(exact.length / traces.length).toBeGreaterThan(0.9);
    for (const { row, i } of traces) {
      const followed = rows.slice(i + 1).some((next, j) => {
        const seconds = (Date.parse(next.at!) - Date.parse(row.at!)) / 1000;
        return next.session === row.session && truth[i + 1 + j]!.kind === 'search' && seconds < 60;
      });
      expect(followed).toBe(true);
    }
  });

  it('records where comments mention entities, in UTF-16 offsets', async () => {
    const comments = await ndjson<{ comment: string; text: string }>('comments.ndjson');
    const truth = await ndjson<{
      comment: string;
      spans: { start: number; end: number; surface: string }[];
    }>('truth/comments.ndjson');
    expect(truth.map(({ comment }) => comment)).toEqual(comments.map(({ comment }) => comment));
    let spans = 0;
    comments.forEach(({ text: comment }, i) => {
      let from = 0;
      for (const { start, end, surface } of truth[i]!.spans) {
        expect(comment.slice(start, end)).toBe(surface);
        expect(start).toBeGreaterThanOrEqual(from);
        from = end;
        spans++;
      }
    });
    expect(spans).toBeGreaterThan(comments.length / 2);
  });

  it('plants personal data, unsafe texts and bots as the truth lists them', async () => {
    const rows = await table('queries.tsv');
    const searchers = new Map<string, Set<string>>();
    for (const { query, user } of rows) {
      if (!searchers.has(query!)) searchers.set(query!, new Set());
      searchers.get(query!)!.add(user!);
    }
    for (const name of ['personal', 'unsafe', 'bots']) {
      const planted = JSON.parse(await text(`truth/${name}.json`)) as {
        text: string;
        users: string[];
        rows: number;
      }[];
      expect(planted.length).toBeGreaterThan(0);
      for (const plant of planted) {
        // Compared by size, so that a failure prints no unsafe text.
        expect(plant.users.every((user) => searchers.get(plant.text)?.has(user) === true)).toBe(
          true,
        );
        expect(plant.rows).toBeGreaterThanOrEqual(plant.users.length);
      }
    }
  });

  it('picks suggestions as often as the propensity of their position says', async () => {
    const { positions } = JSON.parse(await text('truth/propensities.json')) as {
      positions: number[];
    };
    const looks = await ndjson<{
      wanted: string;
      shown: string[];
      examined: number[];
      picked: number | null;
    }>('truth/impressions.ndjson');
    const first = looks.filter(({ wanted, shown }) => wanted !== '' && shown[0] === wanted);
    const second = looks.filter(({ wanted, shown }) => wanted !== '' && shown[1] === wanted);
    const picked = (from: typeof looks, place: number) =>
      from.filter((look) => look.picked === place).length / from.length;
    expect(first.length).toBeGreaterThan(50);
    // Three standard errors of a share over so many looks.
    expect(Math.abs(picked(first, 1) - positions[0]!)).toBeLessThanOrEqual(
      3 * Math.sqrt(0.25 / first.length),
    );
    expect(Math.abs(picked(second, 2) - positions[1]!)).toBeLessThanOrEqual(
      3 * Math.sqrt(0.25 / second.length),
    );
    for (const { wanted, shown, picked: place } of looks) {
      if (wanted !== '' && place !== null) expect(shown[place - 1]).toBe(wanted);
    }
  });

  it('refers only to videos that exist and are out', async () => {
    const videos = new Map(
      (await ndjson<{ video: string; at: string }>('videos.ndjson')).map(({ video, at }) => [
        video,
        at,
      ]),
    );
    const used = (await table('queries.tsv')).flatMap(({ at, video, clicked }) =>
      [video, clicked].filter((id) => id !== '').map((id) => ({ at, id })),
    );
    expect(used.length).toBeGreaterThan(100);
    for (const { at, id } of used) expect(videos.get(id!)! <= at!).toBe(true);
  });

  it('gives each user a taste over all topics that adds up to 1', async () => {
    const users = await ndjson<{ user: string; taste: Record<string, number> }>(
      'truth/users.ndjson',
    );
    expect(new Set(users.map(({ user }) => user)).size).toBe(150);
    for (const { taste } of users) {
      expect(Object.values(taste).reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 1);
    }
  });

  it.each([
    [['--users', '5', '--days', '5', '--out', 'x']],
    [['--seed', '1', '--users', '0', '--days', '5', '--out', 'x']],
    [['--seed', '1', '--users', '5', '--days', '1', '--out', 'x']],
    [['--seed', '1', '--users', '5', '--days', '5']],
    [['--seed', '1', '--users', '5', '--days', '5', '--taste', 'bitter', '--out', 'x']],
    [['--seed', '-1', '--users', '5', '--days', '5', '--out', 'x']],
    [['--seed', '1', '--users', '5', '--days', '5', '--out', 'x', 'stray']],
  ])('signals wrong usage for %j', async (args) => {
    await expect(run(args, io().io)).rejects.toMatchObject({ name: 'UsageError' });
  });
});
