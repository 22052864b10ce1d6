import { normalise } from '../../dictionaries/normalise.ts';
import { cleanSurface } from '../../dictionaries/surface.ts';
import type { RemoveEvent, SearchEvent } from '../events/event.ts';
import { historyId, suggestionId } from '../events/suggestion-id.ts';

/** What people removed from their history: their searches of it up to then count no more, as their profiles forget them (`foldRemove`). */
export class EventRemovals {
  /** By owner: when a normalised form, or an id, was removed last. */
  readonly #owners = new Map<string, Owned>();

  /**
   * @param owner the hash of a user, or of a session without user
   * @param offset in the log; above that of the removal that was added before
   */
  add(owner: string, event: RemoveEvent, offset: number): void {
    const owned = this.#owners.get(owner) ?? { forms: new Map(), ids: new Map() };
    this.#owners.set(owner, owned);
    if ('query' in event) note(owned.forms, formOf(event.query), event.atMs, offset);
    else note(owned.ids, event.id, event.atMs, offset);
  }

  /** Whether a search was removed: by a removal that arrived after it, or by one of a later time, whose search only came late. */
  covers(owner: string, { query, atMs }: SearchEvent, offset: number): boolean {
    const owned = this.#owners.get(owner);
    if (owned === undefined) return false;
    const form = formOf(query);
    const isRemoved = (removal: Removal | undefined): boolean =>
      removal !== undefined && (removal.offset > offset || removal.atMs > atMs);
    if (isRemoved(owned.forms.get(form))) return true;
    if (owned.ids.size === 0) return false;
    return (
      isRemoved(owned.ids.get(suggestionId(form))) ||
      isRemoved(owned.ids.get(historyId(owner, form)))
    );
  }
}

/** The latest time of the removals of something, and the offset of the last one in the log. */
interface Removal {
  readonly atMs: number;
  readonly offset: number;
}

interface Owned {
  readonly forms: Map<string, Removal>;
  readonly ids: Map<string, Removal>;
}

function note(removals: Map<string, Removal>, key: string, atMs: number, offset: number): void {
  const earlierMs = removals.get(key)?.atMs ?? Number.NEGATIVE_INFINITY;
  removals.set(key, { atMs: Math.max(earlierMs, atMs), offset });
}

function formOf(query: string): string {
  return normalise(cleanSurface(query));
}
