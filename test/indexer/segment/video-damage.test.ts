/**
 * The sections `videos.*` in a segment: kept for good in golden files, and damaged. The golden segment is made anew, after a decision to change the format, by
 *   UPDATE_GOLDEN=1 npx vitest run test/indexer/segment/video-damage.test.ts
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { Container, ContainerBuilder } from '../../../indexer/segment/container.ts';
import { Segment } from '../../../indexer/segment/segment.ts';
import { videoKey } from '../../../indexer/segment/video-section.ts';
import { VideoSectionBuilder } from '../../../indexer/segment/video-section-builder.ts';
import { copyOf, plainEntries, seededRandom, segmentBytes } from './built-segments.ts';
import { reseal, sectionPlaces, segmentFault } from './damaged-bytes.ts';

const VIDEOS = ['v1', 'v2', 'a video without searches', 'ビデオ'];
const WORDS = ['lava', 'cake', 'oslo', '東京'];
const SEGMENT = new URL('../../golden/segment-v2-videos.ft', import.meta.url);
const ANSWERS = new URL('../../golden/segment-v2-videos.answers.json', import.meta.url);

/** A small segment of which each section `videos.*` holds something. */
function videoSegmentBytes(): Uint8Array {
  const plain = segmentBytes(plainEntries(['lava cake', 'oslo', 'paris', 'volcano', '東京']));
  const builder = new ContainerBuilder();
  const container = Container.open(plain);
  for (const { section } of container.sizes()) builder.add(section, container.uint8(section));
  const videos = new VideoSectionBuilder();
  const listed = (id: number, bits: number, isSearched = false) => ({ id, bits, isSearched });
  videos.addVideo(videoKey('v1'), [listed(0, 0.5, true), listed(3, 2.25)], 12, ['lava', 'cake']);
  videos.addVideo(videoKey('v2'), [listed(1, 1, true), listed(2, 1, true)], 9, ['oslo']);
  videos.addVideo(videoKey('a video without searches'), [], 0, ['nothing', 'known']);
  videos.addVideo(videoKey('ビデオ'), [listed(4, 0)], 0, ['東京']);
  videos.addWord(videoKey('lava'), 2, [
    { id: 0, lift: 3.5 },
    { id: 3, lift: 1 },
  ]);
  videos.addWord(videoKey('cake'), 5, [{ id: 0, lift: 2 }]);
  videos.addWord(videoKey('東京'), 3, []);
  const queries = [0, 1, 2].map((id) => ({ id, users: 10 + id }));
  videos.write(builder, { documents: 40, queries });
  return builder.finish();
}

/** All that the sections tell. */
function describeVideos({ videos }: Segment): unknown {
  if (videos === null) return null;
  const { size, documents, totalUsers } = videos;
  return {
    ...{ size, documents, totalUsers },
    videos: VIDEOS.map((id) => [id, videos.find(id), [...videos.titleWordsOf(id)]]),
    lists: Array.from({ length: size }, (_, video) => [
      videos.usersOf(video),
      videos.queriesOf(video),
    ]),
    words: WORDS.map((word) => {
      const found = videos.findWord(word);
      const lifts: unknown[] = [];
      if (found >= 0) videos.visitLifts(found, (id, lift) => lifts.push([id, lift]));
      return [word, found < 0 ? null : videos.documentsOf(found), lifts];
    }),
    users: [0, 1, 2, 3, 4].map((id) => videos.queryUsers(id)),
  };
}

if (process.env.UPDATE_GOLDEN === '1') {
  const bytes = videoSegmentBytes();
  writeFileSync(SEGMENT, bytes);
  writeFileSync(ANSWERS, `${JSON.stringify(describeVideos(Segment.open(bytes)), null, 1)}\n`);
}

const whole = videoSegmentBytes();
const sections = sectionPlaces(whole).filter(({ name }) => name.startsWith('videos.'));

describe('the golden segment with videos', () => {
  const golden = Uint8Array.from(readFileSync(SEGMENT));

  it('opens, verifies and tells what it told when it was written', () => {
    const segment = Segment.open(golden);
    segment.verify();
    const recorded: unknown = JSON.parse(readFileSync(ANSWERS, 'utf8'));
    expect(JSON.parse(JSON.stringify(describeVideos(segment)))).toEqual(recorded);
  });

  it('has the sections that are made today', () => {
    const names = (file: Uint8Array) => sectionPlaces(file).map(({ name }) => name);
    expect(names(golden)).toEqual(names(whole));
  });
});

describe('damaged sections of videos', () => {
  it('are all there, and hold something', () => {
    expect(sections).toHaveLength(15);
    for (const { name, start, end } of sections) expect([name, end > start]).toEqual([name, true]);
    Segment.open(whole).verify();
  });

  it('are told by their checksum for every flipped bit', () => {
    const file = copyOf(whole);
    const opened = Segment.open(file);
    for (const { name, start, end } of sections) {
      for (let at = start; at < end; at++) {
        for (let bit = 0; bit < 8; bit++) {
          file[at] = whole[at]! ^ (1 << bit);
          expect(segmentFault(() => opened.verifyChecksums())).toContain(`section '${name}'`);
        }
        file[at] = whole[at]!;
      }
    }
  });

  it('with checksums made to fit are refused, naming the section, or read without reaching beyond it', () => {
    const random = seededRandom(5);
    const refused = new Set<string>();
    for (const place of sections) {
      for (let at = place.start; at < place.end; at++) {
        const file = copyOf(whole);
        file[at] = file[at]! ^ (1 << Math.floor(random() * 8));
        reseal(file, place);
        const fault = segmentFault(() => Segment.open(file).verify());
        if (fault !== null) {
          expect(fault).toMatch(/^segment sections? 'videos\./);
          refused.add(place.name);
          continue;
        }
        // Numbers that nothing else repeats may be others now; completions that there are none of may not be named.
        const segment = Segment.open(file);
        expect(() => describeVideos(segment)).not.toThrow();
        const lists = Array.from({ length: segment.videos?.size ?? 0 }, (_, video) =>
          (segment.videos?.queriesOf(video) ?? []).map(({ id }) => id),
        );
        expect(lists.flat().every((id) => id < segment.completions)).toBe(true);
      }
    }
    // What has an order, or names a completion, is refused when it is broken.
    for (const part of [
      'shape',
      'starts',
      'titlestarts',
      'pairstarts',
      'targets',
      'pairs',
      'queries',
    ]) {
      expect(refused).toContain(`videos.${part}`);
    }
  });
});
