import MiniSearch from 'minisearch';
import type { ScoredText } from '../texts/scored-text.ts';

/** MiniSearch over the texts; every word must match, all as prefixes, as its own autocompletion example has it. */
export function answerByMiniSearch(
  texts: readonly ScoredText[],
): (typed: string) => readonly string[] {
  const surfaces = texts.map((text) => text.surface);
  const scores = Float64Array.from(texts, (text) => text.score);
  const index = new MiniSearch({
    fields: ['text'],
    searchOptions: {
      prefix: true,
      combineWith: 'AND',
      boostDocument: (id: number) => scores[id] ?? 0,
    },
  });
  index.addAll(texts.map((text, id) => ({ id, text: text.normalised })));
  return (typed) =>
    index
      .search(typed)
      .slice(0, 10)
      .map((hit) => surfaces[hit.id as number] ?? '');
}
