import { normalise } from '../../dictionaries/normalise.ts';
import { cleanSurface } from '../../dictionaries/surface.ts';
import type { RemoveEvent } from '../events/event.ts';
import { historyId, suggestionId } from '../events/suggestion-id.ts';

/** What people removed from their history: their searches of it up to then count no more. */
export class EventRemovals {
  /** By owner: when a normalised form, or an id, was removed last. */
  readonly #owners = new Map<string, Owned>();

  /** @param owner the hash of a user, or of a session without user */
  add(owner: string, event: RemoveEvent): void {
    const owned = this.#owners.get(owner) ?? { forms: new Map(), ids: new Map() };
    this.#owners.set(owner, owned);
    if ('query' in event) note(owned.forms, formOf(event.query), event.atMs);
    else note(owned.ids, event.id, event.atMs);
  }

  /** Whether a search was removed: at its time or later, in whatever order the two arrived. */
  covers(owner: string, query: string, atMs: number): boolean {
    const owned = this.#owners.get(owner);
    if (owned === undefined) return false;
    const form = formOf(query);
    const isRemoved = (removedMs: number | undefined): boolean =>
      removedMs !== undefined && atMs <= removedMs;
    if (isRemoved(owned.forms.get(form))) return true;
    if (owned.ids.size === 0) return false;
    return (
      isRemoved(owned.ids.get(suggestionId(form))) ||
      isRemoved(owned.ids.get(historyId(owner, form)))
    );
  }
}

interface Owned {
  readonly forms: Map<string, number>;
  readonly ids: Map<string, number>;
}

function note(times: Map<string, number>, key: string, atMs: number): void {
  times.set(key, Math.max(times.get(key) ?? Number.NEGATIVE_INFINITY, atMs));
}

function formOf(query: string): string {
  return normalise(cleanSurface(query));
}
