import { normalise } from './normalise.ts';
import { isBlocked } from './safety/blocklist.ts';
import { findPersonalData } from './safety/personal-data.ts';
import { cleanSurface } from './surface.ts';

/** Longer ones never become suggestions. */
const MOST_CODE_POINTS = 128;

/** A search's text as it may be shown and compared. */
export interface SearchedText {
  readonly surface: string;
  readonly normalised: string;
  /** Whether the blocklist names it, which matters unless the index was built without it. */
  readonly isBlocked: boolean;
}

/** What a search of an event says; null where nothing of it may ever be shown: personal data, too long, or no word. */
export function readSearchedText(query: string): SearchedText | null {
  // Code units bound code points from above, and from below by half.
  if (query.length > 2 * MOST_CODE_POINTS) return null;
  const surface = cleanSurface(query);
  const normalised = normalise(surface);
  if (normalised === '' || isTooLong(surface) || isTooLong(normalised)) return null;
  // Most searches are written as they are compared: what is the same text is looked through once.
  if (findPersonalData(query) !== null) return null;
  if (surface !== query && findPersonalData(surface) !== null) return null;
  const isNew = normalised !== surface && normalised !== query;
  if (isNew && findPersonalData(normalised) !== null) return null;
  return { surface, normalised, isBlocked: isBlocked(normalised, surface) };
}

function isTooLong(text: string): boolean {
  return text.length > MOST_CODE_POINTS && [...text].length > MOST_CODE_POINTS;
}
