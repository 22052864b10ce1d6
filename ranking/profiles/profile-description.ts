import { historyId } from '../../indexer/events/suggestion-id.ts';
import { DAY_PARTS, type Profile } from './profile.ts';
import type { WeightTable } from './weight-table.ts';

/** A weight as it is told to people: how many searches of just now it comes to. */
export interface DescribedWeight {
  readonly of: string;
  readonly weight: number;
}

/** A search of a user's own, as their profile keeps it. */
export interface DescribedSearch {
  readonly id: string;
  readonly query: string;
  readonly normalised: string;
  readonly last: string;
  readonly count: number;
  readonly isBlocked: boolean;
}

/** All that a profile holds, as JSON that its user can read; times in ISO 8601. */
export interface DescribedProfile {
  readonly lastEvent: string | null;
  readonly sessionSince: string | null;
  /** Newest first. */
  readonly searches: readonly DescribedSearch[];
  /** By id: their texts are not kept. */
  readonly removed: readonly { readonly id: string; readonly at: string }[];
  readonly videos: readonly { readonly video: string; readonly at: string }[];
  readonly terms: readonly DescribedWeight[];
  /** By hash. */
  readonly topics: readonly DescribedWeight[];
  readonly entities: readonly DescribedWeight[];
  readonly languages: readonly DescribedWeight[];
  readonly scripts: readonly DescribedWeight[];
  /** By hours in UTC, such as `06-09`. */
  readonly partsOfTheDay: readonly DescribedWeight[];
}

/** What is kept of a user, the hash of whose id is `user`, for an export; weights as they are at a time, the largest first. */
export function describeProfile(profile: Profile, user: string, nowMs: number): DescribedProfile {
  // As of the latest event at the earliest: clocks differ.
  const atMs = Math.max(nowMs, profile.lastMs ?? nowMs);
  const weights = (
    table: WeightTable<string> | WeightTable<number>,
    name: (key: string | number) => string = String,
  ) =>
    [...table.keys()]
      .map((key) => ({ of: name(key), weight: round(table.weightAt(key as never, atMs)) }))
      .sort((a, b) => b.weight - a.weight);
  return {
    lastEvent: profile.lastMs === null ? null : timeOf(profile.lastMs),
    sessionSince: profile.lastMs === null ? null : timeOf(profile.sessionMs),
    searches: profile.history.map(({ normalised, surface, lastMs, count, isBlocked }) => ({
      id: historyId(user, normalised),
      query: surface,
      normalised,
      last: timeOf(lastMs),
      count,
      isBlocked,
    })),
    removed: profile.removed.map(({ id, removedMs }) => ({ id, at: timeOf(removedMs) })),
    videos: profile.videos.map(({ video, atMs: seenMs }) => ({ video, at: timeOf(seenMs) })),
    terms: weights(profile.terms),
    topics: weights(profile.topics),
    entities: weights(profile.entities),
    languages: weights(profile.languages),
    scripts: weights(profile.scripts),
    partsOfTheDay: weights(profile.dayParts, (part) => hoursOf(Number(part))),
  };
}

function timeOf(atMs: number): string {
  return new Date(atMs).toISOString();
}

function hoursOf(part: number): string {
  const hours = 24 / DAY_PARTS;
  return [part * hours, (part + 1) * hours].map((hour) => String(hour).padStart(2, '0')).join('-');
}

function round(weight: number): number {
  return Math.round(weight * 1_000) / 1_000;
}
