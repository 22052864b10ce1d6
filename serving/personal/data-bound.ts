import type { EnrichmentData } from '../../ranking/profiles/enrichment-data.ts';

/** Largest JSON of what is stored beside an event. */
export const MOST_DATA_BYTES = 1_024;
/** Bytes of JSON that a UTF-16 unit takes at most, as an escape, and what stands around the texts and the numbers of an event's data. */
const WIDEST_UNIT = 6;
const OTHER_BYTES = 500;

/** The data, or as much of it as may be stored: of a text too long for all of it, its last terms go first; then how it was written. */
export function boundData(data: EnrichmentData): EnrichmentData {
  if (isSurelyShort(data)) return data;
  let bound = data;
  while (Buffer.byteLength(JSON.stringify(bound)) > MOST_DATA_BYTES) {
    const { terms, ...rest } = bound;
    if (terms !== undefined) {
      bound = terms.length > 1 ? { ...rest, terms: terms.slice(0, -1) } : rest;
      continue;
    }
    if (bound.kind === 'item' || bound.surface === undefined) break;
    const { surface: _, ...shown } = bound;
    bound = shown;
  }
  return bound;
}

/** Whether data are within the bound by the lengths of their texts alone: nearly all are, and writing them to find out costs more than the rest. */
function isSurelyShort(data: EnrichmentData): boolean {
  let units = 0;
  if (data.terms !== undefined) for (const term of data.terms) units += term.length;
  if (data.kind === 'search') {
    units += (data.normalised?.length ?? 0) + (data.surface?.length ?? 0);
  }
  return WIDEST_UNIT * units + OTHER_BYTES <= MOST_DATA_BYTES;
}
