import { Index } from 'flexsearch';
import type { WeighedWord } from '../../../../dictionaries/video-text/video-words.ts';
import { TermIndex } from '../term-index.ts';

/** Words of a video that are looked for in others: the heaviest, in the order of its text. */
const MOST_WORDS = 12;
/** Videos that are compared word for word. */
const COMPARED = 24;
/** Videos that share less of their words than this are not alike. */
const LEAST_LIKENESS = 0.25;
/** Neighbours that a video keeps. */
const MOST_SIMILAR = 8;

/** Another video and how alike its words are, above 0 and at most 1. */
export interface SimilarVideo {
  readonly video: string;
  readonly likeness: number;
}

/**
 * Which live videos are about the same: the overlay that changes with every event, a FlexSearch index over the words of their texts, which any script's
 * segmentation gave. FlexSearch finds those that share words; their likeness is then worked out exactly (cosine of the weights).
 */
export class SimilarVideos {
  readonly #index = new TermIndex({
    create: () =>
      new Index({
        encode: (words: string) => words.split(' '),
        tokenize: 'strict',
        fastupdate: true,
      }),
    termsOf: (number) => [...(this.#videos.get(number)?.words.weights.keys() ?? [])].join(' '),
  });
  readonly #numbers = new Map<string, number>();
  readonly #videos = new Map<number, { readonly video: string; readonly words: WordVector }>();
  #next = 0;

  get size(): number {
    return this.#numbers.size;
  }

  /** Adds a video or replaces its words. */
  put(video: string, words: readonly WeighedWord[]): void {
    this.remove(video);
    const heaviest = words.slice(0, MOST_WORDS * 4);
    if (heaviest.length === 0) return;
    const number = this.#next++;
    this.#numbers.set(video, number);
    this.#videos.set(number, { video, words: vectorOf(heaviest) });
    this.#index.add(number);
  }

  remove(video: string): void {
    const number = this.#numbers.get(video);
    if (number === undefined) return;
    this.#numbers.delete(video);
    this.#videos.delete(number);
    this.#index.remove(number);
  }

  /** The videos that are most alike, most alike first, ties by id; none for a video that was not put. */
  similarTo(video: string): SimilarVideo[] {
    const own = this.#videos.get(this.#numbers.get(video) ?? -1);
    if (own === undefined) return [];
    const query = [...own.words.weights.keys()].slice(0, MOST_WORDS).join(' ');
    const found = this.#index.search(query, { limit: COMPARED, suggest: true });
    const similar: SimilarVideo[] = [];
    for (const number of found) {
      const other = this.#videos.get(number);
      if (other === undefined || other.video === video) continue;
      const likeness = cosine(own.words, other.words);
      if (likeness >= LEAST_LIKENESS) similar.push({ video: other.video, likeness });
    }
    return similar
      .sort((a, b) => b.likeness - a.likeness || (a.video < b.video ? -1 : 1))
      .slice(0, MOST_SIMILAR);
  }
}

interface WordVector {
  readonly weights: ReadonlyMap<string, number>;
  readonly norm: number;
}

function vectorOf(words: readonly WeighedWord[]): WordVector {
  const weights = new Map(words.map(({ word, weight }) => [word, weight]));
  const norm = Math.sqrt(words.reduce((sum, { weight }) => sum + weight * weight, 0));
  return { weights, norm };
}

function cosine(a: WordVector, b: WordVector): number {
  let sum = 0;
  for (const [word, weight] of a.weights) sum += weight * (b.weights.get(word) ?? 0);
  return Math.min(1, sum / (a.norm * b.norm));
}
