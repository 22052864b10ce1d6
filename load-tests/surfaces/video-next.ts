/*
 * What is searched after a simulated video? `truth/videos.ndjson` names it. Half of the videos, by a seeded draw, are cold: their searches do not name them and their
 * texts arrive as events. Prints success@10 over videos one of whose next queries is a completion of their market, cold and warm, beside the market's most
 * searched ones. `npm run bench -- video-next WORLD…`, each made by `foretype simulate`.
 */
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { normalise } from '../../dictionaries/normalise.ts';
import { openSnapshotFiles } from '../../indexer/segment/snapshot-directory.ts';
import { Engine } from '../../serving/retrieval/engine.ts';
import { seededRandom } from '../micro/seeded-random.ts';
import { indexFiles } from './indexed-files.ts';
import { ServedVideos, SHOWN } from './served-videos.ts';

const SEED = 1;
const VIDEO_COLUMN = 5;

interface WorldVideo {
  readonly video: string;
  readonly title: string;
  readonly description: string;
  readonly tags: readonly string[];
  readonly transcript: string;
  readonly market: string;
}

const worlds = process.argv.slice(2);
if (worlds.length === 0) console.log('skipped: expected folders of simulated worlds');
for (const world of worlds) await report(world);

async function readRows<T>(...names: readonly string[]): Promise<T[]> {
  const text = await readFile(path.join(...names), 'utf8');
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line): T => JSON.parse(line));
}

async function report(world: string): Promise<void> {
  const videos = await readRows<WorldVideo>(world, 'videos.ndjson');
  const truth = await readRows<{ video: string; next: string[] }>(world, 'truth', 'videos.ndjson');
  const comments = new Map<string, string[]>();
  for (const { video, text } of await readRows<{ video: string; text: string }>(
    world,
    'comments.ndjson',
  ))
    comments.set(video, [...(comments.get(video) ?? []), text]);
  const next = new Map(truth.map((each) => [each.video, new Set(each.next.map(normalise))]));
  const random = seededRandom(SEED);
  const cold = new Set(videos.filter(() => random() < 0.5).map(({ video }) => video));
  const content = await indexWithout(world, videos, cold);
  const served = new ServedVideos(content);
  for (const { market, ...text } of videos) {
    if (cold.has(text.video)) served.arrive(text, comments.get(text.video) ?? [], market);
  }
  const engine = new Engine(content.segment, content.manifest);
  const isCompletion = (query: string, market: string) =>
    engine
      .suggest(query, { limit: SHOWN, market })
      .suggestions.some(({ text }) => normalise(text) === query);
  const judge = (name: string, isAsked: (video: string) => boolean): void => {
    let asked = 0;
    let found = 0;
    let popular = 0;
    for (const { video, market } of videos) {
      const wanted = [...(next.get(video) ?? [])].filter((query) => isCompletion(query, market));
      if (!isAsked(video) || wanted.length === 0) continue;
      asked++;
      const list = served.answer(video, market).map(({ normalised }) => normalised);
      const most = engine.suggest('', { limit: SHOWN, market }).suggestions;
      if (wanted.some((query) => list.includes(query))) found++;
      if (wanted.some((query) => most.some(({ text }) => normalise(text) === query))) popular++;
    }
    const share = (count: number) => (count / asked).toFixed(3);
    console.log(
      `${path.basename(world)} ${name}: success@${SHOWN} ${share(found)}, most searched ${share(popular)}, ${asked} videos`,
    );
  };
  judge('warm', (video) => !cold.has(video));
  judge('cold', (video) => cold.has(video));
}

async function indexWithout(
  world: string,
  videos: readonly WorldVideo[],
  cold: ReadonlySet<string>,
): Promise<Awaited<ReturnType<typeof openSnapshotFiles>>> {
  const folder = await mkdtemp(path.join(tmpdir(), 'foretype-next-'));
  try {
    const queries = path.join(folder, 'queries.tsv');
    const out = createWriteStream(queries);
    const lines = createInterface({ input: createReadStream(path.join(world, 'queries.tsv')) });
    for await (const line of lines) {
      const cells = line.split('\t');
      if (cold.has(cells[VIDEO_COLUMN] ?? '')) cells[VIDEO_COLUMN] = '';
      out.write(`${cells.join('\t')}\n`);
    }
    await new Promise<void>((resolve) => out.end(resolve));
    const known = path.join(folder, 'videos.ndjson');
    const warm = videos.filter(({ video }) => !cold.has(video));
    await writeFile(known, warm.map((each) => `${JSON.stringify(each)}\n`).join(''));
    const files = { queries, videos: known, comments: path.join(world, 'comments.ndjson') };
    const indexDir = await indexFiles(path.join(folder, 'index'), files);
    return await openSnapshotFiles(indexDir, undefined, { checksums: true });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
