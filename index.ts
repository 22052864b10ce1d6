import type { LexiconSet } from './dictionaries/lexicon/lexicon-set.ts';
import { parseStopWords } from './dictionaries/lexicon/stop-word-file.ts';
import { parseSynonyms } from './dictionaries/lexicon/synonym-file.ts';
import { canonicalMarket } from './dictionaries/market-tag.ts';
import { normalise } from './dictionaries/normalise.ts';
import type { Manifest } from './indexer/segment/manifest.ts';
import { openSnapshotFiles } from './indexer/segment/snapshot-directory.ts';
import {
  type CorrectionSettings,
  DEFAULT_ENGINE_SETTINGS,
  type EngineSettings,
} from './serving/engine-settings.ts';
import { DEFAULT_LIMIT, LARGEST_LIMIT, parseTyped } from './serving/http/suggest-request.ts';
import { type AskedBy, EmbeddedPeople } from './serving/personal/embedded-person.ts';
import { PersonalRanking } from './serving/personal/personal-ranking.ts';
import { Engine } from './serving/retrieval/engine.ts';
import type { EngineAnswer } from './serving/suggest-engine.ts';
import {
  type CommentText,
  DEFAULT_LIMIT_PER_TEXT,
  LARGEST_LIMIT_PER_TEXT,
  type LinkedText,
} from './serving/surfaces/entities/entity-finder.ts';
import { EntityLinker } from './serving/surfaces/entities/entity-linker.ts';
import {
  DEFAULT_ENTITY_SETTINGS,
  type EntitySettings,
} from './serving/surfaces/entities/entity-settings.ts';
import { NO_VIDEOS, type VideoWords } from './serving/surfaces/entities/video-words.ts';
import { RelatedSearches } from './serving/surfaces/related/related-searches.ts';
import { VideoBar } from './serving/surfaces/video/video-bar.ts';
import { VideoQueries } from './serving/surfaces/video/video-queries.ts';

export { LexiconError, type LexiconProblem } from './dictionaries/lexicon/lexicon-error.ts';
export { SegmentError, type SegmentErrorCode } from './indexer/segment/errors.ts';
export type { Manifest, MarketSize } from './indexer/segment/manifest.ts';
export type { CorrectionSettings } from './serving/engine-settings.ts';
export type { AskedBy, PastSearch } from './serving/personal/embedded-person.ts';
export type {
  EngineAnswer as SuggestAnswer,
  MatchSpan,
  Suggestion,
} from './serving/suggest-engine.ts';
export type {
  CommentText,
  EntityLink,
  LinkedText,
} from './serving/surfaces/entities/entity-finder.ts';
export type { EntitySettings } from './serving/surfaces/entities/entity-settings.ts';
export type { VideoWords } from './serving/surfaces/entities/video-words.ts';

const LONGEST_ID_BYTES = 128;

export interface OpenSnapshotOptions {
  /** The snapshot to open, by name; the current one when absent. */
  readonly name?: string;
  /** Whether every checksum is compared, as a server does: costs a read of all bytes. True when absent. */
  readonly checksums?: boolean;
  /** Synonyms beside the snapshot's, as the text of a file: dictionaries/lexicon/FORMAT.md. */
  readonly synonyms?: string;
  /** Stop words beside the snapshot's, as the text of a file. */
  readonly stopWords?: string;
  /** How typing errors are corrected; the default where it says nothing. */
  readonly corrections?: Partial<CorrectionSettings>;
  /** Whether other scripts and ways of writing lead to a completion. True when absent. */
  readonly inputMethods?: boolean;
  /** What a link in a comment must be worth; the default where it says nothing. */
  readonly entities?: Partial<EntitySettings>;
  /** The words of the titles of videos that comments belong to, before those that the snapshot keeps. */
  readonly videoWords?: VideoWords;
}

export interface EntityOptions {
  /** Most links a text, 1 to 20; 3 when absent. */
  readonly limitPerText?: number;
  /** BCP 47 tag such as en-US; when absent the index's own choice. */
  readonly market?: string;
  /** The video that the texts belong to. */
  readonly video?: string;
}

export interface SuggestOptions {
  /** 1 to 20; 10 when absent. */
  readonly limit?: number;
  /** BCP 47 tag such as en-US; when absent the index's own choice: see Markets in the API. */
  readonly market?: string;
}

/** What is asked for what is typed, and by whom: with a history, a profile or a session the list is ranked for them. */
export interface TypedOptions extends SuggestOptions, AskedBy {}

/** The video on screen, asked about in place of a query. */
export interface VideoSubject {
  /** Its id, 1 to 128 bytes. */
  readonly video: string;
}

export interface RelatedOptions extends SuggestOptions {
  /** What the session searched before, in any order: none of it, and no variant of it, comes back. */
  readonly searched?: readonly string[];
}

/** A snapshot in this process's memory. It does not follow `current`: open again for a newer one. */
export interface Snapshot {
  readonly name: string;
  readonly manifest: Manifest;
  /**
   * What `GET /v1/suggest` answers for a text that is being typed: the best completions, best first; nothing found is an
   * empty list. Takes microseconds, touches memory only. Throws a RangeError for a text over 128 code points, a limit out of
   * range or a malformed market, and an Error after `close`. Given who asks, ranks for them, as the server does for a user: about a tenth of a millisecond.
   */
  suggest(typed: string, options?: TypedOptions): EngineAnswer;
  /**
   * What `GET /v1/related?q=` and `?video=` answer: what to search next, given a query or the video on screen, likeliest first; nothing found, and a video that the
   * index does not know, is an empty list. Touches memory only. Throws a RangeError for a blank query, one over 128 code points, a limit out of range, a malformed
   * market or an id off its length, and an Error after `close`.
   */
  related(subject: string | VideoSubject, options?: RelatedOptions): EngineAnswer;
  /**
   * What `POST /v1/entities` answers for comments: the spans that lead to a search, in the order of each text. An index that was
   * built without comments links what is searched and what titles and tags name. Throws a RangeError for a limit out of range or a malformed market, and an Error after `close`.
   */
  entities(texts: readonly CommentText[], options?: EntityOptions): readonly LinkedText[];
  /** Lets the memory go; suggesting, relating and linking are errors afterwards. */
  close(): void;
}

/**
 * Opens a published snapshot of an index folder, to suggest from it without a server. Rejects with a `SegmentError` when there
 * is no snapshot or its bytes are not what was written, and with a `LexiconError` when the synonyms or stop words are not of the format.
 */
export async function openSnapshot(
  indexDir: string,
  { name, checksums = true, ...options }: OpenSnapshotOptions = {},
): Promise<Snapshot> {
  const settings = engineSettings(options);
  const opened = await openSnapshotFiles(indexDir, name, { checksums });
  let engine: Engine | null = new Engine(opened.segment, opened.manifest, settings);
  const searches = new RelatedSearches(opened.segment, opened.manifest, engine);
  const videos = new VideoQueries(null);
  videos.useSnapshot(opened);
  const bar = new VideoBar(videos);
  const ranking = new PersonalRanking({ live: { videos, fresh: null } });
  const people = new EmbeddedPeople(opened.name, opened);
  const linker = new EntityLinker(opened.segment, opened.manifest, {
    settings: { ...DEFAULT_ENTITY_SETTINGS, ...options.entities },
  });
  const { videoWords = NO_VIDEOS } = options;
  return {
    name: opened.name,
    manifest: opened.manifest,
    suggest(typed, { limit = DEFAULT_LIMIT, market, ...person } = {}) {
      if (engine === null)
        throw new Error(`snapshot ${opened.name}: expected it open, it is closed`);
      requireLimit(limit);
      const asked = market === undefined ? null : requireMarket(market);
      const text = requireText(typed);
      const options = { limit, market: engine.resolveMarket(asked) };
      const request = people.requestOf(person, { typed: text, ...options });
      const own = ranking.answer({ ...opened, engine }, request);
      if (own === null) return engine.suggest(text, options);
      const { normalised, suggestions } = own;
      return { market: own.market, normalised, suggestions };
    },
    related(subject, { limit = DEFAULT_LIMIT, market, searched = [] } = {}) {
      if (engine === null)
        throw new Error(`snapshot ${opened.name}: expected it open, it is closed`);
      requireLimit(limit);
      const asked = market === undefined ? null : requireMarket(market);
      const options = {
        limit,
        market: engine.resolveMarket(asked),
        session: { queries: searched.map(normalise), videos: [] },
      };
      if (typeof subject !== 'string') {
        return bar.relatedTo(requireVideo(subject), { content: opened }, options);
      }
      const text = requireText(subject).trim();
      if (text === '') throw new RangeError('query: expected one that is not blank');
      return searches.related(text, options);
    },
    entities(texts, { limitPerText = DEFAULT_LIMIT_PER_TEXT, market, video } = {}) {
      if (engine === null)
        throw new Error(`snapshot ${opened.name}: expected it open, it is closed`);
      const isWhole = Number.isInteger(limitPerText);
      if (!isWhole || limitPerText < 1 || limitPerText > LARGEST_LIMIT_PER_TEXT) {
        throw new RangeError(
          `limitPerText: expected a whole number from 1 to ${LARGEST_LIMIT_PER_TEXT}, got ${limitPerText}`,
        );
      }
      const asked = market === undefined ? null : requireMarket(market);
      const words = video === undefined ? null : videoWords(video);
      return linker.link(texts, {
        limitPerText,
        market: engine.resolveMarket(asked),
        ...(video === undefined ? {} : { video }),
        ...(words === null ? {} : { videoWords: words }),
      });
    },
    close() {
      engine = null;
    },
  };
}

function engineSettings({
  synonyms = '',
  stopWords = '',
  corrections,
  inputMethods = true,
}: OpenSnapshotOptions): Partial<EngineSettings> {
  const wanted: CorrectionSettings = { ...DEFAULT_ENGINE_SETTINGS.corrections, ...corrections };
  if (!(Number.isFinite(wanted.ratio) && wanted.ratio >= 1)) {
    throw new RangeError(`corrections.ratio: expected a number of 1 or more, got ${wanted.ratio}`);
  }
  const lexicon: LexiconSet = parseSynonyms(synonyms, 'synonyms').plus(
    parseStopWords(stopWords, 'stopWords'),
  );
  return { corrections: wanted, inputMethods, lexicon: () => lexicon };
}

function requireLimit(limit: number): void {
  if (Number.isInteger(limit) && limit >= 1 && limit <= LARGEST_LIMIT) return;
  throw new RangeError(`limit: expected a whole number from 1 to ${LARGEST_LIMIT}, got ${limit}`);
}

function requireMarket(tag: string): string {
  const market = canonicalMarket(tag);
  if (market === null) {
    throw new RangeError(`market: expected a BCP 47 tag such as en-US, got '${tag}'`);
  }
  return market;
}

function requireVideo({ video }: VideoSubject): string {
  const bytes = Buffer.byteLength(video);
  if (bytes >= 1 && bytes <= LONGEST_ID_BYTES) return video;
  throw new RangeError(`video: expected an id of 1 to ${LONGEST_ID_BYTES} bytes, got ${bytes}`);
}

function requireText(typed: string): string {
  try {
    return parseTyped(typed);
  } catch (error) {
    throw new RangeError(error instanceof Error ? error.message : String(error), { cause: error });
  }
}
