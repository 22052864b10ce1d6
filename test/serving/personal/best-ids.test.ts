import { expect, it } from 'vitest';
import { suggestionId } from '../../../indexer/events/suggestion-id.ts';
import { Segment } from '../../../indexer/segment/segment.ts';
import { SegmentBuilder } from '../../../indexer/segment/segment-builder.ts';
import { bestIds } from '../../../serving/personal/best-ids.ts';
import { finish } from '../../../serving/sliced-work.ts';

it('are those of the best completions, best first, as many as are asked for', () => {
  const builder = new SegmentBuilder();
  const texts = Array.from({ length: 1_000 }, (_, i) => `text ${(i * 7) % 1_000}`);
  texts.forEach((text, i) => {
    builder.add({ surface: text, normalised: text, score: 10_000 - i });
  });
  const segment = Segment.open(builder.finish());
  const ids = texts.map((text) => suggestionId(text));
  for (const most of [0, 1, 300, 1_000, 5_000]) {
    expect(finish(bestIds(segment, most))).toEqual(ids.slice(0, most));
  }
});
