import { queryUnits } from '../../../dictionaries/query-units.ts';
import type { Segment } from '../../../indexer/segment/segment.ts';
import type { AskedQuery } from '../generator.ts';

/** The units of a query; of a query that the index does not hold, those of its likeliest reading, too. */
export function askedUnits(segment: Segment, query: AskedQuery): readonly string[] {
  const own = queryUnits(query.normalised);
  const reading = query.readings[0];
  if (query.completion !== null || reading === undefined) return own;
  const [text = ''] = segment.normalisedTexts(Uint32Array.of(reading.id), 1);
  return [...new Set([...own, ...queryUnits(text)])];
}
