import type { SearchedText } from '../../dictionaries/searched-text.ts';
import type { EventRecord } from '../../indexer/events/event-record.ts';
import { searchedTextOf } from '../../indexer/events/searched-event.ts';
import {
  ENRICHMENT_VERSION,
  type EnrichmentData,
  type SearchData,
  type TextData,
} from './enrichment-data.ts';
import { textFacts } from './text-facts.ts';

/** What is known of a record's event: as it was accepted; by the event alone for one that was accepted without, or by a version that is not known. */
export function dataOf({ event, market, enriched }: EventRecord): EnrichmentData {
  const data = enriched?.version === ENRICHMENT_VERSION ? enriched.data : null;
  if (isData(data, event.type)) return data;
  return event.type === 'search'
    ? plainSearchData(searchedTextOf(event), market)
    : { kind: 'item' };
}

/** The log vouches for its bytes; only what kind it is has to be looked at. */
function isData(value: unknown, type: string): value is EnrichmentData {
  if (typeof value !== 'object' || value === null || !('kind' in value)) return false;
  return value.kind === (type === 'search' ? 'search' : 'item');
}

/** What a search's text, as it was read, tells by itself. A text that the blocklist names teaches nothing. */
function plainSearchData(text: SearchedText | null, market: string | null): SearchData {
  const isTelling = text !== null && !text.isBlocked;
  return searchData(text, isTelling ? textFacts(text.normalised, market) : {});
}

/** What is known of a search: its text, as it was read, and what that is about. */
export function searchData(text: SearchedText | null, about: TextData): SearchData {
  if (text === null) return { kind: 'search', normalised: null };
  const { normalised, surface, isBlocked } = text;
  const { terms, language, script, entities, topics } = about;
  return {
    kind: 'search',
    normalised,
    surface: surface === normalised ? undefined : surface,
    isBlocked: isBlocked ? true : undefined,
    terms,
    language,
    script,
    entities,
    topics,
  };
}
