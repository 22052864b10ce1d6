import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Workspace } from '../../../indexer/clean/workspace.ts';
import { parseAsOf } from '../../../indexer/input/time-reader.ts';
import type { PhraseRules } from '../../../indexer/phrases/phrase-counter.ts';
import { loadVideos, minePhrases } from '../../../indexer/phrases/video-build.ts';

export const NOW_MS = Date.parse('2026-06-01T00:00:00Z');

export interface Video {
  readonly video?: string;
  readonly creator?: string;
  readonly title?: string;
  readonly tags?: readonly string[];
  readonly description?: string;
  readonly market?: string;
  readonly at?: string;
}

interface Mining extends Partial<PhraseRules> {
  readonly market?: string;
  readonly asOf?: string;
}

/** Mines a small list of videos through the real reader, database and SQL. */
export async function mineVideos(videos: readonly Video[], mining: Mining = {}) {
  const folder = await mkdtemp(join(tmpdir(), 'foretype-phrases-'));
  try {
    const file = join(folder, 'videos.ndjson');
    await writeFile(file, videos.map((video) => `${JSON.stringify(video)}\n`).join(''));
    const workspace = await Workspace.open({ folder, memoryBytes: 1e9, threads: 2 });
    try {
      const { market, asOf, minVideos = 3, ...rules } = mining;
      const instant = asOf === undefined ? undefined : parseAsOf(asOf);
      const options = {
        videos: {
          files: [file],
          layout: { columns: new Map(), hasHeader: true, times: {} },
          minVideos,
        },
        asOf: instant,
        market,
        rules: { group: 'variants' as const, safety: true, halfLifeDays: 30, ...rules },
        maxMalformedShare: 0,
      };
      const io = { onStep: () => {}, onRows: () => {}, nowMs: () => NOW_MS };
      const loaded = await loadVideos(workspace, options, io);
      const asOfUs = instant?.atUs ?? loaded?.newestUs;
      const mined = await minePhrases(workspace, options, loaded, asOfUs, () => {});
      return { ...mined, loaded };
    } finally {
      workspace.close();
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The creators of each entity by market, by its normalised form. */
export async function creatorsOf(videos: readonly Video[], mining: Mining = {}) {
  const { entities } = await mineVideos(videos, mining);
  return Object.fromEntries(
    entities.map(({ normalised, markets }) => [
      normalised,
      Object.fromEntries(markets.map(({ market, creators }) => [market, creators])),
    ]),
  );
}
