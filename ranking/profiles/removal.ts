import { historyId, suggestionId } from '../../indexer/events/suggestion-id.ts';
import type { Profile } from './profile.ts';

/** The place of a query among what was removed, -1 for one that was not. A microsecond or two where something was removed. */
export function findRemoval({ removed }: Profile, owner: string, normalised: string): number {
  if (removed.length === 0) return -1;
  const id = suggestionId(normalised);
  let keyed: string | null = null;
  return removed.findIndex((each) => {
    if (each.id === id) return true;
    if (!each.isKeyed) return false;
    keyed ??= historyId(owner, normalised);
    return each.id === keyed;
  });
}
