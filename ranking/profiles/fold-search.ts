import { normalise } from '../../dictionaries/normalise.ts';
import { cleanSurface } from '../../dictionaries/surface.ts';
import { isContinued, type TimedSearch } from '../../dictionaries/unfinished-search.ts';
import { addDecayed, decayedWeight, STEPS } from './decayed-weight.ts';
import type { SearchData } from './enrichment-data.ts';
import { latestSearch, settleLatest } from './latest-search.ts';
import { learnDayPart, learnText } from './learning.ts';
import type { Profile } from './profile.ts';
import {
  HISTORY_HALF_LIFE_MS,
  type ProfileQuery,
  profileQuery,
  type QueryCounts,
} from './profile-query.ts';
import { TABLES } from './profile-tables.ts';
import { findRemoval } from './removal.ts';
import type { WeightChange } from './search-changes.ts';
import { isPutRight } from './slip.ts';

const MOST_COUNTED = 65_535;
/** A slip that was put right counts for a sixteenth of a search. */
const SLIP_BITS = 4;

/** A search as it is folded in. */
export interface FoldedSearch {
  readonly data: SearchData;
  /** As it was written. */
  readonly query: string;
  /** Hash of who searched. */
  readonly owner: string;
  readonly atMs: number;
}

/** Folds a search in: into the history, unless it was unfinished or removed later, and into what the user likes. */
export function foldSearch(profile: Profile, search: FoldedSearch): void {
  const { data, query, owner, atMs } = search;
  const { normalised } = data;
  const isLatest = atMs >= (profile.history[0]?.lastMs ?? Number.NEGATIVE_INFINITY);
  // Of a text that may not be kept it is still asked whether it goes on from one that was.
  const form = normalised ?? normalise(cleanSurface(query));
  if (isLatest) {
    takeBackUnfinished(profile, form, atMs);
    fadeSlip(profile, form, atMs);
  }
  if (normalised === null) {
    if (isLatest) profile.latestSearch = null;
    return;
  }
  const removal = findRemoval(profile, owner, normalised);
  if (removal >= 0) {
    // It was removed after this search, which only came later. Of one time, what comes later is later.
    if (atMs < (profile.removed[removal]?.removedMs ?? atMs)) return;
    profile.removed.splice(removal, 1);
  }
  if (!isLatest) {
    if (isBeginning(profile, { normalised, atMs })) return;
    dropUnfinished(profile, { normalised, atMs });
  }
  const before = putQuery(profile, { normalised, data, atMs });
  const madeRoom = keysThatMadeRoom(profile);
  const changes: WeightChange[] = [];
  learnText(profile, data, 1, atMs, changes);
  changes.push(learnDayPart(profile, atMs));
  if (!isLatest) settleLatest(profile);
  else {
    const areAllKept = keysThatMadeRoom(profile) === madeRoom;
    const kept = areAllKept ? changes : changes.filter((change) => isKept(profile, change));
    profile.latestSearch = latestSearch(profile, before, kept);
  }
}

/** Whether a key still has its place: of a full table, what came later may have taken it. */
function isKept(profile: Profile, { table, key }: WeightChange): boolean {
  return profile[table].placeOf(key as never) >= 0;
}

function keysThatMadeRoom(profile: Profile): number {
  let keys = 0;
  for (const name of TABLES) keys += profile[name].madeRoom;
  return keys;
}

/** Takes the latest search back when this one shows that it was still being typed. */
function takeBackUnfinished(profile: Profile, form: string, atMs: number): void {
  const { searches, latestSearch } = profile;
  const [latest] = searches.queries;
  if (latestSearch === null || latest === undefined) return;
  if (!isContinued(timed(latest), { normalised: form, atMs })) return;
  const { before, changes } = latestSearch;
  for (const { table, key, before: weight } of changes) {
    profile[table].restore(key as never, weight);
  }
  searches.remove(0);
  if (before !== null) searches.insert(profileQuery(latest, before));
  profile.latestSearch = null;
}

/** Lets the latest search fade when this one puts a slip in it right: it teaches nothing, and gives way first. */
function fadeSlip(profile: Profile, form: string, atMs: number): void {
  const { searches, latestSearch } = profile;
  const [latest] = searches.queries;
  if (latestSearch === null || latestSearch.before !== null || latest === undefined) return;
  if (!isPutRight(timed(latest), { normalised: form, atMs })) return;
  for (const { table, key, before } of latestSearch.changes) {
    profile[table].restore(key as never, before);
  }
  const { lastMs, count, weight } = latest;
  searches.replace(0, profileQuery(latest, { lastMs, count, weight: weight - SLIP_BITS * STEPS }));
  profile.latestSearch = null;
}

/** Whether a search that comes late was the beginning of the one that was made next. */
function isBeginning({ searches }: Profile, search: TimedSearch): boolean {
  const next = searches.queries[searches.placeAt(search.atMs) - 1];
  return next !== undefined && isContinued(search, timed(next));
}

/** Takes out the query that was searched before one that comes late, where that shows it to be unfinished. */
function dropUnfinished({ searches }: Profile, search: TimedSearch): void {
  const place = searches.placeAt(search.atMs);
  const previous = searches.queries[place];
  if (previous?.count === 1 && isContinued(timed(previous), search)) searches.remove(place);
}

function timed({ normalised, lastMs }: ProfileQuery): TimedSearch {
  return { normalised, atMs: lastMs };
}

/** Counts a search of a query; gives what was known of it before, null for a new one. */
function putQuery(
  { searches }: Profile,
  search: { readonly normalised: string; readonly data: SearchData; readonly atMs: number },
): QueryCounts | null {
  const { normalised, data, atMs } = search;
  const single = decayedWeight(1, atMs, HISTORY_HALF_LIFE_MS);
  const surface = data.surface ?? normalised;
  const place = searches.placeOf(normalised);
  const known = searches.queries[place];
  if (known === undefined) {
    const texts = { normalised, surface, isBlocked: data.isBlocked === true };
    searches.insert(profileQuery(texts, { lastMs: atMs, count: 1, weight: single }));
    return null;
  }
  const { lastMs, isBlocked } = known;
  const count = Math.min(known.count + 1, MOST_COUNTED);
  const weight = addDecayed(known.weight, single);
  if (atMs < lastMs) searches.replace(place, profileQuery(known, { lastMs, count, weight }));
  else {
    searches.remove(place);
    const texts = { normalised, surface, isBlocked };
    searches.insert(profileQuery(texts, { lastMs: atMs, count, weight }));
  }
  return { lastMs, count: known.count, weight: known.weight };
}
