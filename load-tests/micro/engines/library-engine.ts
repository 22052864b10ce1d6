import type { ScoredText } from '../texts/scored-text.ts';
import { answerByFlexSearch } from './flexsearch-engine.ts';
import { answerByMiniSearch } from './minisearch-engine.ts';

/** The library set-ups that are timed beside ours, each with what it answers, which is not the same question throughout. */
export const LIBRARIES = {
  'FlexSearch forward':
    'tokenize "forward", else as it comes: word beginnings, ranked by place of the word, then score',
  'FlexSearch by score': 'tokenize "forward", resolution 1: word beginnings, ranked by score',
  'FlexSearch whole text':
    'whole text as one token, resolution 1: our prefix question; every prefix holds its ready list',
  MiniSearch:
    'search with prefix, AND, boostDocument by score: word beginnings, ranked by text match times score',
} as const;

export type LibraryName = keyof typeof LIBRARIES;

/** Indexes the texts, which come by rank, and gives the function that answers with ten shown texts. */
export function buildLibrary(
  name: LibraryName,
  texts: readonly ScoredText[],
): (typed: string) => readonly string[] {
  switch (name) {
    case 'FlexSearch forward':
      return answerByFlexSearch(texts, { tokenize: 'forward' });
    case 'FlexSearch by score':
      return answerByFlexSearch(texts, { tokenize: 'forward', resolution: 1 });
    case 'FlexSearch whole text':
      return answerByFlexSearch(texts, {
        tokenize: 'forward',
        resolution: 1,
        encode: (text) => [text],
      });
    case 'MiniSearch':
      return answerByMiniSearch(texts);
  }
}
