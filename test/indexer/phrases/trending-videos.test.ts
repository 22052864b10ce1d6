import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openSnapshot, type Snapshot } from '../../../index.ts';
import { run } from '../../../indexer/commands/index.ts';
import { parseColumnMapping, VIDEO_COLUMNS } from '../../../indexer/input/column-mapping.ts';
import { RowTally } from '../../../indexer/input/row-tally.ts';
import { readVideoLog } from '../../../indexer/input/video-log.ts';
import { weighWord } from '../../../indexer/phrases/format-words.ts';
import { runCommand } from '../commands/command-run.ts';
import { mineVideos, type Video } from './mined-videos.ts';

const TRENDING = resolve(
  process.env.FORETYPE_REAL_DATA ?? '../shared/data',
  'videos/trending-2018',
);
const COLUMNS = 'video=video_id,creator=channelId,at=publishedAt';

/** Rows of a region, what its completions should be at least, and the share of them in its script. */
const REGIONS = [
  ['BR', 'pt-BR', 200, 80, /^[\p{Script=Latin}\p{P}\p{S}\p{N}\s]+$/u, 0.95],
  ['CA', 'en-CA', 84, 20, /^[\p{Script=Latin}\p{P}\p{S}\p{N}\s]+$/u, 0.95],
  ['DE', 'de-DE', 200, 45, /^[\p{Script=Latin}\p{P}\p{S}\p{N}\s]+$/u, 0.9],
  ['FR', 'fr-FR', 200, 55, /^[\p{Script=Latin}\p{P}\p{S}\p{N}\s]+$/u, 0.7],
  ['GB', 'en-GB', 77, 18, /^[\p{Script=Latin}\p{P}\p{S}\p{N}\s]+$/u, 0.95],
  ['IN', 'en-IN', 200, 75, /^[\p{Script=Latin}\p{P}\p{S}\p{N}\s]+$/u, 0.9],
  ['JP', 'ja-JP', 200, 70, /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u, 0.5],
  ['KR', 'ko-KR', 200, 90, /\p{Script=Hangul}/u, 0.5],
  ['MX', 'es-MX', 199, 70, /^[\p{Script=Latin}\p{P}\p{S}\p{N}\s]+$/u, 0.95],
  ['RU', 'ru-RU', 200, 65, /\p{Script=Cyrillic}/u, 0.75],
  ['US', 'en-US', 200, 80, /^[\p{Script=Latin}\p{P}\p{S}\p{N}\s]+$/u, 0.95],
] as const;

/** Beginnings that every region has something for, in its own language. */
const TYPED: Readonly<Record<string, readonly string[]>> = {
  BR: ['elei', 'not', 'fut', 'gov'],
  CA: ['hal', 'fun', 'com'],
  DE: ['hal', 'ber', 'fern', 'unter'],
  FR: ['hal', 'hum', 'peur', 'fran'],
  GB: ['hal', 'com', 'foot'],
  IN: ['diw', 'boll', 'pun', 'tel'],
  JP: ['ハロ', '釣', '料', 'かわ'],
  KR: ['먹', '할로', '게', '뉴'],
  MX: ['not', 'evang', 'terr', 'mex'],
  RU: ['нов', 'пран', 'юм', 'обз'],
  US: ['hal', 'make', 'fun', 'com'],
};

const PACKAGING =
  /^(official (music )?(video|trailer|audio)|(full|new) (video|episode|movie)s?|music video|videos?|20\d\d|none|(october|octubre|outubro|oktober) 2018|clip officiel|ganze folge|выпуск|bölüm|vevo|youtube|subscribe)$/i;

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'foretype-trending-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function index(name: string, args: readonly string[]): Promise<Snapshot> {
  const out = join(folder, name);
  expect((await runCommand(run, [...args, '--out', out])).code).toBe(0);
  return openSnapshot(out);
}

async function readRegion(region: string): Promise<Video[]> {
  const layout = {
    columns: parseColumnMapping([COLUMNS], '--video-columns', VIDEO_COLUMNS),
    hasHeader: true,
    times: {},
  };
  const videos: Video[] = [];
  const file = join(TRENDING, `${region}.csv`);
  for await (const batch of readVideoLog([file], layout, Date.now(), new RowTally(0))) {
    for (const { title, tags, description, video = '', creator = '', atUs = 0 } of batch) {
      const at = new Date(atUs / 1000).toISOString();
      videos.push({ title, tags, description, video, creator, at });
    }
  }
  return videos;
}

function shareOf(texts: readonly string[], script: RegExp): number {
  return texts.filter((text) => script.test(text)).length / texts.length;
}

const isAbsent = !existsSync(TRENDING);
const left = isAbsent ? ' (left out: the real data is not here; set FORETYPE_REAL_DATA)' : '';

describe.skipIf(isAbsent)(`the trending videos of eleven regions${left}`, () => {
  test('are read to the last row, none malformed, none in another encoding', async () => {
    for (const [region, , rows] of REGIONS) {
      const videos = await readRegion(region);
      const whole = videos.filter(({ title = '' }) => title !== '' && !title.includes('\ufffd'));
      expect([region, videos.length, whole.length]).toEqual([region, rows, rows]);
    }
  });

  test.each(REGIONS)(
    '%s completes in its language',
    async (region, market, rows, least, script, share) => {
      const file = join(TRENDING, `${region}.csv`);
      const snapshot = await index(region, [
        ...['--videos', file, '--video-columns', COLUMNS, '--market', market],
      ]);
      const { manifest } = snapshot;
      expect(manifest.input.videos).toBe(rows);
      expect(manifest.completions).toBeGreaterThanOrEqual(least);
      expect(manifest.input.entities).toBe(manifest.completions);
      const { suggestions } = snapshot.suggest('', { limit: 20 });
      expect(suggestions.every(({ kind }) => kind === 'entity')).toBe(true);
      for (const typed of TYPED[region] ?? []) {
        const [best] = snapshot.suggest(typed).suggestions;
        expect([typed, best?.source]).toEqual([typed, 'prefix']);
      }
      const { entities } = await mineVideos(await readRegion(region), { market });
      const all = entities.map(({ surface }) => surface);
      expect(all.filter((text) => PACKAGING.test(text))).toEqual([]);
      expect(shareOf(all, script)).toBeGreaterThan(share);
      // A year or a number beside a name is fine, by itself it is nothing.
      expect(all.filter((text) => weighWord(text.toLowerCase(), ['en']) === 'format')).toEqual([]);
    },
  );

  test('all regions in one index keep to their markets', async () => {
    const rows: string[] = [];
    for (const [region, market] of REGIONS) {
      for (const video of await readRegion(region)) rows.push(JSON.stringify({ ...video, market }));
    }
    const file = join(folder, 'all.ndjson');
    await writeFile(file, rows.join('\n'));
    const snapshot = await index('all', ['--videos', file]);
    const { markets, input } = snapshot.manifest;
    expect(markets.map(({ market }) => market)).toEqual(REGIONS.map(([, market]) => market).sort());
    expect(input.videos).toBe(1960);
    for (const [region, market] of REGIONS) {
      for (const typed of TYPED[region] ?? []) {
        const [best] = snapshot.suggest(typed, { market }).suggestions;
        expect([market, typed, best?.source]).toEqual([market, typed, 'prefix']);
      }
    }
  });
});
