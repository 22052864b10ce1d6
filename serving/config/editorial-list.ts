import { canonicalMarket, fallbackTags } from '../../dictionaries/market-tag.ts';
import { readSearchedText, type SearchedText } from '../../dictionaries/searched-text.ts';

/** What the operator shows before typing where nothing better is known: texts by canonical market, best first. */
export type EditorialLists = Readonly<Record<string, readonly SearchedText[]>>;

/** Reads the lists of a configuration; what is wrong with them goes into `faults`, a line each, with its place. */
export function readEditorialLists(
  given: Readonly<Record<string, readonly string[]>>,
  faults: string[],
): EditorialLists {
  const lists: Record<string, SearchedText[]> = {};
  for (const [tag, texts] of Object.entries(given)) {
    const market = canonicalMarket(tag);
    if (market === null) {
      faults.push(
        `editorial: expected BCP 47 tags such as en-US as keys, got ${JSON.stringify(tag)}`,
      );
      continue;
    }
    const list = lists[market] ?? [];
    lists[market] = list;
    texts.forEach((text, place) => {
      const read = readSearchedText(text);
      if (read !== null) list.push(read);
      else
        faults.push(
          `editorial.${tag}[${place}]: expected a text with a word, at most 128 code points and no personal data`,
        );
    });
  }
  return lists;
}

/** The list for a canonical market: its own, or that of what it falls back to; empty where there is none. */
export function editorialOf(lists: EditorialLists, market: string): readonly SearchedText[] {
  for (const tag of fallbackTags(market)) {
    const list = lists[tag];
    if (list !== undefined) return list;
  }
  return [];
}
