import { readSearchedText, type SearchedText } from '../../dictionaries/searched-text.ts';
import { sequenceTerms } from '../../dictionaries/terms.ts';
import { findExactForm } from '../../indexer/segment/exact-form.ts';
import type { ItemData, SearchData, TextData } from '../../ranking/profiles/enrichment-data.ts';
import { searchData } from '../../ranking/profiles/plain-data.ts';
import { textFacts } from '../../ranking/profiles/text-facts.ts';
import type { SnapshotContent } from '../snapshot/snapshot-content.ts';
import { CompletionLanguages } from './completion-languages.ts';
import { RecentValues } from './recent-values.ts';
import { TextSubjects } from './text-subjects.ts';

/** Words of a video's title that are looked at. */
const MOST_TITLE_WORDS = 10;
/** Videos, each in a market, whose data is remembered: few make most watches. Some hundred bytes each. */
const REMEMBERED_VIDEOS = 16_384;

interface VideoData {
  /** The words that it was told by; null for what was searched with the video. */
  readonly words: readonly string[] | null;
  readonly data: ItemData;
}

/** Distinct words of a video's title, normalised; null for one that is not known. The same list as long as the title is. */
export type TitleWords = (video: string) => readonly string[] | null;

/** What one snapshot tells of the texts and videos of events, in stable ids. */
export class SnapshotReader {
  readonly name: string;
  readonly #content: SnapshotContent;
  readonly #subjects: TextSubjects;
  /** Null where the snapshot has one language only. */
  readonly #languages: CompletionLanguages | null;
  /** Videos are nobody's secret, as queries are: what is said of those is worked out each time. */
  readonly #videos = new RecentValues<VideoData>(REMEMBERED_VIDEOS);

  constructor(name: string, content: SnapshotContent) {
    this.name = name;
    this.#content = content;
    this.#subjects = new TextSubjects(content.segment);
    this.#languages = CompletionLanguages.of(content.segment);
  }

  dataOfSearch(text: SearchedText | null, market: string): SearchData {
    return searchData(text, this.#aboutText(text, market));
  }

  /** As of a search for the same text, without the text. */
  dataOfItem(text: string | null, market: string): ItemData {
    if (text === null) return { kind: 'item' };
    return { kind: 'item', ...this.#aboutText(readSearchedText(text), market) };
  }

  /** By what is searched most with a video; of one that nobody searched with, by the words of its title. */
  dataOfVideo(video: string, market: string, titleWordsOf: TitleWords): ItemData {
    const key = `${market} ${video}`;
    const known = this.#videos.get(key);
    if (known !== undefined && (known.words === null || known.words === titleWordsOf(video))) {
      return known.data;
    }
    const query = this.#queryOf(video);
    const words = query === null ? titleWordsOf(video) : null;
    const text = query ?? words?.slice(0, MOST_TITLE_WORDS).join(' ') ?? null;
    const data = this.dataOfItem(text, market);
    // Of a video that nobody told of, its event may come yet.
    if (text !== null) this.#videos.set(key, { words, data });
    return data;
  }

  #aboutText(text: SearchedText | null, market: string): TextData {
    if (text === null || (text.isBlocked && this.#content.manifest.safety)) return {};
    const { normalised } = text;
    const sequence = sequenceTerms(normalised);
    const { terms, language, script } = textFacts(normalised, market, sequence);
    const entities = this.#subjects.entitiesOf(normalised, sequence);
    const topics = this.#subjects.topicsOf(sequence);
    return {
      terms,
      language: this.#languageOf(normalised) ?? language,
      script,
      entities: entities.length === 0 ? undefined : entities,
      topics: topics.length === 0 ? undefined : topics,
    };
  }

  /** The language of what was searched, which tells more than the market that it was searched in. */
  #languageOf(normalised: string): string | null {
    if (this.#languages === null) return null;
    const id = findExactForm(this.#content.segment, normalised);
    return id === null ? null : this.#languages.languageOf(id);
  }

  #queryOf(video: string): string | null {
    const { segment } = this.#content;
    const number = segment.videos?.find(video) ?? -1;
    const query = number < 0 ? undefined : segment.videos?.queriesOf(number)[0];
    if (query === undefined) return null;
    return segment.normalisedTexts(Uint32Array.of(query.id), 1)[0] ?? null;
  }
}
