import { LRUCache } from 'lru-cache';
import type { SearchedText } from '../../../../dictionaries/searched-text.ts';
import { suggestionId } from '../../../../indexer/events/suggestion-id.ts';
import type { Sliced } from '../../../sliced-work.ts';

/** Users of queries that are looked for in one go: a millisecond or two. */
const GO = 4_096;

/** What bounds the memory of searches with videos. */
export interface SearchBounds {
  /** Videos whose searches are counted; those searched with longest ago go first. */
  readonly videos: number;
  /** Distinct queries a video; the least searched goes first. */
  readonly queries: number;
  /** Distinct users of a query that are told apart, the latest; more count as so many. */
  readonly users: number;
  /** Users of queries of videos in all, some 700 bytes each where each searched something else; the videos searched with longest ago go first. */
  readonly seekers: number;
}

export const DEFAULT_SEARCH_BOUNDS: SearchBounds = {
  videos: 50_000,
  queries: 200,
  users: 100,
  seekers: 500_000,
};

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
  market: string;
  /** By the hash of a user, the offset of the event that told of them first; the earliest first. */
  readonly seekers: Map<string, number>;
}

/** Who searched what with which video since the server knows, in bounded memory: users as the hashes under which events name them, each once a query. */
export class VideoSearches {
  readonly #bounds: SearchBounds;
  /** By video, searched with longest ago first; queries by normalised form. */
  readonly #videos: LRUCache<string, Map<string, Tally>>;
  /** Over all videos and queries. */
  #seekers = 0;

  constructor(bounds: SearchBounds = DEFAULT_SEARCH_BOUNDS) {
    this.#bounds = bounds;
    this.#videos = new LRUCache({
      max: bounds.videos,
      dispose: (tallies, _video, reason) => {
        if (reason === 'set') return;
        for (const { seekers } of tallies.values()) this.#seekers -= seekers.size;
      },
    });
  }

  /** Videos with searches. */
  get size(): number {
    return this.#videos.size;
  }

  note(video: string, text: SearchedText, seeker: Seeker): void {
    let tallies = this.#videos.get(video);
    if (tallies === undefined) {
      tallies = new Map();
      this.#videos.set(video, tallies);
    }
    this.#count(tallies, text, seeker);
    while (this.#seekers > this.#bounds.seekers && this.#videos.size > 1) this.#videos.pop();
  }

  /** Takes back that a user searched a query with a video: it was not finished. */
  takeBack(video: string, normalised: string, user: string): void {
    const tallies = this.#videos.peek(video);
    if (tallies === undefined) return;
    this.#forget(tallies, normalised, user);
    if (tallies.size === 0) this.#videos.delete(video);
  }

  /**
   * The queries that at least `minUsers` distinct users searched with a video, in the order in which they were first searched.
   *
   * @param from offset of the first event that counts as fresh
   */
  searchedBy(video: string, minUsers: number, from = 0): VideoSearch[] {
    const passed: VideoSearch[] = [];
    for (const { seekers, ...text } of this.#videos.peek(video)?.values() ?? []) {
      if (seekers.size < minUsers) continue;
      let freshUsers = 0;
      for (const offset of seekers.values()) if (offset >= from) freshUsers++;
      // A digest, which is made for the few that are shown.
      const id = suggestionId(text.normalised);
      passed.push({ ...text, id, users: seekers.size, freshUsers });
    }
    return passed;
  }

  /** What a user, by their hash, searched with which videos. */
  searchesOf(user: string): readonly { readonly video: string; readonly query: string }[] {
    return [...this.#videos.entries()].flatMap(([video, tallies]) =>
      [...tallies.values()]
        .filter(({ seekers }) => seekers.has(user))
        .map(({ surface }) => ({ video, query: surface })),
    );
  }

  /** Takes users, by their hashes, out of all counts; of how many. */
  *forgetUsers(users: ReadonlySet<string>): Sliced<number> {
    let removed = 0;
    let looked = 0;
    // Videos may come and go while it leaves off.
    for (const video of [...this.#videos.keys()]) {
      const tallies = this.#videos.peek(video);
      if (tallies === undefined) continue;
      for (const [normalised, { seekers }] of tallies) {
        const fewer = users.size < seekers.size ? users : seekers.keys();
        looked += 1 + Math.min(users.size, seekers.size);
        for (const user of fewer) {
          if (users.has(user) && this.#forget(tallies, normalised, user)) removed++;
        }
      }
      if (tallies.size === 0) this.#videos.delete(video);
      if (looked < GO) continue;
      looked = 0;
      yield;
    }
    return removed;
  }

  #count(tallies: Map<string, Tally>, text: SearchedText, { user, market, offset }: Seeker): void {
    const known = tallies.get(text.normalised);
    if (known === undefined) {
      if (tallies.size >= this.#bounds.queries) this.#seekers -= dropLeast(tallies);
      tallies.set(text.normalised, { ...text, market, seekers: new Map([[user, offset]]) });
      this.#seekers++;
      return;
    }
    known.market = market;
    if (known.seekers.has(user)) return;
    known.seekers.set(user, offset);
    if (known.seekers.size > this.#bounds.users) dropFirst(known.seekers);
    else this.#seekers++;
  }

  #forget(tallies: Map<string, Tally>, normalised: string, user: string): boolean {
    const seekers = tallies.get(normalised)?.seekers;
    if (!seekers?.delete(user)) return false;
    this.#seekers--;
    if (seekers.size === 0) tallies.delete(normalised);
    return true;
  }
}

function dropFirst<K>(map: Map<K, unknown>): void {
  for (const key of map.keys()) {
    map.delete(key);
    return;
  }
}

/** Of how many users what is dropped was. */
function dropLeast(tallies: Map<string, Tally>): number {
  let least: string | null = null;
  let users = Number.POSITIVE_INFINITY;
  for (const [normalised, { seekers }] of tallies) {
    if (seekers.size >= users) continue;
    least = normalised;
    users = seekers.size;
  }
  if (least === null) return 0;
  tallies.delete(least);
  return users;
}
