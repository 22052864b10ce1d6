import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Container, ContainerBuilder } from '../../../indexer/segment/container.ts';
import { mixCounts } from '../../../indexer/segment/video-mixture.ts';
import {
  MOST_VIDEO_QUERIES,
  VideoIndex,
  videoKey,
} from '../../../indexer/segment/video-section.ts';
import { VideoSectionBuilder } from '../../../indexer/segment/video-section-builder.ts';

const COMPLETIONS = 50;
const list = fc.uniqueArray(
  fc.record({
    id: fc.nat({ max: COMPLETIONS - 1 }),
    bits: fc.double({ min: 0, max: 20, noNaN: true }),
    isSearched: fc.boolean(),
  }),
  { selector: ({ id }) => id, maxLength: 30 },
);
const videos = fc.uniqueArray(
  fc.record({
    id: fc.string(),
    list,
    users: fc.nat(),
    title: fc.array(fc.string({ minLength: 1 })),
  }),
  { selector: ({ id }) => id, maxLength: 20 },
);
const words = fc.uniqueArray(fc.record({ word: fc.string(), documents: fc.nat(), list }), {
  selector: ({ word }) => word,
  maxLength: 20,
});

function bytesOf(fill: (builder: VideoSectionBuilder) => void): Uint8Array {
  const container = new ContainerBuilder();
  const builder = new VideoSectionBuilder();
  fill(builder);
  builder.write(container, { documents: 7, queries: [{ id: 3, users: 9 }] });
  return container.finish();
}

function openBytes(bytes: Uint8Array): VideoIndex {
  const index = VideoIndex.open(Container.open(bytes));
  if (index === null) throw new Error('expected the sections');
  return index;
}

const byBits = (a: { bits: number; id: number }, b: { bits: number; id: number }) =>
  a.bits - b.bits || a.id - b.id;
const rounded = (bits: number) => Math.round(bits * 1024) / 1024;

describe('what is known of videos', () => {
  it('is read back, in whatever order it was added', () => {
    fc.assert(
      fc.property(videos, words, (known, vocabulary) => {
        const fill = (order: <T>(list: readonly T[]) => readonly T[]) =>
          bytesOf((builder) => {
            for (const video of order(known)) {
              const sorted = [...video.list].sort(byBits);
              builder.addVideo(videoKey(video.id), sorted, video.users, video.title);
            }
            for (const { word, documents, list: led } of order(vocabulary)) {
              const lifts = led.map(({ id, bits }) => ({ id, lift: bits }));
              builder.addWord(videoKey(word), documents, lifts);
            }
          });
        const bytes = fill((all) => all);
        expect(fill((all) => [...all].reverse())).toEqual(bytes);
        const index = openBytes(bytes);
        index.verify(COMPLETIONS);
        expect(index.size).toBe(known.length);
        for (const video of known) {
          const number = index.find(video.id);
          const expected = [...video.list]
            .sort(byBits)
            .slice(0, MOST_VIDEO_QUERIES)
            .map((each) => ({ ...each, bits: rounded(each.bits) }))
            .sort(byBits);
          expect(index.queriesOf(number)).toEqual(expected);
          expect(index.usersOf(number)).toBe(video.users);
          expect(index.titleWordsOf(video.id).length).toBe(video.title.length);
        }
        for (const { word, documents, list: led } of vocabulary) {
          const number = index.findWord(word);
          const found: unknown[] = [];
          index.visitLifts(number, (id, lift) => found.push({ id, lift }));
          expect(found).toEqual(led.map(({ id, bits }) => ({ id, lift: rounded(bits) })));
          expect(index.documentsOf(number)).toBe(documents);
        }
      }),
    );
  });

  it('says nothing of what it does not know', () => {
    const index = openBytes(bytesOf(() => {}));
    expect(index.find('v')).toBe(-1);
    expect(index.findWord('w')).toBe(-1);
    expect([...index.titleWordsOf('v')]).toEqual([]);
    expect([index.queryUsers(3), index.queryUsers(2), index.queryUsers(4)]).toEqual([9, 0, 0]);
    expect(VideoIndex.open(Container.open(new ContainerBuilder().finish()))).toBeNull();
  });

  it('verify names a completion that does not exist', () => {
    const query = { id: 40, bits: 1, isSearched: true };
    const index = openBytes(bytesOf((builder) => builder.addVideo(videoKey('v'), [query], 5, [])));
    expect(() => index.verify(41)).not.toThrow();
    expect(() => index.verify(40)).toThrow(
      /'videos.targets', entry 0: expected a completion below 40/,
    );
  });
});

describe('mixing searches with what was estimated', () => {
  const prior = [
    { id: 1, bits: 1 },
    { id: 2, bits: 2 },
  ];

  it('is the estimate without searches, and nearly the shares with many', () => {
    expect(mixCounts(prior, 8, new Map()).map(({ id, bits }) => [id, bits])).toEqual([
      [1, 1],
      [2, 2],
    ]);
    const [first] = mixCounts(prior, 8, new Map([[7, 1e6]]));
    expect(first).toMatchObject({ id: 7, isSearched: true });
    expect(first?.bits).toBeCloseTo(0, 3);
  });

  it('moves with each user, and never back', () => {
    const shareOf = (users: number) => {
      const found = mixCounts(prior, 8, new Map([[2, users]])).find(({ id }) => id === 2);
      return 2 ** -(found?.bits ?? Infinity);
    };
    const shares = [1, 2, 3, 5, 8, 20].map(shareOf);
    expect(shares).toEqual([...shares].sort((a, b) => a - b));
    expect(shareOf(8)).toBeCloseTo((8 + 8 / 4) / 16);
  });
});
