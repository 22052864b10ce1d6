import { HISTORY_HALF_LIFE_MS, type ProfileQuery } from './profile-query.ts';
import type { LatestSearch } from './search-changes.ts';
import { SearchHistory } from './search-history.ts';
import { WeightTable } from './weight-table.ts';

export { HISTORY_HALF_LIFE_MS, type ProfileQuery };

const DAY_MS = 86_400_000;
/** How fast what is known of a user fades. */
export const TASTE_HALF_LIFE_MS = 60 * DAY_MS;
export const HABIT_HALF_LIFE_MS = 120 * DAY_MS;

/** A pause so long ends a session. */
export const SESSION_GAP_MS = 30 * 60_000;
/** Parts of the day that habits are told by, from midnight UTC, three hours each. */
export const DAY_PARTS = 8;
/** Largest stored form of a profile. */
export const MOST_PROFILE_BYTES = 4_096;

export const MOST_TERMS = 40;
export const MOST_TOPICS = 32;
export const MOST_ENTITIES = 24;
const MOST_LANGUAGES = 6;
const MOST_SCRIPTS = 6;
export const MOST_VIDEOS = 4;

/** A query that the user removed and has not searched since. Its text is not kept. */
export interface RemovedQuery {
  /** `suggestionId` of its normalised form. */
  readonly id: string;
  /** Whether an id was named whose text is not known: `id` is that one then, and may as well be the `historyId`. */
  readonly isKeyed: boolean;
  readonly removedMs: number;
}

/** A video that the user watched, or had on screen when searching. */
export interface ProfileVideo {
  readonly video: string;
  readonly atMs: number;
}

/**
 * What is known of a user, of bounded size: at most 4,096 bytes as stored (FORMAT.md). Only `updateProfile` changes it. Weights decay in the time of the events;
 * to read one, ask its table with the time that it is now.
 */
export class Profile {
  /** The user's searches, unfinished and removed ones left out. Those that are likeliest to be searched again, as far as they fit. */
  readonly searches = new SearchHistory();
  /** The same, as a list, newest first. */
  readonly history = this.searches.queries;
  /** What was removed, the latest last. */
  readonly removed: RemovedQuery[] = [];
  /** Query terms (`queryTerms(normalised)`, their texts). */
  readonly terms = new WeightTable<string>(MOST_TERMS, TASTE_HALF_LIFE_MS);
  /** Topics: `stableHash` of the normalised forms of members of themes; see FORMAT.md. */
  readonly topics = new WeightTable<number>(MOST_TOPICS, TASTE_HALF_LIFE_MS);
  /** `stableHash` of the normalised forms of entities. */
  readonly entities = new WeightTable<number>(MOST_ENTITIES, TASTE_HALF_LIFE_MS);
  /** Primary subtags of BCP 47, in lower case. */
  readonly languages = new WeightTable<string>(MOST_LANGUAGES, HABIT_HALF_LIFE_MS);
  /** Codes of ISO 15924, such as Latn. */
  readonly scripts = new WeightTable<string>(MOST_SCRIPTS, HABIT_HALF_LIFE_MS);
  /** Parts of the day, 0 to DAY_PARTS - 1. */
  readonly dayParts = new WeightTable<number>(DAY_PARTS, HABIT_HALF_LIFE_MS);
  /** The last videos, the latest first. */
  readonly videos: ProfileVideo[] = [];
  /** Bytes of their ids as stored, packed: they are asked for after every event. */
  videoBytes = 0;
  /** When the latest event was; null before the first. */
  lastMs: number | null = null;
  /** When the session of the latest event began. */
  sessionMs = 0;
  /** Of the search that is first in the history; null where the latest search is not there. */
  latestSearch: LatestSearch | null = null;
}

/** The part of the day of a time. */
export function dayPartOf(atMs: number): number {
  const hour = Math.floor(atMs / 3_600_000) % 24;
  return Math.floor((hour < 0 ? hour + 24 : hour) / (24 / DAY_PARTS));
}

/** Whether the session of a profile's latest event still goes on at a time. */
export function isInSession(profile: Profile, nowMs: number): boolean {
  return profile.lastMs !== null && nowMs - profile.lastMs < SESSION_GAP_MS;
}

/** The queries of the session that goes on at a time, newest first, at most `most`; empty when none does. */
export function sessionQueries(
  profile: Profile,
  nowMs: number,
  most: number,
): readonly ProfileQuery[] {
  if (!isInSession(profile, nowMs)) return [];
  const { history, sessionMs } = profile;
  const end = history.findIndex(({ lastMs }) => lastMs < sessionMs);
  return history.slice(0, Math.min(end < 0 ? history.length : end, most));
}

/** The video watched last, or searched with, in the session that goes on at a time; null when there is none. */
export function sessionVideo(profile: Profile, nowMs: number): string | null {
  const latest = profile.videos[0];
  if (latest === undefined || !isInSession(profile, nowMs)) return null;
  return latest.atMs >= profile.sessionMs ? latest.video : null;
}
