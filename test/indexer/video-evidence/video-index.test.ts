import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { run } from '../../../indexer/commands/index.ts';
import type { EventRecord } from '../../../indexer/events/event-record.ts';
import { findExactForm } from '../../../indexer/segment/exact-form.ts';
import { openSnapshotFiles } from '../../../indexer/segment/snapshot-directory.ts';
import { MarketChooser } from '../../../serving/retrieval/market-choice.ts';
import { LiveVideos } from '../../../serving/surfaces/live/videos/live-videos.ts';
import { VideoGenerator } from '../../../serving/surfaces/video/video-generator.ts';
import { VideoQueries } from '../../../serving/surfaces/video/video-queries.ts';
import { runCommand } from '../commands/command-run.ts';

interface Row {
  readonly query: string;
  readonly user?: string;
  readonly video?: string;
  readonly market?: string;
}

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'foretype-video-evidence-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** The rows of `users` people who search a query. */
function searches(query: string, users: number, more: Partial<Row> = {}, name = 'u'): Row[] {
  return Array.from({ length: users }, (_, user) => ({ query, user: `${name}${user}`, ...more }));
}

async function build(
  name: string,
  rows: readonly Row[],
  videos: readonly object[],
  comments: readonly object[] = [],
) {
  const write = async (kind: string, lines: readonly object[]) => {
    const file = join(folder, `${name}-${kind}.ndjson`);
    await writeFile(file, lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
    return lines.length === 0 ? [] : [`--${kind}`, file];
  };
  const files = [
    ...(await write('queries', rows)),
    ...(await write('videos', videos)),
    ...(await write('comments', comments)),
  ];
  const { code, stderr } = await runCommand(run, [...files, '--out', join(folder, name)]);
  expect(stderr).not.toMatch(/rror/);
  expect(code).toBe(0);
  const content = await openSnapshotFiles(join(folder, name), undefined, { checksums: true });
  content.segment.verify();
  const live = new LiveVideos();
  const queries = new VideoQueries(live);
  queries.useSnapshot(content);
  const chooser = new MarketChooser(
    content.segment,
    content.manifest.markets.map(({ market }) => market),
    [],
  );
  const answer = (video: string, market: string | null = null) =>
    queries.answer({ video, limit: 10, choice: chooser.choose(market) });
  let sent = 0;
  const send = (event: Record<string, unknown>, user: string | null = null, market = 'und') => {
    sent += 1;
    const whole = { eventId: `e${sent}`, atMs: sent, ...event };
    live.apply({ event: whole, arrivedMs: 0, user, session: null, market } as EventRecord, sent);
  };
  return {
    content,
    queries,
    chooser,
    answer,
    send,
    texts: (v: string) => answer(v).map((q) => q.text),
  };
}

const POPULAR = [
  ...searches('lava cake', 9),
  ...searches('volcano', 7),
  ...searches('guitar chords', 6),
  ...searches('paris', 5),
];

describe('what is searched after a video', () => {
  test('leads to a query from the threshold of distinct users on, however often few of them search', async () => {
    const few = searches('paris', 4, { video: 'v1' }, 'x');
    const { answer, texts } = await build(
      'threshold',
      [
        ...POPULAR,
        ...searches('guitar chords', 5, { video: 'v1' }, 'x'),
        ...few,
        ...few,
        ...searches('volcano', 5, { video: 'nowhere described' }, 'x'),
      ],
      [{ video: 'v1', title: 'My evening' }],
    );
    expect(answer('v1')).toMatchObject([
      { text: 'guitar chords', evidence: 'searched', source: 'video', kind: 'query' },
    ]);
    expect(texts('nowhere described')).toEqual(['volcano']);
    expect(texts('unknown')).toEqual([]);
  });

  test('is told by the text alone where nobody searched, the title before comments', async () => {
    const { texts, answer } = await build(
      'text',
      POPULAR,
      [{ video: 'v1', title: 'How to bake a LAVA cake', tags: ['dessert'] }],
      [
        { video: 'v1', text: 'better than in paris' },
        { video: 'other', text: 'volcano' },
      ],
    );
    expect(texts('v1')).toEqual(['lava cake', 'paris']);
    expect(answer('v1')[0]?.evidence).toBe('text');
  });

  test('is learned for words that the query does not have, from enough users', async () => {
    const known = Array.from({ length: 6 }, (_, i) => ({
      video: `k${i}`,
      title: `strumming lesson ${i}`,
    }));
    const plain = Array.from({ length: 6 }, (_, i) => ({
      video: `p${i}`,
      title: `cooking lesson ${i}`,
    }));
    const rows = [
      ...POPULAR,
      ...known.flatMap(({ video }) => searches('guitar chords', 5, { video }, video)),
      ...plain.flatMap(({ video }) => searches('lava cake', 5, { video }, video)),
    ];
    const { texts, send } = await build('learned', rows, [
      ...known,
      ...plain,
      { video: 'cold', title: 'late night strumming' },
    ]);
    expect(texts('cold')[0]).toBe('guitar chords');
    send({ type: 'video', video: 'new', title: 'strumming at home' });
    expect(texts('new')[0]).toBe('guitar chords');
  });

  test('keeps to the market, and to completions of it', async () => {
    const { answer, send } = await build(
      'markets',
      [
        ...searches('lava cake', 6, { market: 'en-US', video: 'v1' }),
        ...searches('gâteau', 6, { market: 'fr-FR', video: 'v1' }),
      ],
      [{ video: 'v1', title: 'x' }],
    );
    expect(answer('v1', 'en-US').map(({ text }) => text)).toEqual(['lava cake']);
    expect(answer('v1', 'fr-FR').map(({ text }) => text)).toEqual(['gâteau']);
    send({ type: 'video', video: 'n', title: 'Lava cake, gâteau' }, null, 'fr-FR');
    expect(answer('n', 'fr-FR').map(({ text }) => text)).toEqual(['gâteau']);
  });

  test('takes over as events come, also with queries that the snapshot does not hold', async () => {
    const { texts, send } = await build('live', POPULAR, [
      { video: 'v1', title: 'lava cake at a volcano' },
    ]);
    const search = (query: string, user: string, video = 'v1') =>
      send({ type: 'search', query, video }, user);
    expect(texts('v1')).toEqual(expect.arrayContaining(['lava cake', 'volcano']));
    for (let user = 0; user < 4; user++) search('Fresh Thing', `u${user}`);
    for (let again = 0; again < 9; again++) search('Fresh Thing', 'u0');
    expect(texts('v1')).not.toContain('Fresh Thing');
    search('Fresh Thing', 'u4');
    expect(texts('v1')).toContain('Fresh Thing');
    for (let user = 0; user < 60; user++) search('Fresh Thing', `u${user}`);
    expect(texts('v1')[0]).toBe('Fresh Thing');
  });

  test('what is searched with a live video about the same counts in part', async () => {
    const { texts, send } = await build('similar', POPULAR, []);
    send({ type: 'video', video: 'a', title: 'eclipse over mexico tonight' });
    send({ type: 'video', video: 'b', title: 'eclipse over mexico explained' });
    send({ type: 'video', video: 'c', title: 'knitting' });
    for (let user = 0; user < 5; user++)
      send({ type: 'search', query: 'eclipse glasses', video: 'a' }, `u${user}`);
    expect(texts('b')).toEqual(['eclipse glasses']);
    expect(texts('c')).toEqual([]);
  });

  test('never shows unsafe or personal text, by the log, by events or by a title', async () => {
    const unsafe = ['porn', 'call me 415 555 0132 now', 'jo@example.com'];
    const { texts, send } = await build(
      'safe',
      [...POPULAR, ...unsafe.flatMap((query) => searches(query, 9, { video: 'v1' }, 'x'))],
      [{ video: 'v1', title: unsafe.join(' ') }],
    );
    send({ type: 'video', video: 'n', title: unsafe.join(' ') });
    for (const query of unsafe)
      for (let user = 0; user < 9; user++)
        for (const video of ['v1', 'n']) send({ type: 'search', query, video }, `u${user}`);
    expect(texts('v1')).toEqual([]);
    expect(texts('n')).toEqual([]);
  });

  test('the same input gives the same bytes', async () => {
    const rows = [...POPULAR, ...searches('paris', 8, { video: 'v2' }, 'x')];
    const videos = ['v1', 'v2', 'v3'].map((video) => ({ video, title: `${video} volcano paris` }));
    const one = await build('same1', rows, videos);
    const two = await build('same2', [...rows].reverse(), [...videos].reverse());
    const of = ({ content }: typeof one) =>
      content.segment.sizes().filter(({ section }) => section.startsWith('videos.'));
    expect(of(one)).toEqual(of(two));
    for (const video of ['v1', 'v2', 'v3']) expect(one.answer(video)).toEqual(two.answer(video));
  });

  test('the generator proposes members only, likeliest first, within limit and budget', async () => {
    const { content, queries, chooser } = await build('generator', POPULAR, [
      { video: 'v1', title: 'lava cake volcano paris' },
    ]);
    const generator = new VideoGenerator(queries);
    const request = {
      ...{ choice: chooser.choose(null), limit: 10, query: null, session: null, nowMs: 0 },
      video: 'v1',
    };
    const all = generator.generate(request, 10, { left: 100 });
    expect(all.length).toBe(3);
    expect(all.map(({ id }) => id)).toContain(findExactForm(content.segment, 'paris'));
    expect(all.map(({ bits }) => bits)).toEqual(all.map(({ bits }) => bits).sort((a, b) => a - b));
    expect(generator.generate(request, 1, { left: 100 })).toEqual(all.slice(0, 1));
    const budget = { left: 2 };
    expect(generator.generate(request, 10, budget)).toEqual(all.slice(0, 2));
    expect(budget.left).toBe(0);
    expect(generator.generate(request, 10, budget)).toEqual([]);
    expect(generator.generate({ ...request, video: null }, 10, { left: 9 })).toEqual([]);
  });
});
