import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { EventRecord } from '../../../../indexer/events/event-record.ts';
import { IndexDirectory } from '../../../../serving/snapshot/index-directory.ts';
import type { LoadedSnapshot } from '../../../../serving/snapshot/snapshot-source.ts';
import { LiveVideos } from '../../../../serving/surfaces/live/videos/live-videos.ts';
import { VideoBar } from '../../../../serving/surfaces/video/video-bar.ts';
import { VideoQueries } from '../../../../serving/surfaces/video/video-queries.ts';
import { publishTexts } from '../../../support/index-fixture.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'foretype-bar-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function snapshotOf(name: string, texts: readonly string[]): Promise<LoadedSnapshot> {
  const dir = path.join(folder, name);
  const published = await publishTexts(dir, texts);
  return new IndexDirectory(dir).open(published);
}

const video = (title: string): EventRecord => ({
  event: { type: 'video', eventId: 'e', atMs: 0, video: 'v', title },
  ...{ arrivedMs: 0, user: null, session: null, market: 'und' },
});
const OPTIONS = { limit: 10, market: 'und', session: null };

describe('the bar under a video', () => {
  it('shows what stands in the text of a new video, also after a swap of the snapshot', async () => {
    const live = new LiveVideos();
    const bar = new VideoBar(new VideoQueries(live));
    live.apply(video('Lava Cake in Paris'), 0);
    const texts = (snapshot: LoadedSnapshot) =>
      bar
        .relatedTo('v', snapshot, OPTIONS)
        .suggestions.map(({ text }) => text)
        .sort();
    const first = await snapshotOf('first', ['lava cake', 'oslo']);
    expect(texts(first)).toEqual(['lava cake']);
    expect(texts(await snapshotOf('second', ['oslo', 'paris', 'lava']))).toEqual(['lava', 'paris']);
    expect(texts(first)).toEqual(['lava cake']);
  });

  it('leaves out what the session searched, and keeps to the limit', async () => {
    const live = new LiveVideos();
    const bar = new VideoBar(new VideoQueries(live));
    live.apply(video('Lava Cake in Paris'), 0);
    const snapshot = await snapshotOf('third', ['lava cake', 'paris', 'in']);
    const session = { queries: ['lava cake'], videos: [] };
    const shown = bar.relatedTo('v', snapshot, { ...OPTIONS, session }).suggestions;
    expect(shown.map(({ text }) => text)).not.toContain('lava cake');
    expect(shown.length).toBe(2);
    expect(shown.every(({ source, matches }) => source === 'video' && matches.length === 0)).toBe(
      true,
    );
    expect(shown.map(({ score }) => score)).toEqual(
      shown.map(({ score }) => score).sort((a, b) => b - a),
    );
    expect(bar.relatedTo('v', snapshot, { ...OPTIONS, limit: 1 }).suggestions.length).toBe(1);
  });

  it('leaves out what is a mere variant of what the session searched', async () => {
    const live = new LiveVideos();
    const bar = new VideoBar(new VideoQueries(live));
    live.apply(video('Lava Cakes in Paris'), 0);
    const snapshot = await snapshotOf('variants', ['lava cakes', 'paris', 'lava']);
    const shown = (queries: readonly string[]) =>
      bar
        .relatedTo('v', snapshot, { ...OPTIONS, session: { queries, videos: [] } })
        .suggestions.map(({ text }) => text)
        .sort();
    expect(shown([])).toEqual(['lava', 'lava cakes', 'paris']);
    expect(shown(['cake lava'])).toEqual(['lava', 'paris']);
    expect(shown(['lavacakes', 'páris'])).toEqual(['lava']);
  });

  it('has nothing for a video that nobody told of', async () => {
    const snapshot = await snapshotOf('fourth', ['paris']);
    const bar = new VideoBar(new VideoQueries(null));
    expect(bar.relatedTo('unknown', snapshot, OPTIONS)).toEqual({
      market: 'und',
      normalised: '',
      suggestions: [],
    });
  });
});
