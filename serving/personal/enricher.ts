import type { Enrichment, EventRecord } from '../../indexer/events/event-record.ts';
import { searchedTextOf } from '../../indexer/events/searched-event.ts';
import { ENRICHMENT_VERSION, type EnrichmentData } from '../../ranking/profiles/enrichment-data.ts';
import { isTelling } from '../../ranking/profiles/update-profile.ts';
import type { SnapshotContent } from '../snapshot/snapshot-content.ts';
import { boundData } from './data-bound.ts';
import { SnapshotReader, type TitleWords } from './snapshot-reader.ts';

/** What the server knows of an event besides the snapshot. */
export interface EnricherOptions {
  /** Distinct words of a video's title, normalised; null for one that is not known. */
  readonly titleWordsOf?: TitleWords;
  /** The normalised form of what was served under an id by a request; null where it is not known any more. */
  readonly servedItem?: (requestId: string, id: string) => string | null;
}

const NO_WORDS: TitleWords = () => null;

/**
 * Works out, when an event is accepted, what it tells of its user in stable ids, by the snapshot that is served then: so that profiles are folded from the log
 * alone, today and after any rebuild of the index. Ten microseconds or so a search, one a watch of a video that was watched lately.
 */
export class Enricher {
  #options: EnricherOptions = {};
  #snapshot: SnapshotReader | null = null;

  /** What is known besides the snapshot, from now on. */
  use(options: EnricherOptions): void {
    this.#options = options;
  }

  /** The snapshot that is served from now on. */
  useSnapshot(name: string, content: SnapshotContent): void {
    this.#snapshot = new SnapshotReader(name, content);
  }

  /** What is to be stored beside the event of a record; null for one that tells nothing of anybody, and before the first snapshot. */
  enrich(record: EventRecord): Enrichment | null {
    const snapshot = this.#snapshot;
    if (snapshot === null || !isTelling(record) || record.event.type === 'remove') return null;
    const data = this.#dataOf(record, snapshot);
    return { version: ENRICHMENT_VERSION, snapshot: snapshot.name, data: boundData(data) };
  }

  #dataOf({ event, market }: EventRecord, snapshot: SnapshotReader): EnrichmentData {
    const { titleWordsOf = NO_WORDS, servedItem } = this.#options;
    switch (event.type) {
      case 'search':
        return snapshot.dataOfSearch(searchedTextOf(event), market);
      case 'watch':
        return snapshot.dataOfVideo(event.video, market, titleWordsOf);
      case 'click':
        return snapshot.dataOfItem(servedItem?.(event.requestId, event.id) ?? null, market);
      case 'impression':
      case 'video':
      case 'comment':
      case 'remove':
        return { kind: 'item' };
    }
  }
}
