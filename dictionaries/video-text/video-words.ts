import { normalise } from '../normalise.ts';
import { queryTerms, sequenceTerms } from '../terms.ts';

/** The texts of a video, as they were published. */
export interface VideoText {
  readonly title: string;
  readonly description?: string | undefined;
  readonly tags?: readonly string[] | undefined;
  readonly transcript?: string | undefined;
  readonly comments?: readonly string[] | undefined;
}

/** A part of a video's text, as the terms of its normalised form. */
export interface Passage {
  readonly terms: readonly string[];
  /** How much a query that stands in it says of the video, against the title's 1. */
  readonly worth: number;
}

/** A word of a video and how much it tells of it, against one of the title's 1. */
export interface WeighedWord {
  readonly word: string;
  readonly weight: number;
}

/** Distinct words of a video that count, the heaviest. */
export const MOST_VIDEO_WORDS = 512;

interface Field {
  /** Of a query that stands in it. */
  readonly worth: number;
  /** Of a word in it. */
  readonly weight: number;
  /** Whether a word counts the more the more often it comes (by its logarithm). */
  readonly repeats: boolean;
  /** UTF-16 units that are read of it, over all its texts. */
  readonly longest: number;
}

/**
 * What is written on purpose about the video tells most, what is said around it least. As measured on titles and comments with known searches
 * (load-tests/surfaces/video-to-query.ts); tags and descriptions stand between.
 */
const TITLE: Field = { worth: 1, weight: 1, repeats: false, longest: 1_000 };
const TAGS: Field = { worth: 0.85, weight: 0.85, repeats: false, longest: 2_000 };
const DESCRIPTION: Field = { worth: 0.5, weight: 0.3, repeats: false, longest: 2_000 };
const TRANSCRIPT: Field = { worth: 0.4, weight: 0.15, repeats: true, longest: 10_000 };
const COMMENTS: Field = { worth: 0.4, weight: 0.15, repeats: true, longest: 20_000 };

/** Words and passages of a video's texts: what the estimate of its next searches reads. Linear in the texts, which are read up to a length a field. */
export class VideoWords {
  /** Heaviest first, ties in the order of the text; at most `MOST_VIDEO_WORDS`. */
  readonly words: readonly WeighedWord[];
  /** Title first. */
  readonly passages: readonly Passage[];
  /** Distinct words of the title alone, in its order. */
  readonly titleWords: readonly string[];

  constructor(text: VideoText) {
    const weights = new Map<string, number>();
    const passages: Passage[] = [];
    const take = (field: Field, texts: readonly string[]): Map<string, number> => {
      const counts = new Map<string, number>();
      let left = field.longest;
      for (const each of texts) {
        if (left <= 0) break;
        const normalised = normalise(each.slice(0, left));
        left -= each.length;
        if (normalised === '') continue;
        passages.push({ terms: sequenceTerms(normalised), worth: field.worth });
        for (const term of queryTerms(`${normalised} `)) {
          counts.set(term.text, (counts.get(term.text) ?? 0) + 1);
        }
      }
      for (const [word, count] of counts) {
        const weight = field.weight * (field.repeats ? Math.log2(1 + count) : 1);
        weights.set(word, addWeight(weights.get(word) ?? 0, weight, field));
      }
      return counts;
    };
    this.titleWords = [...take(TITLE, [text.title]).keys()];
    take(TAGS, text.tags ?? []);
    take(DESCRIPTION, text.description === undefined ? [] : [text.description]);
    take(TRANSCRIPT, text.transcript === undefined ? [] : [text.transcript]);
    take(COMMENTS, text.comments ?? []);
    this.words = Array.from(weights, ([word, weight]) => ({ word, weight }))
      .sort((a, b) => b.weight - a.weight)
      .slice(0, MOST_VIDEO_WORDS);
    this.passages = passages;
  }
}

/** Fields that are written once repeat each other; what is said around the video adds to them. */
function addWeight(held: number, weight: number, { repeats }: Field): number {
  return repeats ? held + weight : Math.max(held, weight);
}
