import type { SearchedText } from '../../../../dictionaries/searched-text.ts';
import { suggestionId } from '../../../../indexer/events/suggestion-id.ts';

/** What bounds the memory of searches with videos. */
export interface SearchBounds {
  /** Videos whose searches are counted; those searched with longest ago go first. */
  readonly videos: number;
  /** Distinct queries a video; the least searched goes first. */
  readonly queries: number;
  /** Distinct users of a query that are told apart; more count as so many. */
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
}

interface Tally extends SearchedText {
  readonly id: string;
  market: string;
  /** Hashes of users. */
  readonly seekers: Set<string>;
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

  note(video: string, text: SearchedText, user: string, market: string): void {
    const tallies = this.#videos.get(video) ?? new Map<string, Tally>();
    this.#videos.delete(video);
    this.#videos.set(video, tallies);
    if (this.#videos.size > this.#bounds.videos) dropFirst(this.#videos);
    const known = tallies.get(text.normalised);
    if (known !== undefined) {
      known.market = market;
      if (known.seekers.size < this.#bounds.users) known.seekers.add(user);
      return;
    }
    if (tallies.size >= this.#bounds.queries) dropLeast(tallies);
    const id = suggestionId(text.normalised);
    tallies.set(text.normalised, { ...text, id, market, seekers: new Set([user]) });
  }

  /** The queries that at least `minUsers` distinct users searched with a video, in the order in which they were first searched. */
  searchedBy(video: string, minUsers: number): VideoSearch[] {
    const passed: VideoSearch[] = [];
    for (const { seekers, ...text } of this.#videos.get(video)?.values() ?? []) {
      if (seekers.size >= minUsers) passed.push({ ...text, users: seekers.size });
    }
    return passed;
  }

  /** Takes a user out of all counts; by their hash. */
  forgetUser(user: string): void {
    for (const [video, tallies] of this.#videos) {
      for (const [normalised, { seekers }] of tallies) {
        seekers.delete(user);
        if (seekers.size === 0) tallies.delete(normalised);
      }
      if (tallies.size === 0) this.#videos.delete(video);
    }
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
