import { normalise } from '../../dictionaries/normalise.ts';
import { stableHash } from '../../dictionaries/stable-hash.ts';
import { cleanSurface } from '../../dictionaries/surface.ts';
import type { RemoveEvent } from '../../indexer/events/event.ts';
import { historyId, suggestionId } from '../../indexer/events/suggestion-id.ts';
import { settleLatest } from './latest-search.ts';
import type { Profile, RemovedQuery } from './profile.ts';
import type { ProfileQuery } from './profile-query.ts';
import { ID_BYTES } from './profile-writer.ts';
import { affinityTerms, wordRuns } from './text-facts.ts';

/**
 * Forgets a query of the history, named by itself or by its id, with the terms and entities that no other kept query has; remembers that it was
 * removed, without its text, until it is searched anew. One that is not in the history is remembered as well: its search may come late.
 *
 * What came before the removal is forgotten whatever its time: clocks differ, and what somebody saw and removed must not stay.
 */
export function foldRemove(
  profile: Profile,
  event: RemoveEvent,
  owner: string,
  atMs: number,
): void {
  const form = 'query' in event ? normalise(cleanSurface(event.query)) : null;
  const place = profile.history.findIndex(({ normalised }) =>
    'query' in event ? normalised === form : isIdOf(event.id, owner, normalised),
  );
  const known = profile.history[place];
  if (known !== undefined) forget(profile, place, known);
  const text = known?.normalised ?? form;
  if (text === '') return;
  if (text !== null) noteRemoval(profile, { id: suggestionId(text), isKeyed: false }, atMs);
  else if ('id' in event && isOurs(event.id)) {
    noteRemoval(profile, { id: event.id, isKeyed: true }, atMs);
  }
}

function isIdOf(id: string, owner: string, normalised: string): boolean {
  return suggestionId(normalised) === id || historyId(owner, normalised) === id;
}

/** Whether an id has the form of those that suggestions have: others name nothing. */
function isOurs(id: string): boolean {
  const bytes = Buffer.from(id, 'base64url');
  return bytes.length === ID_BYTES && bytes.toString('base64url') === id;
}

function noteRemoval(
  { removed }: Profile,
  removal: Omit<RemovedQuery, 'removedMs'>,
  atMs: number,
): void {
  const place = removed.findIndex(({ id }) => id === removal.id);
  const known = removed[place];
  if (known !== undefined) {
    if (known.removedMs >= atMs) return;
    removed.splice(place, 1);
  }
  const later = removed.findIndex(({ removedMs }) => removedMs > atMs);
  removed.splice(later < 0 ? removed.length : later, 0, { ...removal, removedMs: atMs });
}

/** Topics can't be told apart by query, other than those of the latest search; what is left of them fades. */
function forget(profile: Profile, place: number, query: ProfileQuery): void {
  const { searches, latestSearch, terms, entities } = profile;
  if (place === 0 && latestSearch !== null && latestSearch.before === null) {
    for (const { table, key, before } of latestSearch.changes) {
      profile[table].restore(key as never, before);
    }
  }
  if (place === 0) profile.latestSearch = null;
  settleLatest(profile);
  searches.remove(place);
  const kept = { terms: new Set<string>(), runs: new Set<number>() };
  for (const { normalised } of searches.queries) {
    for (const term of affinityTerms(normalised)) kept.terms.add(term);
    for (const run of wordRuns(normalised)) kept.runs.add(stableHash(run));
  }
  for (const term of affinityTerms(query.normalised)) {
    if (!kept.terms.has(term)) terms.restore(term, undefined);
  }
  for (const run of wordRuns(query.normalised)) {
    const entity = stableHash(run);
    if (!kept.runs.has(entity)) entities.restore(entity, undefined);
  }
}
