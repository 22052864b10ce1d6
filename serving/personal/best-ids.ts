import { suggestionId } from '../../indexer/events/suggestion-id.ts';
import { MAX_RESULTS } from '../../indexer/segment/range-minimum.ts';
import type { Segment } from '../../indexer/segment/segment.ts';
import type { Sliced } from '../sliced-work.ts';

/** The ids under which the best completions of a segment are shown, best first. A digest each: about a microsecond. */
export function* bestIds(segment: Segment, most: number): Sliced<readonly string[]> {
  const end = Math.min(segment.completions, most);
  const ids: string[] = [];
  const rows = new Uint32Array(MAX_RESULTS);
  for (let from = 0; from < end; from += MAX_RESULTS) {
    const count = Math.min(MAX_RESULTS, end - from);
    for (let i = 0; i < count; i++) rows[i] = from + i;
    for (const normalised of segment.normalisedTexts(rows, count))
      ids.push(suggestionId(normalised));
    yield;
  }
  return ids;
}
