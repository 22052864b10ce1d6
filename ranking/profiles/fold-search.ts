import { normalise } from '../../dictionaries/normalise.ts';
import { cleanSurface } from '../../dictionaries/surface.ts';
import { isContinued, type TimedSearch } from '../../dictionaries/unfinished-search.ts';
import { addDecayed, decayedWeight } from './decayed-weight.ts';
import type { SearchData } from './enrichment-data.ts';
import { learnDayPart, learnText } from './learning.ts';
import {
  HISTORY_HALF_LIFE_MS,
  type LatestSearch,
  type Profile,
  type ProfileQuery,
} from './profile.ts';
import { textBytesOf } from './query-texts.ts';
import { findRemoval } from './removal.ts';

const MOST_COUNTED = 65_535;

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
  if (isLatest) takeBackUnfinished(profile, form, atMs);
  if (normalised === null) {
    if (isLatest) profile.latestSearch = null;
    return;
  }
  const removal = findRemoval(profile, owner, normalised);
  if (removal >= 0) {
    // It was removed after this search, which only came later.
    if (atMs <= (profile.removed[removal]?.removedMs ?? atMs)) return;
    profile.removed.splice(removal, 1);
  }
  if (!isLatest) {
    if (isBeginning(profile, { normalised, atMs })) return;
    dropUnfinished(profile, { normalised, atMs });
  }
  const before = putQuery(profile, { normalised, data, atMs });
  const changes = learnText(profile, data, 1, atMs);
  changes.push(learnDayPart(profile, atMs));
  if (isLatest) {
    const kept = changes.filter(({ table, key }) => profile[table].get(key as never) !== undefined);
    profile.latestSearch = { before, changes: kept };
  } else if (profile.latestSearch !== null) {
    profile.latestSearch = { ...profile.latestSearch, changes: [] };
  }
}

/** Takes the latest search back when this one shows that it was still being typed. */
function takeBackUnfinished(profile: Profile, form: string, atMs: number): void {
  const { history, latestSearch } = profile;
  const [latest] = history;
  if (latestSearch === null || latest === undefined) return;
  if (!isContinued(timed(latest), { normalised: form, atMs })) return;
  const { before, changes } = latestSearch;
  for (const { table, key, before: weight } of changes) {
    profile[table].restore(key as never, weight);
  }
  history.shift();
  if (before !== null) insert(history, { ...latest, ...before });
  profile.latestSearch = null;
}

/** Whether a search that comes late was the beginning of the one that was made next. */
function isBeginning({ history }: Profile, search: TimedSearch): boolean {
  const next = history[placeOf(history, search.atMs) - 1];
  return next !== undefined && isContinued(search, timed(next));
}

/** Takes out the query that was searched before one that comes late, where that shows it to be unfinished. */
function dropUnfinished({ history }: Profile, search: TimedSearch): void {
  const place = placeOf(history, search.atMs);
  const previous = history[place];
  if (previous?.count === 1 && isContinued(timed(previous), search)) history.splice(place, 1);
}

function timed({ normalised, lastMs }: ProfileQuery): TimedSearch {
  return { normalised, atMs: lastMs };
}

/** Counts a search of a query; gives what was known of it before, null for a new one. */
function putQuery(
  { history }: Profile,
  search: { readonly normalised: string; readonly data: SearchData; readonly atMs: number },
): LatestSearch['before'] {
  const { normalised, data, atMs } = search;
  const single = decayedWeight(1, atMs, HISTORY_HALF_LIFE_MS);
  const surface = data.surface ?? normalised;
  const place = placeOfQuery(history, normalised);
  const known = history[place];
  if (known === undefined) {
    const texts = { normalised, surface, isBlocked: data.isBlocked === true };
    const numbers = { lastMs: atMs, count: 1, weight: single };
    insert(history, { ...texts, ...numbers, textBytes: textBytesOf(texts) });
    return null;
  }
  const { lastMs, count, weight } = known;
  const counted = {
    ...known,
    count: Math.min(count + 1, MOST_COUNTED),
    weight: addDecayed(weight, single),
  };
  if (atMs < lastMs) history[place] = counted;
  else {
    const textBytes =
      surface === known.surface ? known.textBytes : textBytesOf({ ...known, surface });
    history.splice(place, 1);
    insert(history, { ...counted, lastMs: atMs, surface, textBytes });
  }
  return { lastMs, count, weight };
}

/** -1 where it is not in the history. */
function placeOfQuery(history: readonly ProfileQuery[], normalised: string): number {
  for (let place = 0; place < history.length; place++) {
    if (history[place]!.normalised === normalised) return place;
  }
  return -1;
}

function insert(history: ProfileQuery[], query: ProfileQuery): void {
  history.splice(placeOf(history, query.lastMs), 0, query);
}

/** Where a query of a time stands in the history: of one time, what came last stands first. */
function placeOf(history: readonly ProfileQuery[], atMs: number): number {
  let place = 0;
  while (place < history.length && (history[place]?.lastMs ?? atMs) > atMs) place++;
  return place;
}
