import { queryUnits } from '../../../dictionaries/query-units.ts';
import type { Segment } from '../../../indexer/segment/segment.ts';
import type { AskedQuery } from '../generator.ts';

/** The likeliest completion that a query stands for, as text; null for a query that the index holds or cannot read. */
export function readingText(segment: Segment, query: AskedQuery): string | null {
  const reading = query.readings[0];
  if (query.completion !== null || reading === undefined) return null;
  return segment.normalisedTexts(Uint32Array.of(reading.id), 1)[0] ?? null;
}

/** The units of a query; of a query that the index does not hold, those of its likeliest reading, too. */
export function askedUnits(segment: Segment, query: AskedQuery): readonly string[] {
  const own = queryUnits(query.normalised);
  const text = readingText(segment, query);
  return text === null ? own : [...new Set([...own, ...queryUnits(text)])];
}
