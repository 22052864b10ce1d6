import { Index, type IndexOptions } from 'flexsearch';
import type { ScoredText } from '../texts/scored-text.ts';

/**
 * FlexSearch over the texts, best first: it lists equal matches in the order in which they were added, which makes that order
 * the ranking as far as its options allow.
 */
export function answerByFlexSearch(
  texts: readonly ScoredText[],
  options: IndexOptions,
): (typed: string) => readonly string[] {
  const index = new Index(options);
  const surfaces = texts.map((text) => text.surface);
  texts.forEach((text, id) => {
    index.add(id, text.normalised);
  });
  return (typed) => {
    const ids = index.search(typed, { limit: 10 }) as readonly number[];
    return ids.map((id) => surfaces[id] ?? '');
  };
}
