import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { SurfaceEvidence } from '../../indexer/entities/surface-worth.ts';
import { DEFAULT_RULES } from '../../indexer/index-options.ts';
import type { WorldOptions } from '../simulate/parameters.ts';
import { createWorld } from '../simulate/world.ts';
import { writeWorld } from '../simulate/write-world.ts';
import { readDataLines, readDataText } from '../typing/texts/published-data.ts';
import { readLines } from './entities-items.ts';
import { indexFiles } from './indexed-files.ts';
import { readCsv } from './video-data.ts';

/** What an index of comments is made of, and the least number of users of a query in it. */
export interface EntityInputs {
  readonly folder: string;
  readonly queries: string;
  readonly minUsers: number;
}

/** A simulated world in a folder below `work`; one that stands there already is taken as it is. */
export async function makeWorldInputs(work: string, options: WorldOptions): Promise<EntityInputs> {
  const { seed, users, days, taste } = options;
  const folder = path.join(work, `world-${seed}-${users}-${days}-${taste}`);
  if (!existsSync(path.join(folder, 'truth', 'comments.ndjson'))) {
    await mkdir(folder, { recursive: true });
    await writeWorld(createWorld(options), folder);
  }
  return { folder, queries: 'queries.tsv', minUsers: DEFAULT_RULES.minUsers };
}

/**
 * The raw comments, videos and query logs of the real data as NDJSON in a folder below `work`; null when they are not on this machine. The labelled posts are none of
 * them.
 */
export async function makeRealInputs(work: string): Promise<EntityInputs | null> {
  const comments = readDataText('comments', 'youtube-2022-comments.csv');
  const videos = readDataText('videos', 'youtube-2022-videos.csv');
  const lines = (...names: string[]) => readDataLines(...names) ?? [];
  if (comments === null || videos === null) return null;
  const folder = path.join(work, 'real');
  await mkdir(folder, { recursive: true });
  const write = (name: string, rows: readonly object[]) =>
    writeFile(path.join(folder, name), rows.map((row) => `${JSON.stringify(row)}\n`).join(''));
  await write('comments.ndjson', [
    ...readCsv(comments).map((row) => ({ video: row['Video ID'], text: row.Comment ?? '' })),
    ...lines('comments', 'youtube-raw-20k.txt').map((text) => ({ text })),
  ]);
  await write(
    'videos.ndjson',
    readCsv(videos).map((row) => ({ video: row['Video ID'], title: row.Title ?? '' })),
  );
  const fieldsOf = (file: string) => lines('queries', file).map((line) => line.split('\t'));
  await write('queries.ndjson', [
    ...fieldsOf('bing-2020-01-by-country.tsv')
      .slice(1)
      .map(([, query, , , count]) => ({ query, count: Number(count) })),
    ...fieldsOf('excite-1997.tsv').map(([user, , query]) => ({ user, query })),
    ...lines('queries', 'trec-2005.txt').map((query) => ({ query })),
    ...fieldsOf('sogou-2008.tsv').map(([, user, query]) => ({ user, query })),
  ]);
  // Few users of these logs are told apart.
  return { folder, queries: 'queries.ndjson', minUsers: 1 };
}

/** Indexes them as `foretype index` does, in the folder `index` beside them; gives that folder. */
export async function indexEntities(
  { folder, queries, minUsers }: EntityInputs,
  onSurface?: (evidence: SurfaceEvidence) => void,
): Promise<string> {
  const fileOf = (name: string) => path.join(folder, name);
  const files = {
    queries: fileOf(queries),
    videos: fileOf('videos.ndjson'),
    comments: fileOf('comments.ndjson'),
  };
  return indexFiles(fileOf('index'), files, { minUsers }, onSurface);
}

/** The texts of the comments. */
export function readInputComments({ folder }: EntityInputs): readonly string[] {
  const rows = readLines<{ readonly text: string }>(path.join(folder, 'comments.ndjson'));
  return rows.map(({ text }) => text);
}
