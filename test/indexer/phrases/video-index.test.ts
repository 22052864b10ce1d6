import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openSnapshot } from '../../../index.ts';
import { run } from '../../../indexer/commands/index.ts';
import { runCommand } from '../commands/command-run.ts';
import type { Video } from './mined-videos.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'foretype-video-index-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function writeLines(name: string, rows: readonly object[]): Promise<string> {
  const file = join(folder, name);
  await writeFile(file, rows.map((row) => `${JSON.stringify(row)}\n`).join(''));
  return file;
}

async function index(out: string, ...args: string[]) {
  const { code, stdout, stderr } = await runCommand(run, [...args, '--out', join(folder, out)]);
  expect(code).toBe(0);
  const snapshot = await openSnapshot(join(folder, out));
  const suggest = (typed: string, market?: string) =>
    snapshot
      .suggest(typed, market === undefined ? {} : { market })
      .suggestions.map(({ text, kind }) => `${kind} ${text}`);
  return { stdout, stderr, snapshot, suggest };
}

/** Made-up videos: titles and tags as people write them in each language. */
const WORLD: Readonly<Record<string, readonly [typed: string, text: string, title: string]>> = {
  'en-US': ['pump', 'Pumpkin Carving', 'Pumpkin Carving | Full Episode 4'],
  'de-DE': ['apfel', 'Apfelkuchen backen', 'Apfelkuchen backen - Ganze Folge'],
  'fr-FR': ['gâteau', 'gâteau au chocolat', 'Recette : gâteau au chocolat (Clip officiel)'],
  'es-MX': ['día de', 'Día de Muertos', 'Día de Muertos | Capítulo 3 completo'],
  'pt-BR': ['bolo', 'bolo de cenoura', 'Bolo de cenoura 31/10/2018 ao vivo'],
  'ru-RU': ['яблоч', 'яблочный пирог', 'Яблочный пирог. Выпуск 5 от 31.10.2018'],
  'ja-JP': ['渋谷', '渋谷ハロウィン', '【公式】渋谷ハロウィン 第3話'],
  'ko-KR': ['호박', '호박파이 먹방', '호박파이 먹방 | 예고 10월 31일'],
  'zh-CN': ['南瓜', '南瓜饼做法', '南瓜饼做法 官方视频'],
  'tr-TR': ['elmal', 'elmalı kek', 'Elmalı kek | 2. Bölüm Fragmanı'],
  'ar-EG': ['كعكة', 'كعكة التفاح', 'كعكة التفاح | الحلقة 5'],
  'th-TH': ['พาย', 'พายฟักทอง', 'พายฟักทอง | ตอนที่ 3'],
  'hi-IN': ['गाजर', 'गाजर का हलवा', 'गाजर का हलवा | एपिसोड 7'],
};

function videosOf(market: string): Video[] {
  const [, text, title] = WORLD[market] ?? ['', '', ''];
  return ['a', 'b', 'c'].map((creator) => ({
    video: `${market}-${creator}`,
    creator,
    market,
    title,
    tags: [text, 'official video', '2018'],
    at: '2026-05-01T00:00:00Z',
  }));
}

describe('foretype index --videos', () => {
  test('by itself makes an index of phrases, each market in its language', async () => {
    const file = await writeLines('world.ndjson', Object.keys(WORLD).flatMap(videosOf));
    const { suggest, snapshot, stdout } = await index('world', '--videos', file);
    for (const [market, [typed, text]] of Object.entries(WORLD)) {
      expect(suggest(typed, market).map((one) => one.toLowerCase())).toContain(
        `entity ${text.toLowerCase()}`,
      );
      for (const packaging of ['off', '2018', 'full', 'ganze', 'clip', 'bölüm', '公式']) {
        expect(suggest(packaging, market).join()).not.toMatch(/official|2018|folge|clip|公式/i);
      }
    }
    expect(snapshot.manifest.input).toMatchObject({ rows: 0, videos: 39, videosMalformed: 0 });
    expect(snapshot.manifest.input.entities).toBe(snapshot.manifest.completions);
    expect(stdout).toMatch(/^videos read +39$/m);
    expect(stdout).not.toMatch(/rows read/);
    snapshot.close();
  });

  test('ranks what was searched before what was only carried, and keeps its kind', async () => {
    const videos = await writeLines(
      'mixed.ndjson',
      ['pumpkin carving', 'pumpkin pies', 'pumpkin'].flatMap((tag, at) =>
        Array.from({ length: 9 - at }, (_, n) => ({
          video: `${tag}${n}`,
          creator: `c${n}`,
          tags: [tag],
        })),
      ),
    );
    const queries = await writeLines('mixed-log.ndjson', [
      ...['u1', 'u2', 'u3', 'u4', 'u5'].map((user) => ({ user, query: 'pumpkin pie' })),
      { user: 'u1', query: 'pumpkin carving' },
    ]);
    const { suggest, stdout } = await index('mixed', '--queries', queries, '--videos', videos);
    expect(suggest('pumpkin')).toEqual([
      'query pumpkin pie',
      'entity pumpkin carving',
      'entity pumpkin',
    ]);
    expect(stdout).toMatch(/entities +2, and 1 phrases that people search for/);
  });

  test('the same videos give the same bytes; --min-videos says how many creators it takes', async () => {
    const file = await writeLines('same.ndjson', ['en-US', 'de-DE'].flatMap(videosOf));
    const first = await index('same-1', '--videos', file);
    const second = await index('same-2', '--videos', file);
    expect(second.snapshot.name).toBe(first.snapshot.name);
    expect(first.snapshot.manifest.asOf).toBe('2026-05-01T00:00:00.000Z');
    const strict = await index('same-3', '--videos', file, '--min-videos', '4');
    expect(strict.snapshot.manifest.completions).toBe(0);
    expect(strict.snapshot.manifest.input.phrasesBelowThreshold).toBeGreaterThan(0);
  });

  test('videos without a market are candidates in every one', async () => {
    const file = await writeLines(
      'und.ndjson',
      videosOf('de-DE').map(({ market: _, ...video }) => video),
    );
    const { suggest, snapshot } = await index('und', '--videos', file, '--market', 'de-DE');
    expect(snapshot.manifest.markets.map(({ market }) => market)).toEqual(['und']);
    expect(suggest('apfel')).toEqual(['entity Apfelkuchen backen']);
    expect(suggest('apfel', 'de-AT')).toEqual(['entity Apfelkuchen backen']);
  });

  test('malformed rows are told with their place and stop the build when they are too many', async () => {
    const rows = ['title,tags,market', ...Array(8).fill('a,b,en'), 'a,b,no_market'];
    const file = join(folder, 'malformed.csv');
    await writeFile(file, rows.join('\n'));
    const { stderr, stdout } = await index('malformed', '--videos', file);
    expect(stderr).toContain(`${file}:10: market: expected a BCP 47 tag`);
    expect(stdout).toMatch(/left out +1 malformed/);
    const strict = ['--videos', file, '--max-malformed', '0.05', '--out', join(folder, 'x')];
    await expect(runCommand(run, strict)).rejects.toThrow(/1 of 9 rows \(11\.1%\) are malformed/);
  });

  test('a failed build says which files had no rows', async () => {
    const file = join(folder, 'no-rows.csv');
    await writeFile(file, 'title\n');
    const args = ['--videos', file, '--out', join(folder, 'y')];
    await expect(runCommand(run, args)).rejects.toThrow(`no rows in ${file}`);
    await expect(readFile(join(folder, 'y', 'current'))).rejects.toThrow(/ENOENT/);
  });

  test.each([
    [['--video-columns', 'title=t'], /--video-columns says how --videos are read/],
    [['--min-videos', '3'], /--min-videos says how --videos are read/],
    [['--videos', 'f', '--min-videos', '0'], /--min-videos: expected a whole number from 1/],
    [['--videos', 'f', '--video-columns', 'query=q'], /unknown column "query"/],
  ])('%j is wrong usage', async (args, message) => {
    const given = args[0] === '--videos' ? args : ['--queries', 'f', ...args];
    await expect(runCommand(run, [...given, '--out', join(folder, 'z')])).rejects.toThrow(message);
  });
});
