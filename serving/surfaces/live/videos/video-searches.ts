import type { SearchedText } from '../../../../dictionaries/searched-text.ts';
import { suggestionId } from '../../../../indexer/events/suggestion-id.ts';

/** What bounds the memory of searches with videos. */
export interface SearchBounds {
  /** Videos whose searches are counted; those searched with longest ago go first. */
  readonly videos: number;
  /** Distinct queries a video; the least searched goes first. */
  readonly queries: number;
  /** Distinct users of a query that are told apart, the latest; more count as so many. */
  readonly users: number;
}

export const DEFAULT_SEARCH_BOUNDS: SearchBounds = { videos: 50_000, queries: 200, users: 100 };

/** A query that was searched with, or after, a video. */
export interface VideoSearch extends SearchedText {
  readonly id: string;
  /** Where it was searched last. */
  readonly market: string;
  /** Distinct users. */
  readonly users: number;
  /** Those of them of whom this is known by events from the asked one on only. */
  readonly freshUsers: number;
}

/** Who searched, as an event tells. */
export interface Seeker {
  /** The hash under which events name the user. */
  readonly user: string;
  readonly market: string;
  /** Of the event. */
  readonly offset: number;
}

interface Tally extends SearchedText {
  readonly id: string;
  market: string;
  /** By the hash of a user, the offset of the event that told of them first; the earliest first. */
  readonly seekers: Map<string, number>;
}

/** Who searched what with which video since the server knows, in bounded memory: users as the hashes under which events name them, each once a query. */
export class VideoSearches {
  readonly #bounds: SearchBounds;
  /** By video, searched with longest ago first; queries by normalised form. */
  readonly #videos = new Map<string, Map<string, Tally>>();

  constructor(bounds: SearchBounds = DEFAULT_SEARCH_BOUNDS) {
    this.#bounds = bounds;
  }

  /** Videos with searches. */
  get size(): number {
    return this.#videos.size;
  }

  note(video: string, text: SearchedText, { user, market, offset }: Seeker): void {
    const tallies = this.#videos.get(video) ?? new Map<string, Tally>();
    this.#videos.delete(video);
    this.#videos.set(video, tallies);
    if (this.#videos.size > this.#bounds.videos) dropFirst(this.#videos);
    const known = tallies.get(text.normalised);
    if (known !== undefined) {
      known.market = market;
      if (known.seekers.has(user)) return;
      known.seekers.set(user, offset);
      if (known.seekers.size > this.#bounds.users) dropFirst(known.seekers);
      return;
    }
    if (tallies.size >= this.#bounds.queries) dropLeast(tallies);
    const id = suggestionId(text.normalised);
    tallies.set(text.normalised, { ...text, id, market, seekers: new Map([[user, offset]]) });
  }

  /**
   * The queries that at least `minUsers` distinct users searched with a video, in the order in which they were first searched.
   *
   * @param from offset of the first event that counts as fresh
   */
  searchedBy(video: string, minUsers: number, from = 0): VideoSearch[] {
    const passed: VideoSearch[] = [];
    for (const { seekers, ...text } of this.#videos.get(video)?.values() ?? []) {
      if (seekers.size < minUsers) continue;
      let freshUsers = 0;
      for (const offset of seekers.values()) if (offset >= from) freshUsers++;
      passed.push({ ...text, users: seekers.size, freshUsers });
    }
    return passed;
  }

  /** What a user, by their hash, searched with which videos. */
  searchesOf(user: string): readonly { readonly video: string; readonly query: string }[] {
    return [...this.#videos].flatMap(([video, tallies]) =>
      [...tallies.values()]
        .filter(({ seekers }) => seekers.has(user))
        .map(({ surface }) => ({ video, query: surface })),
    );
  }

  /** Takes a user, by their hash, out of all counts; of how many. */
  forgetUser(user: string): number {
    let removed = 0;
    for (const [video, tallies] of this.#videos) {
      for (const [normalised, { seekers }] of tallies) {
        if (!seekers.delete(user)) continue;
        removed++;
        if (seekers.size === 0) tallies.delete(normalised);
      }
      if (tallies.size === 0) this.#videos.delete(video);
    }
    return removed;
  }
}

function dropFirst<K>(map: Map<K, unknown>): void {
  for (const key of map.keys()) {
    map.delete(key);
    return;
  }
}

function dropLeast(tallies: Map<string, Tally>): void {
  let least: string | null = null;
  let users = Number.POSITIVE_INFINITY;
  for (const [normalised, { seekers }] of tallies) {
    if (seekers.size >= users) continue;
    least = normalised;
    users = seekers.size;
  }
  if (least !== null) tallies.delete(least);
}
