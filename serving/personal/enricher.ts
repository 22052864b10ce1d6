import { readSearchedText, type SearchedText } from '../../dictionaries/searched-text.ts';
import type { Enrichment, EventRecord } from '../../indexer/events/event-record.ts';
import { searchedTextOf } from '../../indexer/events/searched-event.ts';
import { findExactForm } from '../../indexer/segment/exact-form.ts';
import type { Segment } from '../../indexer/segment/segment.ts';
import {
  ENRICHMENT_VERSION,
  type EnrichmentData,
  type ItemData,
  type SearchData,
  type TextData,
} from '../../ranking/profiles/enrichment-data.ts';
import { searchData } from '../../ranking/profiles/plain-data.ts';
import { isTelling } from '../../ranking/profiles/update-profile.ts';
import type { SnapshotContent } from '../snapshot/snapshot-content.ts';
import { CompletionLanguages } from './completion-languages.ts';
import { TextSubjects } from './text-subjects.ts';

/** Largest JSON of what is stored beside an event. */
export const MOST_DATA_BYTES = 1_024;
/** Words of a video's title that are looked at. */
const MOST_TITLE_WORDS = 10;

/** What the server knows of an event besides the snapshot. */
export interface EnricherOptions {
  /** Distinct words of a video's title, normalised; null for one that is not known. */
  readonly titleWordsOf?: (video: string) => readonly string[] | null;
  /** The normalised form of what was served under an id by a request; null where it is not known any more. */
  readonly servedItem?: (requestId: string, id: string) => string | null;
}

/**
 * Works out, when an event is accepted, what it tells of its user in stable ids, by the snapshot that is served then: so that profiles are folded from the log
 * alone, today and after any rebuild of the index. Tens of microseconds a search.
 */
export class Enricher {
  #options: EnricherOptions = {};
  #snapshot: ServedSnapshot | null = null;

  /** What is known besides the snapshot, from now on. */
  use(options: EnricherOptions): void {
    this.#options = options;
  }

  /** The snapshot that is served from now on. */
  useSnapshot(name: string, content: SnapshotContent): void {
    const { segment } = content;
    const languages = CompletionLanguages.of(segment);
    this.#snapshot = { name, content, subjects: new TextSubjects(segment), languages };
  }

  /** What is to be stored beside the event of a record; null for one that tells nothing of anybody, and before the first snapshot. */
  enrich(record: EventRecord): Enrichment | null {
    const snapshot = this.#snapshot;
    if (snapshot === null || !isTelling(record) || record.event.type === 'remove') return null;
    const data = this.#dataOf(record, snapshot);
    return { version: ENRICHMENT_VERSION, snapshot: snapshot.name, data: boundData(data) };
  }

  #dataOf({ event, market }: EventRecord, snapshot: ServedSnapshot): EnrichmentData {
    switch (event.type) {
      case 'search':
        return searchedData(searchedTextOf(event), market, snapshot);
      case 'watch':
        return itemData(this.#textOfVideo(event.video, snapshot), market, snapshot);
      case 'click':
        return itemData(
          this.#options.servedItem?.(event.requestId, event.id) ?? null,
          market,
          snapshot,
        );
      case 'impression':
      case 'video':
      case 'comment':
      case 'remove':
        return { kind: 'item' };
    }
  }

  /** What is searched most with a video; of one that nobody searched with, the words of its title. */
  #textOfVideo(video: string, { content }: ServedSnapshot): string | null {
    const { segment } = content;
    const number = segment.videos?.find(video) ?? -1;
    const query = number < 0 ? undefined : segment.videos?.queriesOf(number)[0];
    if (query !== undefined) return textOf(segment, query.id);
    const words = this.#options.titleWordsOf?.(video) ?? null;
    return words === null ? null : words.slice(0, MOST_TITLE_WORDS).join(' ');
  }
}

interface ServedSnapshot {
  readonly name: string;
  readonly content: SnapshotContent;
  readonly subjects: TextSubjects;
  /** Null where the snapshot has one language only. */
  readonly languages: CompletionLanguages | null;
}

function searchedData(
  text: SearchedText | null,
  market: string,
  { content, subjects, languages }: ServedSnapshot,
): SearchData {
  const learnsBlocked = !content.manifest.safety;
  const data = searchData(text, market, learnsBlocked);
  const { normalised, isBlocked } = data;
  if (normalised === null || (isBlocked === true && !learnsBlocked)) return data;
  const known = { ...data, ...subjectsOf(normalised, subjects) };
  const language = languages === null ? null : languageOf(content.segment, languages, normalised);
  return language === null ? known : { ...known, language };
}

/** As of a search for the same text, without the text. */
function itemData(text: string | null, market: string, snapshot: ServedSnapshot): ItemData {
  if (text === null) return { kind: 'item' };
  const {
    kind: _,
    normalised: _text,
    surface: _surface,
    isBlocked: _blocked,
    ...about
  } = searchedData(readSearchedText(text), market, snapshot);
  return { kind: 'item', ...about };
}

/** The language of what was searched, which tells more than the market that it was searched in. */
function languageOf(
  segment: Segment,
  languages: CompletionLanguages,
  normalised: string,
): string | null {
  const id = findExactForm(segment, normalised);
  return id === null ? null : languages.languageOf(id);
}

function subjectsOf(normalised: string, subjects: TextSubjects): TextData {
  const entities = subjects.entitiesOf(normalised);
  const topics = subjects.topicsOf(normalised);
  return {
    ...(entities.length === 0 ? {} : { entities }),
    ...(topics.length === 0 ? {} : { topics }),
  };
}

function textOf(segment: Segment, id: number): string | null {
  return segment.normalisedTexts(Uint32Array.of(id), 1)[0] ?? null;
}

/** Of a text too long for all of it, its last terms go first; then how it was written. */
function boundData(data: EnrichmentData): EnrichmentData {
  let bound = data;
  if (isSurelyShort(data)) return data;
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

/** Bytes of JSON that a UTF-16 unit takes at most, as an escape, and what stands around the texts and the numbers of an event's data. */
const WIDEST_UNIT = 6;
const OTHER_BYTES = 500;

/** Whether data are within the bound by the lengths of their texts alone: nearly all are, and writing them to find out costs more than the rest. */
function isSurelyShort(data: EnrichmentData): boolean {
  let units = 0;
  for (const term of data.terms ?? []) units += term.length;
  if (data.kind === 'search') {
    units += (data.normalised?.length ?? 0) + (data.surface?.length ?? 0);
  }
  return WIDEST_UNIT * units + OTHER_BYTES <= MOST_DATA_BYTES;
}
