import { BuildError } from './build-error.ts';
import type { Workspace } from './clean/workspace.ts';
import { RowLoader } from './counting/row-loader.ts';
import { EntityBuild } from './entities/entity-build.ts';
import type { Listed } from './event-lists.ts';
import type { BuildIo, IndexOptions } from './index-options.ts';
import { checkCommentLog } from './input/comment-log.ts';
import { checkEvents } from './input/event-source.ts';
import { checkQueryLog, readQueryLog } from './input/query-log.ts';
import { RowTally } from './input/row-tally.ts';
import { checkVideoLog } from './input/video-log.ts';
import { type LoadedVideos, loadVideos } from './phrases/video-build.ts';

/** What was read into the workspace. */
export interface BuildInputs {
  readonly tally: RowTally;
  readonly searches: RowLoader;
  /** Null when there are no videos to read. */
  readonly videos: LoadedVideos | null;
  /** Comments, and the texts that name what they may link to; read once so far. */
  readonly entities: EntityBuild;
  /** The instant that ages count from, in microseconds since the epoch; undefined when nothing has a time. */
  readonly asOfUs: number | undefined;
}

/** Looks at every list before a build begins; throws `BuildError` for one that cannot be read as it says. */
export async function checkInputs(options: IndexOptions): Promise<void> {
  const { queries, layout, videos, comments, events } = options;
  await checkQueryLog(queries, layout);
  if (videos !== undefined) await checkVideoLog(videos.files, videos.layout);
  if (comments !== undefined) await checkCommentLog(comments.files, comments.layout);
  if (events !== undefined) await checkEvents(events);
}

/** Reads searches, videos and comments; throws `no-rows` when all of them together are empty, naming the lists of `given`, which has no passing files. */
export async function readInputs(
  workspace: Workspace,
  options: Listed<IndexOptions>,
  given: IndexOptions,
  io: BuildIo,
): Promise<BuildInputs> {
  const tally = new RowTally(options.maxMalformedShare);
  const searches = await loadSearches(workspace, options, tally, io);
  const videos = await loadVideos(workspace, options, io);
  const entities = await EntityBuild.open(workspace, options, io);
  if (tally.rows + (videos?.tally.rows ?? 0) + entities.rows === 0) throw noRows(given);
  const newestVideoUs = options.asOf === undefined ? videos?.newestUs : undefined;
  return { tally, searches, videos, entities, asOfUs: newestOf(searches.asOfUs, newestVideoUs) };
}

async function loadSearches(
  workspace: Workspace,
  options: Listed<IndexOptions>,
  tally: RowTally,
  io: BuildIo,
): Promise<RowLoader> {
  io.onStep('reading rows');
  await workspace.runStep('clean/01-raw-rows');
  const loader = await RowLoader.open(workspace, options.asOf);
  try {
    for await (const rows of readQueryLog(options.queries, options.layout, io.nowMs(), tally)) {
      for (const row of rows) loader.add(row);
      io.onRows(tally.rows);
    }
  } finally {
    loader.close();
  }
  return loader;
}

function noRows({ queries, videos, comments, events }: IndexOptions): BuildError {
  const lists = [queries, videos?.files ?? [], comments?.files ?? [], events ?? []].flat();
  const files = lists.map((file) => (typeof file === 'string' ? file : file.path)).join(', ');
  return new BuildError('no-rows', `no rows in ${files}; the index was left as it is`);
}

/** The later of two instants, either of which may be unknown. */
function newestOf(a: number | undefined, b: number | undefined): number | undefined {
  return a === undefined || b === undefined ? (a ?? b) : Math.max(a, b);
}
