import fc from 'fast-check';
import { expect, it } from 'vitest';
import { finish } from '../../../../../serving/sliced-work.ts';
import { VideoSearches } from '../../../../../serving/surfaces/live/videos/video-searches.ts';

const VIDEOS = ['v1', 'v2', 'v3'];
const search = fc.record({
  video: fc.constantFrom(...VIDEOS),
  query: fc.constantFrom('cats', 'dogs', 'news'),
  user: fc.constantFrom('ann', 'bob', 'cem', 'dan'),
});

interface Search {
  readonly video: string;
  readonly query: string;
  readonly user: string;
}

function searchesOf(all: readonly Search[], isNoted: (each: Search) => boolean): VideoSearches {
  const searches = new VideoSearches();
  all.forEach((each, offset) => {
    const text = { normalised: each.query, surface: each.query, isBlocked: false };
    const seeker = { user: each.user, market: 'und', offset };
    if (isNoted(each)) searches.note(each.video, text, seeker);
  });
  return searches;
}

const contentOf = (searches: VideoSearches) =>
  VIDEOS.map((video) => new Set(searches.searchedBy(video, 1, 3)));

it('are without who is forgotten what they would be had they never searched', () => {
  const forgotten = fc.subarray(['ann', 'bob', 'cem', 'stranger']);
  fc.assert(
    fc.property(fc.array(search, { maxLength: 40 }), forgotten, (all, users) => {
      const searches = searchesOf(all, () => true);
      const pairs = all
        .filter(({ user }) => users.includes(user))
        .map((each) => JSON.stringify(each));
      expect(finish(searches.forgetUsers(new Set(users)))).toBe(new Set(pairs).size);
      const never = searchesOf(all, ({ user }) => !users.includes(user));
      expect(contentOf(searches)).toEqual(contentOf(never));
      expect(searches.size).toBe(never.size);
    }),
  );
});

it('forget who searched with thousands of videos, whatever is searched meanwhile', () => {
  const all = Array.from({ length: 9_000 }, (_, i) => ({
    ...{ video: `v${i}`, query: 'cats', user: i % 2 === 0 ? 'ann' : 'bob' },
  }));
  const searches = searchesOf(all, () => true);
  const work = searches.forgetUsers(new Set(['ann']));
  expect(work.next().done).toBe(false);
  const text = { normalised: 'dogs', surface: 'dogs', isBlocked: false };
  for (let i = 0; i < 9_000; i += 3) {
    searches.note(`v${i}`, text, { user: 'cem', market: 'und', offset: i });
  }
  expect(finish(work)).toBe(4_500);
  expect(searches.searchesOf('ann')).toEqual([]);
  expect(searches.searchesOf('bob')).toHaveLength(4_500);
  expect(searches.searchesOf('cem')).toHaveLength(3_000);
});
