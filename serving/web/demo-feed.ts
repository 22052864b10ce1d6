import { createReadStream } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import type { StaticFile } from './static-files.ts';

const VIDEOS_A_MARKET = 8;
const COMMENTS_A_VIDEO = 4;

interface DemoVideo {
  readonly video: string;
  readonly title: string;
  readonly tags: readonly string[];
  readonly creator: string;
  readonly market: string;
  readonly comments: { readonly id: string; readonly text: string }[];
}

/**
 * The feed of the demo's page, from the videos and comments of a simulated world: of each market the newest few videos that have comments, each
 * with its first ones. Reads both files once, line by line; keeps a line a video.
 */
export async function readDemoFeed(worldFolder: string): Promise<StaticFile> {
  const videos = new Map<string, DemoVideo>();
  for await (const row of readLines(path.join(worldFolder, 'videos.ndjson'))) {
    const { video, title, tags, creator, market } = row as Record<string, unknown>;
    const id = String(video);
    videos.set(id, {
      video: id,
      title: String(title),
      tags: Array.isArray(tags) ? tags.map(String) : [],
      creator: String(creator),
      market: String(market),
      comments: [],
    });
  }
  for await (const row of readLines(path.join(worldFolder, 'comments.ndjson'))) {
    const { comment, video, text } = row as Record<string, unknown>;
    const { comments } = videos.get(String(video)) ?? {};
    if (comments === undefined || comments.length === COMMENTS_A_VIDEO) continue;
    comments.push({ id: String(comment), text: String(text) });
  }
  const shown: DemoVideo[] = [];
  const byMarket = new Map<string, number>();
  for (const video of [...videos.values()].reverse()) {
    const count = byMarket.get(video.market) ?? 0;
    if (video.comments.length < COMMENTS_A_VIDEO || count === VIDEOS_A_MARKET) continue;
    byMarket.set(video.market, count + 1);
    shown.push(video);
  }
  return {
    urlPath: '/assets/feed.json',
    contentType: 'application/json; charset=utf-8',
    bytes: Buffer.from(JSON.stringify({ videos: shown })),
  };
}

async function* readLines(file: string): AsyncGenerator<unknown> {
  const lines = createInterface({ input: createReadStream(file), crlfDelay: Infinity });
  for await (const line of lines) if (line !== '') yield JSON.parse(line);
}
