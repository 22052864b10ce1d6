import { describe, expect, it } from 'vitest';
import { VideoWords } from '../../../../../dictionaries/video-text/video-words.ts';
import type { Event } from '../../../../../indexer/events/event.ts';
import {
  DEFAULT_LIVE_BOUNDS,
  LiveVideos,
} from '../../../../../serving/surfaces/live/videos/live-videos.ts';
import { SimilarVideos } from '../../../../../serving/surfaces/live/videos/similar-videos.ts';

let count = 0;
type Sent = Event extends infer E ? (E extends Event ? Omit<E, 'eventId' | 'atMs'> : never) : never;
function send(live: LiveVideos, event: Sent, who: { user?: string; atMs?: number } = {}): void {
  count += 1;
  const whole = { ...event, eventId: `e${count}`, atMs: who.atMs ?? 0 } as Event;
  const record = { event: whole, arrivedMs: 0, user: who.user ?? null, session: null };
  live.apply({ ...record, market: 'und' }, count);
}
const searched = (live: LiveVideos, video: string, least = 1) =>
  live.searches.searchedBy(video, least).map(({ normalised, users }) => `${normalised} ${users}`);

describe('live videos', () => {
  it('analyse a text when its event comes, and once more for another snapshot', () => {
    const live = new LiveVideos();
    const seen: string[] = [];
    const estimator = (name: string) => (words: VideoWords) => {
      seen.push(`${name}: ${words.titleWords.join(' ')}`);
      return [{ id: 1, bits: 1 }];
    };
    live.useEstimator(estimator('one'));
    send(live, { type: 'video', video: 'v', title: 'Red Cars' });
    expect(seen).toEqual(['one: red cars']);
    expect(live.estimateOf('v')).toEqual([{ id: 1, bits: 1 }]);
    expect(seen.length).toBe(1);
    live.useEstimator(estimator('two'));
    live.estimateOf('v');
    live.estimateOf('v');
    expect(seen).toEqual(['one: red cars', 'two: red cars']);
    expect(live.estimateOf('unknown')).toBeNull();
    expect(live.titleWordsOf('v')).toEqual(['red', 'cars']);
  });

  it('read comments in, keep them when the video is told of again, and no more than the bound', () => {
    const live = new LiveVideos({ ...DEFAULT_LIVE_BOUNDS, comments: 2 });
    let words: readonly string[] = [];
    live.useEstimator((text) => {
      words = text.words.map(({ word }) => word);
      return [];
    });
    send(live, { type: 'video', video: 'v', title: 'red' });
    for (const text of ['one', 'two', 'three'])
      send(live, { type: 'comment', comment: text, video: 'v', text });
    expect([...words].sort()).toEqual(['one', 'red', 'two']);
    send(live, { type: 'video', video: 'v', title: 'blue' });
    expect([...words].sort()).toEqual(['blue', 'one', 'two']);
    send(live, { type: 'comment', comment: 'c', video: 'nobody', text: 'x' });
    expect(live.size).toBe(1);
  });

  it('forget those heard of longest ago, by count and by size', () => {
    const few = new LiveVideos({ ...DEFAULT_LIVE_BOUNDS, videos: 2 });
    for (const video of ['a', 'b', 'a', 'c']) send(few, { type: 'video', video, title: 'x' });
    expect(['a', 'b', 'c'].map((video) => few.titleWordsOf(video) !== null)).toEqual([
      true,
      false,
      true,
    ]);
    const small = new LiveVideos({ ...DEFAULT_LIVE_BOUNDS, units: 10 });
    for (const video of ['a', 'b', 'c']) send(small, { type: 'video', video, title: 'four' });
    expect(small.size).toBe(2);
  });

  it('count a query by distinct users, on screen or watched within ten minutes before', () => {
    const live = new LiveVideos();
    const query = 'Red Cars';
    for (const user of ['a', 'b', 'b']) send(live, { type: 'search', query, video: 'v' }, { user });
    send(live, { type: 'watch', video: 'v', seconds: 3 }, { user: 'c', atMs: 1_000 });
    send(live, { type: 'search', query }, { user: 'c', atMs: 60_000 });
    send(live, { type: 'search', query: 'late' }, { user: 'c', atMs: 3_600_000 });
    send(live, { type: 'search', query, video: 'v' });
    expect(searched(live, 'v')).toEqual(['red cars 3']);
    expect(searched(live, 'v', 4)).toEqual([]);
    live.forgetUser('a');
    expect(searched(live, 'v')).toEqual(['red cars 2']);
  });

  it('count no search that was still being typed', () => {
    const live = new LiveVideos();
    for (const [at, query] of ['red', 'red ca', 'red cars'].entries())
      send(live, { type: 'search', query, video: 'v' }, { user: 'a', atMs: at * 1_000 });
    expect(searched(live, 'v')).toEqual(['red cars 1']);
  });

  it('keep so many searches in all, of the videos searched with last', () => {
    const bounds = { videos: 9, queries: 3, users: 2, seekers: 6 };
    const live = new LiveVideos({ ...DEFAULT_LIVE_BOUNDS, searches: bounds });
    const search = (video: string, query: string, user: string) =>
      send(live, { type: 'search', query, video }, { user });
    for (const user of ['a', 'b', 'c']) search('v1', 'one', user);
    expect(searched(live, 'v1')).toEqual(['one 2']);
    for (const query of ['two', 'three', 'four', 'five']) search('v2', query, 'a');
    expect(searched(live, 'v2')).toEqual(['three 1', 'four 1', 'five 1']);
    search('v3', 'six', 'a');
    expect([searched(live, 'v1').length, searched(live, 'v3').length]).toEqual([1, 1]);
    search('v3', 'seven', 'a');
    expect(searched(live, 'v1')).toEqual([]);
    expect([searched(live, 'v2').length, searched(live, 'v3').length]).toEqual([3, 2]);
    live.forgetUser('a');
    expect(live.searches.size).toBe(0);
    for (const user of ['b', 'c']) for (const query of ['x', 'y', 'z']) search('v4', query, user);
    expect(searched(live, 'v4')).toEqual(['x 2', 'y 2', 'z 2']);
  });

  it('never keep what holds personal data', () => {
    const live = new LiveVideos();
    for (const user of ['a', 'b', 'c', 'd', 'e', 'f'])
      send(live, { type: 'search', query: 'mail jo@example.com', video: 'v' }, { user });
    expect(searched(live, 'v')).toEqual([]);
  });
});

describe('similar videos', () => {
  const put = (similar: SimilarVideos, video: string, title: string) =>
    similar.put(video, new VideoWords({ title }).words);

  it('are those that share words, in any script, most alike first', () => {
    const similar = new SimilarVideos();
    put(similar, 'a', 'red racing car');
    put(similar, 'b', 'red racing car crash');
    put(similar, 'c', 'red paint');
    put(similar, 'd', '東京 ラーメン');
    put(similar, 'e', 'ラーメン 東京');
    expect(similar.similarTo('a').map(({ video }) => video)).toEqual(['b', 'c']);
    expect(similar.similarTo('d')).toEqual([{ video: 'e', likeness: expect.closeTo(1) }]);
    expect(similar.similarTo('nobody')).toEqual([]);
  });

  it('are gone when removed, and follow new words', () => {
    const similar = new SimilarVideos();
    put(similar, 'a', 'red car');
    put(similar, 'b', 'red car');
    similar.remove('b');
    expect(similar.similarTo('a')).toEqual([]);
    put(similar, 'c', 'red car');
    put(similar, 'c', 'blue sky');
    expect(similar.similarTo('a')).toEqual([]);
    expect(similar.size).toBe(2);
  });
});
