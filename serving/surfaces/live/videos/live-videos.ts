import type { TimedSearch } from '../../../../dictionaries/unfinished-search.ts';
import { type VideoText, VideoWords } from '../../../../dictionaries/video-text/video-words.ts';
import type { SearchEvent, VideoEvent } from '../../../../indexer/events/event.ts';
import type { EventRecord } from '../../../../indexer/events/event-record.ts';
import { LastWatched } from '../../../../indexer/events/last-watched.ts';
import { searchedTextOf } from '../../../../indexer/events/searched-event.ts';
import type { TextEstimate } from '../../../../indexer/segment/video-text-model.ts';
import type { EarlierReplay, EventListener, ReplayedLog } from '../../../events/event-listener.ts';
import type { PersonalStore, UserTraces } from '../../../events/personal-store.ts';
import { MOST_LOOKED_THROUGH, MOST_REPLAYED } from '../../../events/replay-bound.ts';
import { finish, type Sliced } from '../../../sliced-work.ts';
import { Keystrokes } from '../keystrokes.ts';
import { type SimilarVideo, SimilarVideos } from './similar-videos.ts';
import {
  DEFAULT_SEARCH_BOUNDS,
  type SearchBounds,
  type Seeker,
  VideoSearches,
} from './video-searches.ts';

/** What bounds the memory of live videos. */
export interface LiveVideoBounds {
  /** Videos; those heard of longest ago go first. */
  readonly videos: number;
  /** UTF-16 units of their texts, two bytes each. */
  readonly units: number;
  /** Comments of a video; the first ones. */
  readonly comments: number;
  readonly searches: SearchBounds;
}

export const DEFAULT_LIVE_BOUNDS: LiveVideoBounds = {
  videos: 20_000,
  units: 64 * 1024 * 1024,
  comments: 50,
  searches: DEFAULT_SEARCH_BOUNDS,
};

/** Works out what a text leads to, in the snapshot that is served; `market` is the video's. */
export type EstimateText = (words: VideoWords, market: string) => readonly TextEstimate[];

interface LiveVideo {
  readonly id: string;
  readonly market: string;
  readonly text: VideoText;
  readonly titleWords: readonly string[];
  readonly comments: string[];
  units: number;
  estimate: readonly TextEstimate[];
  /** The estimator that it is of: another snapshot needs another. */
  estimatedBy: EstimateText | null;
  similar: SimilarVideo[];
}

interface VideoSearched extends TimedSearch {
  readonly video: string;
}

/** The first comments tell most: each of so many is read in at once, later ones in lots of as many. */
const EACH_COMMENT = 10;
/** Neighbours that a video keeps. */
const MOST_NEIGHBOURS = 8;

/**
 * The videos that events tell of, and who searched what with which video: answerable when the event is acknowledged. Texts are analysed when their event
 * is folded in, not by requests; after a swap of the snapshot once more, by the first request for each. Bounded by count and size, those heard of longest ago go first.
 */
export class LiveVideos implements EventListener, PersonalStore {
  readonly name = 'videos';
  readonly searches: VideoSearches;
  readonly #bounds: LiveVideoBounds;
  readonly #videos = new Map<string, LiveVideo>();
  readonly #similar = new SimilarVideos();
  readonly #watched = new LastWatched();
  readonly #keystrokes = new Keystrokes<VideoSearched>();
  #units = 0;
  #estimate: EstimateText | null = null;
  #revision = 0;

  constructor(bounds: LiveVideoBounds = DEFAULT_LIVE_BOUNDS) {
    this.#bounds = bounds;
    this.searches = new VideoSearches(bounds.searches);
  }

  /** Nothing of it outlives the process: who searched what lately. */
  replayFrom({ end }: ReplayedLog): number {
    return end - MOST_REPLAYED;
  }

  /** The texts of videos are few among the events, and are wanted for longer. */
  replayEarlier({ end }: ReplayedLog): EarlierReplay {
    return { from: end - MOST_LOOKED_THROUGH, mentions: ['"type":"video"', '"type":"comment"'] };
  }

  /** How texts are estimated from now on. */
  useEstimator(estimate: EstimateText): void {
    this.#estimate = estimate;
    this.#revision++;
  }

  /** Another whenever a video's texts or searches, or those of one like it, may be others. */
  get revision(): number {
    return this.#revision;
  }

  /** Videos with texts. */
  get size(): number {
    return this.#videos.size;
  }

  apply({ event, user, session, market }: EventRecord, offset: number): void {
    const who = user ?? session;
    switch (event.type) {
      case 'video':
        this.#revision++;
        this.#put(event, market);
        return;
      case 'comment':
        this.#revision++;
        this.#comment(event.video, event.text);
        return;
      case 'watch':
        if (who !== null) this.#watched.note(who, event.video, event.atMs);
        return;
      case 'search':
        this.#revision++;
        if (user !== null) this.#search(event, { user, market, offset });
        return;
      case 'impression':
      case 'click':
      case 'remove':
        return;
    }
  }

  /** What a live video's texts lead to; null for one that no event told of. */
  estimateOf(video: string): readonly TextEstimate[] | null {
    const live = this.#videos.get(video);
    if (live === undefined) return null;
    if (live.estimatedBy !== this.#estimate) this.#analyse(live);
    return live.estimate;
  }

  /** Live videos about the same as this one, as far as they are still kept. */
  similarTo(video: string): readonly SimilarVideo[] {
    return this.#videos.get(video)?.similar ?? [];
  }

  /** Distinct words of a live video's title, normalised; null for one that no event told of. */
  titleWordsOf(video: string): readonly string[] | null {
    return this.#videos.get(video)?.titleWords ?? null;
  }

  exportUser(user: string): unknown {
    const searches = this.searches.searchesOf(user);
    return searches.length === 0 ? null : searches;
  }

  forgetUser(user: string): number {
    return finish(this.forgetUsers(new Set([user])));
  }

  /** Who searched and who watched is forgotten; for texts see `forgetTraces`. */
  *forgetUsers(users: ReadonlySet<string>): Sliced<number> {
    let removed = 0;
    for (const user of users) {
      if (this.#watched.forget(user)) removed++;
      if (this.#keystrokes.forget(user)) removed++;
    }
    removed += yield* this.searches.forgetUsers(users);
    this.#revision++;
    return removed;
  }

  /** Drops the videos whose texts or comments a user's events told. What others told of them comes back with the next start. */
  forgetTraces({ videos }: Pick<UserTraces, 'videos'>): number {
    let removed = 0;
    for (const video of videos) {
      const live = this.#videos.get(video);
      if (live === undefined) continue;
      this.#drop(live);
      removed++;
    }
    this.#revision++;
    return removed;
  }

  #put(event: VideoEvent, market: string): void {
    const { video: id, title, description, tags, transcript } = event;
    const before = this.#videos.get(id);
    if (before !== undefined) this.#drop(before);
    const text: VideoText = { title, description, tags, transcript };
    const words = new VideoWords(text);
    const { titleWords } = words;
    const comments = before?.comments ?? [];
    const units = unitsOf(text) + comments.reduce((sum, each) => sum + each.length, 0);
    const estimatedBy = null;
    const live: LiveVideo = {
      ...{ id, market, text, titleWords, comments, units },
      ...{ estimate: [], estimatedBy, similar: [] },
    };
    this.#videos.set(id, live);
    this.#units += units;
    this.#similar.put(id, words.words);
    this.#meetNeighbours(live);
    this.#analyse(live);
    this.#shrink();
  }

  #meetNeighbours(live: LiveVideo): void {
    live.similar = this.#similar.similarTo(live.id);
    for (const { video, likeness } of live.similar) {
      const neighbour = this.#videos.get(video);
      if (neighbour === undefined) continue;
      neighbour.similar = [
        ...neighbour.similar.filter((each) => each.video !== live.id),
        { video: live.id, likeness },
      ]
        .sort((a, b) => b.likeness - a.likeness)
        .slice(0, MOST_NEIGHBOURS);
    }
  }

  #comment(video: string, text: string): void {
    const live = this.#videos.get(video);
    if (live === undefined || live.comments.length >= this.#bounds.comments) return;
    live.comments.push(text);
    live.units += text.length;
    this.#units += text.length;
    const count = live.comments.length;
    if (count <= EACH_COMMENT || count % EACH_COMMENT === 0) this.#analyse(live);
    this.#shrink();
  }

  #search(event: SearchEvent, by: Seeker): void {
    const video = event.video ?? this.#watched.before(by.user, event.atMs);
    if (video === null) return;
    const text = searchedTextOf(event);
    if (text === null) return;
    const { normalised } = text;
    const unfinished = this.#keystrokes.note(by.user, { video, normalised, atMs: event.atMs });
    if (unfinished !== null) {
      this.searches.takeBack(unfinished.video, unfinished.normalised, by.user);
    }
    this.searches.note(video, text, by);
  }

  #analyse(live: LiveVideo): void {
    const estimate = this.#estimate;
    if (estimate === null) return;
    const words = new VideoWords({ ...live.text, comments: live.comments });
    live.estimate = estimate(words, live.market);
    live.estimatedBy = estimate;
  }

  #drop(live: LiveVideo): void {
    this.#videos.delete(live.id);
    this.#similar.remove(live.id);
    this.#units -= live.units;
  }

  #shrink(): void {
    for (const oldest of this.#videos.values()) {
      if (this.#videos.size <= this.#bounds.videos && this.#units <= this.#bounds.units) return;
      this.#drop(oldest);
    }
  }
}

function unitsOf({ title, description, tags, transcript }: VideoText): number {
  const tagUnits = (tags ?? []).reduce((sum, tag) => sum + tag.length, 0);
  return title.length + (description?.length ?? 0) + (transcript?.length ?? 0) + tagUnits;
}
