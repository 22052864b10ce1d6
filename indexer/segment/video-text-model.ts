import { isUnspaced } from '../../dictionaries/terms.ts';
import type { VideoWords } from '../../dictionaries/video-text/video-words.ts';
import { brandCompletion } from './completion-id.ts';
import type { CompletionView } from './completion-view.ts';
import type { Segment } from './segment.ts';
import { visitStanding } from './standing-completions.ts';

/** What is known of words from videos with known searches; `VideoIndex` has it. */
export interface LearnedWords {
  readonly documents: number;
  readonly totalUsers: number;
  findWord(word: string): number;
  documentsOf(word: number): number;
  visitLifts(word: number, visit: (id: number, lift: number) => void): void;
  queryUsers(id: number): number;
}

/** A completion and -log2 of how likely a viewer of the text's video searches it next, by the text alone. */
export interface TextEstimate {
  readonly id: number;
  readonly bits: number;
}

/** Users that every completion is taken to have beside those who searched it with a video. */
const PRIOR_USERS = 0.5;
/** Bits for a completion of one rarest word that stands in the title. */
const STANDING_BITS = 17;
/** Words of this much weight count in full; those of longer texts share it, as they are not independent of each other. */
const INDEPENDENT_WEIGHT = 30;
/** Bits for each doubling of a completion's searches. */
const POPULARITY = 0.1;
/** The evidence of one text is dependent in itself: odds are their square root's. */
const TEMPER = 0.5;
/** Terms beyond which a longer completion that stands in a text says no more. */
const MOST_TERMS = 4;
/** Videos from which on their own numbers, rather than the completions', say how rare a word is. */
const RARITY_VIDEOS = 50;

const NOTHING_LEARNED: LearnedWords = {
  documents: 0,
  totalUsers: 0,
  findWord: () => -1,
  documentsOf: () => 0,
  visitLifts: () => {},
  queryUsers: () => 0,
};

/**
 * Estimates from a video's texts alone what its viewers search next, so that it works for a video that nobody searched with yet. A log-linear model:
 *
 *     bits(query | text) = log2 (users(query) + 1/2) / (all users + n/2)          how often it is searched with any video
 *                        + 17 * worth(field) * rarity(query's words)              where it stands in the text word for word
 *                        + sum of weight(word) * lift(word, query)                words of videos with which it was searched
 *                        + a tenth of log2 popularity
 *
 * Lifts are log2 P(word | query) / P(word), smoothed (indexer/video-evidence); the sum is scaled down for long texts. The bits are turned into a distribution by a
 * softmax at temperature 2, together with what all other completions have by the first term. Source of the pieces: query likelihood with Dirichlet
 * smoothing (Zhai and Lafferty, SIGIR 2001), positive pointwise information only, as most words are learned of few videos.
 */
export class VideoTextModel {
  private readonly segment: Segment;
  private readonly learned: LearnedWords;
  private readonly rarities = new Map<number, number>();

  constructor(segment: Segment, learned: LearnedWords | null) {
    this.segment = segment;
    this.learned = learned ?? NOTHING_LEARNED;
  }

  /** At most `limit` completions that are members of one of `views`, likeliest first, ties by id. */
  estimate(video: VideoWords, views: readonly CompletionView[], limit: number): TextEstimate[] {
    const scores = this.liftsOf(video);
    for (const [id, bits] of this.standingIn(video)) scores.set(id, (scores.get(id) ?? 0) + bits);
    const { totalUsers } = this.learned;
    const { completions, logScores } = this.segment;
    const all = Math.log2(totalUsers + PRIOR_USERS * completions);
    const top = completions > 0 ? logScores[0]! : 0;
    const ranked: { id: number; score: number }[] = [];
    for (const [id, bits] of scores) {
      if (!views.some((view) => view.rankOf(brandCompletion(id)) >= 0)) continue;
      const prior = Math.log2(this.learned.queryUsers(id) + PRIOR_USERS) - all;
      const popularity = POPULARITY * Math.max(-50, logScores[id]! - top);
      ranked.push({ id, score: (prior + bits + popularity) * TEMPER });
    }
    const others = (Math.log2(PRIOR_USERS * Math.max(1, completions)) - all) * TEMPER;
    let mass = 2 ** others;
    for (const { score } of ranked) mass += 2 ** score;
    const total = Math.log2(mass);
    return ranked
      .sort((a, b) => b.score - a.score || a.id - b.id)
      .slice(0, limit)
      .map(({ id, score }) => ({ id, bits: Math.max(0, total - score) }));
  }

  /** What the words of the text add, by completion. */
  private liftsOf({ words }: VideoWords): Map<number, number> {
    const { learned } = this;
    const known: { word: number; weight: number }[] = [];
    let weights = 0;
    for (const { word: text, weight } of words) {
      const word = learned.findWord(text);
      if (word < 0) continue;
      known.push({ word, weight });
      weights += weight;
    }
    const scale = Math.min(1, INDEPENDENT_WEIGHT / weights);
    const scores = new Map<number, number>();
    for (const { word, weight } of known) {
      learned.visitLifts(word, (id, lift) => {
        scores.set(id, (scores.get(id) ?? 0) + scale * weight * lift);
      });
    }
    return scores;
  }

  /** What standing in the text adds, by completion: in the passage that is worth most. */
  private standingIn({ passages }: VideoWords): Map<number, number> {
    const worths = new Map<number, number>();
    for (const { terms, worth } of passages) {
      visitStanding(this.segment, terms, (id) => {
        if ((worths.get(id) ?? 0) < worth) worths.set(id, worth);
      });
    }
    for (const [id, worth] of worths) worths.set(id, worth * STANDING_BITS * this.rarityOf(id));
    return worths;
  }

  /** Sum over a completion's terms of how rare they are (0 to 1), over the root of their number. */
  private rarityOf(id: number): number {
    const { forward } = this.segment;
    const start = forward.start(id);
    const end = Math.min(forward.start(id + 1), start + MOST_TERMS);
    let sum = 0;
    for (let place = start; place < end; place++) sum += this.rarityOfTerm(forward.termAt(place));
    return sum / Math.sqrt(end - start);
  }

  private rarityOfTerm(term: number): number {
    const known = this.rarities.get(term);
    if (known !== undefined) return known;
    const { segment, learned } = this;
    const { postings } = segment.all;
    const inQueries = rarity(
      postings.weight(postings.listFrom(term), postings.listFrom(term + 1)),
      segment.completions,
    );
    const text = segment.terms.termText(term);
    // Characters of scripts without spaces are no words of videos by themselves.
    const share = isUnspaced(text.codePointAt(0) ?? 0)
      ? 0
      : learned.documents / (learned.documents + RARITY_VIDEOS);
    const word = share === 0 ? -1 : learned.findWord(text);
    const inVideos = rarity(word < 0 ? 0 : learned.documentsOf(word), learned.documents);
    const mixed = share * inVideos + (1 - share) * inQueries;
    this.rarities.set(term, mixed);
    return mixed;
  }
}

/** 1 for what nothing holds, near 0 for what everything holds. */
function rarity(holders: number, all: number): number {
  return Math.log2((all + 1) / Math.min(all + 1, holders + 0.5)) / Math.log2(2 * (all + 1));
}
