import { access, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { run as runIndex } from '../../indexer/commands/index.ts';
import { openSnapshotFiles } from '../../indexer/segment/snapshot-directory.ts';
import type { SnapshotContent } from '../../serving/snapshot/snapshot-content.ts';
import type { LogRow } from '../simulate/day-log.ts';
import { OutputFile } from '../simulate/output-file.ts';
import type { WorldOptions } from '../simulate/parameters.ts';
import { TimeStamp } from '../simulate/time-stamp.ts';
import { describeVideo } from '../simulate/video-text.ts';
import { readEmoji } from '../simulate/vocabulary/emoji.ts';
import { createWorld, liveDays, type World } from '../simulate/world.ts';
import type { LoggedSearch, LoggedVideo, PersonalLog } from './personal-log.ts';

export interface PersonalWorldOptions extends WorldOptions {
  /** `--min-users` of the index. */
  readonly minUsers: number;
  /** Where indexes are kept from one run to the next; absent: nowhere. */
  readonly cache?: string;
}

/** Lives a world, and indexes what happened before its held-out part with `foretype index`. The truth says no more here than which rows are judged. */
export async function makePersonalWorld(options: PersonalWorldOptions): Promise<PersonalLog> {
  const { taste, users, days, seed, minUsers, cache } = options;
  const world = createWorld(options);
  const heldOutFromMs = world.split.heldOutFromMs;
  const searches: LoggedSearch[] = [];
  for (const { rows } of liveDays(world)) for (const row of rows) searches.push(toSearch(row));
  const videos = describeVideos(world);
  const name = `${taste}-${users}-${days}-${seed}-${minUsers}`;
  const folder =
    cache === undefined
      ? await mkdtemp(path.join(tmpdir(), 'foretype-personal-'))
      : path.join(cache, name);
  try {
    const content = await openOrBuild(folder, minUsers, {
      searches: searches.filter(({ atMs }) => atMs < heldOutFromMs),
      videos: videos.filter(({ atMs }) => atMs < heldOutFromMs),
    });
    const laterVideos = videos.filter(({ atMs }) => atMs >= heldOutFromMs);
    return { name, searches, heldOutFromMs, content, laterVideos };
  } finally {
    if (cache === undefined) await rm(folder, { recursive: true, force: true });
  }
}

const ROLES: Partial<Record<LogRow['kind'], LoggedSearch['role']>> = {
  search: 'committed',
  trace: 'unfinished',
};

function toSearch(row: LogRow): LoggedSearch {
  const { atMs, user, session, market, query } = row;
  return {
    ...{ atMs, user, session, market, query },
    video: row.video === '' ? null : row.video,
    clicked: row.clicked === '' ? null : row.clicked,
    role: ROLES[row.kind] ?? 'other',
  };
}

function describeVideos(world: World): LoggedVideo[] {
  const emoji = readEmoji();
  return world.catalogue.videos.map((video, index) => {
    const row = describeVideo(world.options.seed, index, video, world.phrasebook, emoji);
    return { ...row, atMs: video.publishedMs };
  });
}

interface Training {
  readonly searches: readonly LoggedSearch[];
  readonly videos: readonly LoggedVideo[];
}

async function openOrBuild(
  folder: string,
  minUsers: number,
  training: Training,
): Promise<SnapshotContent> {
  const index = path.join(folder, 'index');
  const isBuilt = await access(index).then(
    () => true,
    () => false,
  );
  if (!isBuilt) await buildFrom(folder, index, minUsers, training);
  const { segment, manifest } = await openSnapshotFiles(index, undefined, { checksums: false });
  return { segment, manifest };
}

async function buildFrom(
  folder: string,
  index: string,
  minUsers: number,
  { searches, videos }: Training,
): Promise<void> {
  await mkdir(folder, { recursive: true });
  const stamp = new TimeStamp();
  const queryFile = path.join(folder, 'queries.tsv');
  await writeLines(
    queryFile,
    ['at\tuser\tsession\tquery\tmarket\tvideo\tclicked'],
    searches,
    ({ atMs, user, session, query, market, video, clicked }) =>
      [stamp.write(atMs), user, session, query, market, video, clicked]
        .map((field) => field ?? '')
        .join('\t'),
  );
  const videoFile = path.join(folder, 'videos.ndjson');
  await writeLines(videoFile, [], videos, ({ atMs, ...row }) =>
    JSON.stringify({ ...row, at: new Date(atMs).toISOString() }),
  );
  const silent = { write: () => true };
  const io = { stdout: silent, stderr: silent, env: {}, isTerminal: false };
  const args = ['--queries', queryFile, '--videos', videoFile, '--out', index];
  const code = await runIndex([...args, '--min-users', String(minUsers)], io);
  if (code !== 0) throw new Error(`expected the index to be built, got exit code ${code}`);
}

async function writeLines<T>(
  to: string,
  head: readonly string[],
  rows: readonly T[],
  lineOf: (row: T) => string,
): Promise<void> {
  const file = await OutputFile.create(to);
  for (const line of head) file.writeLine(line);
  for (const row of rows) {
    const full = file.writeLine(lineOf(row));
    if (full) await full;
  }
  await file.close();
}
