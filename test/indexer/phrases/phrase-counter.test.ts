import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { normalise } from '../../../dictionaries/normalise.ts';
import { creatorsOf, mineVideos, type Video } from './mined-videos.ts';

/** The same video by several creators. */
function by(creators: readonly string[], video: Video): Video[] {
  return creators.map((creator, at) => ({ video: `${creator}-${at}`, creator, ...video }));
}

describe('counting who carries a phrase', () => {
  test('takes distinct creators, however many videos they have', async () => {
    const videos = [
      ...by(['a', 'b', 'b', 'b'], { tags: ['alpenglow'] }),
      ...by(['a', 'b', 'c'], { tags: ['edelweiss'] }),
    ];
    expect(await creatorsOf(videos)).toEqual({ edelweiss: { und: 3 } });
    expect(await creatorsOf(videos, { minVideos: 2 })).toEqual({
      alpenglow: { und: 2 },
      edelweiss: { und: 3 },
    });
  });

  test('a video without a creator is its own, or has the one that another of its rows names', async () => {
    const tags = ['edelweiss'];
    const own = [
      { video: '1', tags },
      { video: '2', tags },
      { video: '2', tags },
    ];
    expect(await creatorsOf(own)).toEqual({});
    expect(await creatorsOf([...own, { video: '3', tags }])).toEqual({ edelweiss: { und: 3 } });
    expect(await creatorsOf([...own, { tags }])).toEqual({ edelweiss: { und: 3 } });
    const named = [...own, { video: '1', creator: 'a', tags }, { video: '3', creator: 'a', tags }];
    expect(await creatorsOf(named)).toEqual({});
    // A creator that is called like a video is not that video.
    expect(await creatorsOf([...own, { video: '9', creator: '1', tags }])).toEqual({
      edelweiss: { und: 3 },
    });
  });

  test('each market for itself', async () => {
    const videos = [
      ...by(['a', 'b', 'c'], { tags: ['edelweiss'], market: 'de-AT' }),
      ...by(['a', 'b'], { tags: ['edelweiss'], market: 'de-CH' }),
      ...by(['a', 'b', 'c', 'd'], { tags: ['edelweiss'] }),
    ];
    expect(await creatorsOf(videos)).toEqual({ edelweiss: { 'de-AT': 3, und: 4 } });
  });

  test('tags, hashtags and titles of one creator are one, in every spelling', async () => {
    const videos = [
      { creator: 'a', tags: ['Spider-Man', 'spiderman'], title: 'Spider-Man' },
      { creator: 'b', description: 'see #SpiderMan' },
      { creator: 'c', title: 'My day | Spider Man | 4K' },
    ];
    const { entities } = await mineVideos(videos);
    expect(entities).toHaveLength(1);
    expect(entities[0]).toMatchObject({ normalised: 'spider man', markets: [{ creators: 3 }] });
  });

  test('shows the surface that most creators write', async () => {
    const videos = [
      ...by(['a', 'b'], { tags: ['Anna Example'] }),
      ...by(['c'], { tags: ['anna example'] }),
      ...by(['d'], { title: 'ANNA EXAMPLE | WOW' }),
    ];
    const { entities } = await mineVideos(videos);
    expect(entities.map(({ surface }) => surface)).toEqual(['Anna Example']);
  });

  test('variants share one entity and lead to it', async () => {
    const videos = [
      ...by(['a', 'b', 'c', 'd'], { tags: ['política'] }),
      ...by(['d', 'e', 'f'], { tags: ['politica'] }),
    ];
    const { entities } = await mineVideos(videos);
    expect(entities).toMatchObject([
      { surface: 'política', aliases: ['politica'], markets: [{ creators: 6 }] },
    ]);
    expect(Object.keys(await creatorsOf(videos, { group: 'surface' }))).toHaveLength(2);
  });

  test('fresh videos weigh more than old ones, by half-lives', async () => {
    const videos = [
      ...by(['a', 'b', 'c'], { tags: ['edelweiss'], at: '2026-04-01T00:00:00Z' }),
      ...by(['a'], { tags: ['edelweiss'], at: '2026-04-11T00:00:00Z' }),
    ];
    const { entities } = await mineVideos(videos, { asOf: '2026-04-21', halfLifeDays: 10 });
    expect(entities[0]?.markets[0]?.freshness).toBeCloseTo(0.5 + 0.25 + 0.25, 12);
    const still = await mineVideos(videos, { asOf: '2026-04-21', halfLifeDays: 0 });
    expect(still.entities[0]?.markets[0]?.freshness).toBe(3);
  });

  test('leaves out what is blocked, unless told not to, and personal data in any case', async () => {
    const tags = ['porn stars', 'mail me@example.org', 'edelweiss'];
    const videos = by(['a', 'b', 'c'], { tags });
    expect(Object.keys(await creatorsOf(videos))).toEqual(['edelweiss']);
    expect(Object.keys(await creatorsOf(videos, { safety: false }))).toEqual([
      'edelweiss',
      'porn stars',
    ]);
  });

  test('agrees with counting by hand, in every order of the videos', async () => {
    const words = ['alpenglow', 'edelweiss', 'gletscher', 'murmeltier'];
    const video = fc.record({
      creator: fc.constantFrom('a', 'b', 'c', 'd'),
      market: fc.constantFrom('de', 'und'),
      tags: fc.subarray(words),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(video, { minLength: 1, maxLength: 25 }), async (videos) => {
        const expected: Record<string, Record<string, number>> = {};
        for (const word of words) {
          for (const market of ['de', 'und']) {
            const carriers = videos.filter(
              (one) => one.market === market && one.tags.includes(word),
            );
            const creators = new Set(carriers.map(({ creator }) => creator)).size;
            if (creators < 2) continue;
            expected[normalise(word)] = { ...expected[normalise(word)], [market]: creators };
          }
        }
        const named = videos.map((one, at) => ({ ...one, video: `v${at}` }));
        expect(await creatorsOf(named, { minVideos: 2 })).toEqual(expected);
        expect(await creatorsOf(named.reverse(), { minVideos: 2 })).toEqual(expected);
      }),
      { numRuns: 12 },
    );
  });
});
