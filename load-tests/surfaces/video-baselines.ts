import { normalise } from '../../dictionaries/normalise.ts';
import { queryTerms } from '../../dictionaries/terms.ts';
import type { FoundVideo } from './video-data.ts';

/** Ranks candidates for a video, best first. */
export type VideoRanker = (video: FoundVideo) => readonly string[];

const COMMENT_WORTH = 0.3;
const SHOWN = 10;

export function wordsOf(text: string): string[] {
  return queryTerms(`${normalise(text)} `).map((term) => term.text);
}

/** Whether all words of one of a video's keywords stand in its title or comments. */
export function standsInText(video: FoundVideo): boolean {
  const words = new Set([...wordsOf(video.title), ...video.comments.flatMap(wordsOf)]);
  return [...video.keywords].some((keyword) => wordsOf(keyword).every((word) => words.has(word)));
}

/**
 * Literal match: candidates all of whose words stand in the title or the comments, by the sum of their words' rarity, a word of the title counting
 * three times one of the comments.
 */
export function literalMatch(
  known: readonly FoundVideo[],
  candidates: readonly string[],
): VideoRanker {
  const documents = new Map<string, number>();
  for (const { title, comments } of known) {
    for (const word of new Set([title, ...comments].flatMap(wordsOf))) {
      documents.set(word, (documents.get(word) ?? 0) + 1);
    }
  }
  const rarity = (word: string) =>
    Math.log((known.length + 1) / ((documents.get(word) ?? 0) + 0.5));
  const words = candidates.map(wordsOf);
  return (video) => {
    const title = new Set(wordsOf(video.title));
    const comments = new Set(video.comments.flatMap(wordsOf));
    const scored: { at: number; score: number }[] = [];
    words.forEach((terms, at) => {
      if (!terms.every((word) => title.has(word) || comments.has(word))) return;
      const score = terms.reduce(
        (sum, word) => sum + rarity(word) * (title.has(word) ? 1 : COMMENT_WORTH),
        0,
      );
      scored.push({ at, score });
    });
    return scored
      .sort((a, b) => b.score - a.score || a.at - b.at)
      .slice(0, SHOWN)
      .map(({ at }) => candidates[at] ?? '');
  };
}

/** How naive Bayes counts. */
export interface BayesSettings {
  /** Of a word of the title, against one of a comment. */
  readonly titleWeight: number;
  readonly smoothing: number;
}

/** Several, as it is not known beforehand which does best; it is compared with the best of them. */
export const BAYES_SETTINGS: readonly BayesSettings[] = [
  { titleWeight: 1, smoothing: 1 },
  { titleWeight: 1, smoothing: 0.1 },
  { titleWeight: 3, smoothing: 0.1 },
  { titleWeight: 1, smoothing: 0.01 },
  { titleWeight: 3, smoothing: 0.01 },
];

/** Multinomial naive Bayes over the keywords alone, learned from title and comments of the known videos. */
export function naiveBayes(
  known: readonly FoundVideo[],
  { titleWeight, smoothing }: BayesSettings,
): VideoRanker {
  const classes = new Map<string, { videos: number; total: number; words: Map<string, number> }>();
  const vocabulary = new Set<string>();
  const bagOf = (video: FoundVideo): Map<string, number> => {
    const bag = new Map<string, number>();
    const add = (text: string, weight: number): void => {
      for (const word of wordsOf(text)) bag.set(word, (bag.get(word) ?? 0) + weight);
    };
    add(video.title, titleWeight);
    for (const comment of video.comments) add(comment, 1);
    return bag;
  };
  for (const video of known) {
    const bag = bagOf(video);
    for (const keyword of video.keywords) {
      const held = classes.get(keyword) ?? { videos: 0, total: 0, words: new Map() };
      classes.set(keyword, held);
      held.videos += 1;
      for (const [word, count] of bag) {
        vocabulary.add(word);
        held.total += count;
        held.words.set(word, (held.words.get(word) ?? 0) + count);
      }
    }
  }
  return (video) => {
    const bag = [...bagOf(video)].filter(([word]) => vocabulary.has(word));
    return Array.from(classes, ([keyword, { videos, total, words }]) => {
      const all = total + smoothing * vocabulary.size;
      const score = bag.reduce(
        (sum, [word, count]) => sum + count * Math.log(((words.get(word) ?? 0) + smoothing) / all),
        Math.log(videos),
      );
      return { keyword, score };
    })
      .sort((a, b) => b.score - a.score || (a.keyword < b.keyword ? -1 : 1))
      .slice(0, SHOWN)
      .map(({ keyword }) => keyword);
  };
}
