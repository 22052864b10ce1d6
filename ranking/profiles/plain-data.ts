import type { SearchedText } from '../../dictionaries/searched-text.ts';
import type { EventRecord } from '../../indexer/events/event-record.ts';
import { searchedTextOf } from '../../indexer/events/searched-event.ts';
import { ENRICHMENT_VERSION, type EnrichmentData, type SearchData } from './enrichment-data.ts';
import { textFacts } from './text-facts.ts';

/** What is known of a record's event: as it was accepted; by the event alone for one that was accepted without, or by a version that is not known. */
export function dataOf({ event, market, enriched }: EventRecord): EnrichmentData {
  const data = enriched?.version === ENRICHMENT_VERSION ? enriched.data : null;
  if (isData(data, event.type)) return data;
  return event.type === 'search' ? searchData(searchedTextOf(event), market) : { kind: 'item' };
}

/** The log vouches for its bytes; only what kind it is has to be looked at. */
function isData(value: unknown, type: string): value is EnrichmentData {
  if (typeof value !== 'object' || value === null || !('kind' in value)) return false;
  return value.kind === (type === 'search' ? 'search' : 'item');
}

/** What a search's text, as it was read, tells by itself. A text that the blocklist names teaches nothing, unless `learnsBlocked`. */
export function searchData(
  text: SearchedText | null,
  market: string | null,
  learnsBlocked = false,
): SearchData {
  if (text === null) return { kind: 'search', normalised: null };
  const { normalised, surface, isBlocked } = text;
  return {
    kind: 'search',
    normalised,
    ...(surface === normalised ? {} : { surface }),
    ...(isBlocked ? { isBlocked } : {}),
    ...(isBlocked && !learnsBlocked ? {} : textFacts(normalised, market)),
  };
}
