import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { LogRow } from '../simulate/day-log.ts';
import type { WorldOptions } from '../simulate/parameters.ts';
import { describeVideo } from '../simulate/video-text.ts';
import { readEmoji } from '../simulate/vocabulary/emoji.ts';
import { createWorld, liveDays, type World } from '../simulate/world.ts';
import type { LoggedSearch, LoggedVideo, PersonalLog } from './personal-log.ts';
import { openOrBuild } from './training-index.ts';

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
