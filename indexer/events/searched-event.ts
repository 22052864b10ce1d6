import { readSearchedText, type SearchedText } from '../../dictionaries/searched-text.ts';
import type { SearchEvent } from './event.ts';

const read = new WeakMap<SearchEvent, SearchedText | null>();

/** `readSearchedText` of what an event searched: several ask it of each event, which is answered once, and forgotten with the event. */
export function searchedTextOf(event: SearchEvent): SearchedText | null {
  const known = read.get(event);
  if (known !== undefined) return known;
  const text = readSearchedText(event.query);
  read.set(event, text);
  return text;
}
