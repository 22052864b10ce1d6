import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DEFAULT_RULES } from '../../indexer/index-options.ts';
import { openSnapshotFiles } from '../../indexer/segment/snapshot-directory.ts';
import { indexFiles } from './indexed-files.ts';
import type { FoundVideo, VideoData } from './video-data.ts';

/** Synthetic users who search each known keyword with its video: the threshold, so that the evidence passes. */
const USERS = DEFAULT_RULES.minUsers;

export type OpenedSnapshot = Awaited<ReturnType<typeof openSnapshotFiles>>;

/**
 * Builds an index, the way `foretype index` does, of the other queries, the searches that found the known videos, and the texts of those; opens it.
 * Each keyword is also searched enough to be a completion by itself.
 */
export async function indexKnownVideos(
  data: VideoData,
  known: readonly FoundVideo[],
): Promise<OpenedSnapshot> {
  const folder = await mkdtemp(path.join(tmpdir(), 'foretype-videos-'));
  try {
    const file = async (name: string, rows: readonly object[]): Promise<string> => {
      const to = path.join(folder, name);
      await writeFile(to, rows.map((row) => `${JSON.stringify(row)}\n`).join(''));
      return to;
    };
    const users = Array.from({ length: USERS }, (_, user) => user);
    const queries = [
      ...Array.from(data.otherQueries, ([query, count]) => ({ query, count, users: USERS })),
      ...data.keywords.flatMap((query) => users.map((user) => ({ query, user: `k${user}` }))),
      ...known.flatMap(({ id, keywords }) =>
        [...keywords].flatMap((query) =>
          users.map((user) => ({ query, user: `${id}-${user}`, video: id })),
        ),
      ),
    ];
    const files = {
      queries: await file('queries.ndjson', queries),
      videos: await file(
        'videos.ndjson',
        known.map(({ id, title }) => ({ video: id, title })),
      ),
      comments: await file(
        'comments.ndjson',
        known.flatMap(({ id, comments }) => comments.map((text) => ({ video: id, text }))),
      ),
    };
    // Merged forms would leave fewer than the 5,000 completions that the keywords are to be told from.
    const indexDir = await indexFiles(path.join(folder, 'index'), files, { group: 'none' });
    return await openSnapshotFiles(indexDir, undefined, { checksums: true });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
