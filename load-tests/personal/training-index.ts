import { access, mkdir } from 'node:fs/promises';
import path from 'node:path';
import { run as runIndex } from '../../indexer/commands/index.ts';
import { openSnapshotFiles } from '../../indexer/segment/snapshot-directory.ts';
import type { SnapshotContent } from '../../serving/snapshot/snapshot-content.ts';
import { OutputFile } from '../simulate/output-file.ts';
import { TimeStamp } from '../simulate/time-stamp.ts';
import type { LoggedSearch, LoggedVideo } from './personal-log.ts';

/** What an index is built of. */
export interface Training {
  readonly searches: readonly LoggedSearch[];
  readonly videos: readonly LoggedVideo[];
}

/** Opens the index in a folder; builds it there with `foretype index` where there is none. */
export async function openOrBuild(
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
  const withVideos = videos.length === 0 ? [] : ['--videos', videoFile];
  const args = ['--queries', queryFile, ...withVideos, '--out', index];
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
