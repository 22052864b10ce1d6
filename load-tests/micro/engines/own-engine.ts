import { Segment } from '../../../indexer/segment/segment.ts';
import { SegmentBuilder } from '../../../indexer/segment/segment-builder.ts';
import type { ScoredText } from '../texts/scored-text.ts';

/** The segment of a set, built and opened in memory. */
export function buildOwnSegment(texts: readonly ScoredText[]): Segment {
  return Segment.open(buildSegmentBytes(texts));
}

export function buildSegmentBytes(texts: readonly ScoredText[]): Uint8Array {
  const builder = new SegmentBuilder();
  for (const text of texts) builder.add(text);
  return builder.finish();
}
