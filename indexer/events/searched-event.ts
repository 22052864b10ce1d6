import { readSearchedText, type SearchedText } from '../../dictionaries/searched-text.ts';
import type { SearchEvent } from './event.ts';

const read = new WeakMap<SearchEvent, SearchedText | null>();
/** What was asked last: all who hear of an event ask the same, one after the other. */
let latest: { readonly event: SearchEvent; readonly text: SearchedText | null } | null = null;

/** `readSearchedText` of what an event searched: several ask it of each event, which is answered once, and forgotten with the event. */
export function searchedTextOf(event: SearchEvent): SearchedText | null {
  if (latest?.event === event) return latest.text;
  let text = read.get(event);
  if (text === undefined) {
    text = readSearchedText(event.query);
    read.set(event, text);
  }
  latest = { event, text };
  return text;
}
