import { hashWord } from '../../dictionaries/mentions/word-hash.ts';
import type { Container } from './container.ts';
import { SegmentError } from './errors.ts';
import { firstFault, type VideoArrays } from './video-section-check.ts';

/** Completions that a known video keeps. */
export const MOST_VIDEO_QUERIES = 24;
/** Completions that a word of videos' texts leads to. */
export const MOST_WORD_QUERIES = 32;

export const NAME = 'videos';
export const SEARCHED = 0x8000;
export const CODE_MASK = 0x7fff;
/** Bits and lifts are kept in steps of 1/1024: up to just below 32, or 64. */
export const STEPS = 1024;

/** What a video's id, or a word, is looked up by: two hashes of 32 bits, not negative. */
export interface VideoKey {
  readonly a: number;
  readonly b: number;
}

/** A completion that may be searched next. */
export interface ListedQuery {
  readonly id: number;
  /** -log2 of how likely it is the next search of a viewer. */
  readonly bits: number;
  /** Whether enough distinct users searched it with, or after, this video; else its text alone says so. */
  readonly isSearched: boolean;
}

/** Distinct users who searched a completion with, or after, any video. */
export interface QueryUsers {
  readonly id: number;
  readonly users: number;
}

/** The key of a video's id or of a word of videos' texts. */
export function videoKey(text: string): VideoKey {
  const { a, b } = hashWord(text);
  return { a: a >>> 0, b: b >>> 0 };
}

/**
 * What is searched after which video: the lists of known videos, the words of their titles, and what words of any video's texts lead to. Opening
 * makes views; a look-up is a binary search.
 */
export class VideoIndex {
  /** Known videos. */
  readonly size: number;
  /** Videos that the words' numbers are counted over. */
  readonly documents: number;
  /** Users of all queries that were searched with, or after, a video. */
  readonly totalUsers: number;
  private readonly arrays: VideoArrays;

  private constructor(container: Container) {
    const uint32 = (name: string) => container.uint32(`${NAME}.${name}`);
    const shape = uint32('shape');
    const [videos = 0, words = 0, queries = 0, documents = 0, total = 0] = shape;
    this.size = videos;
    this.documents = documents;
    this.totalUsers = total;
    this.arrays = {
      keys: uint32('keys'),
      starts: uint32('starts'),
      targets: uint32('targets'),
      codes: container.uint16(`${NAME}.codes`),
      users: uint32('users'),
      titleStarts: uint32('titlestarts'),
      titles: uint32('titles'),
      words: uint32('words'),
      documents: uint32('documents'),
      pairStarts: uint32('pairstarts'),
      pairs: uint32('pairs'),
      lifts: container.uint16(`${NAME}.lifts`),
      queries: uint32('queries'),
      queryUsers: uint32('queryusers'),
    };
    const { arrays } = this;
    if (
      shape.length !== 5 ||
      arrays.keys.length !== 2 * videos ||
      arrays.starts.length !== videos + 1 ||
      arrays.targets.length !== arrays.codes.length ||
      arrays.users.length !== videos ||
      arrays.titleStarts.length !== videos + 1 ||
      arrays.words.length !== 2 * words ||
      arrays.documents.length !== words ||
      arrays.pairStarts.length !== words + 1 ||
      arrays.pairs.length !== arrays.lifts.length ||
      arrays.queries.length !== queries ||
      arrays.queryUsers.length !== queries
    ) {
      throw new SegmentError('bad-section', `segment sections '${NAME}.*': their lengths disagree`);
    }
  }

  /** What a segment knows of videos; null where it was built without any, and in files before it was known. */
  static open(container: Container): VideoIndex | null {
    return container.has(`${NAME}.shape`) ? new VideoIndex(container) : null;
  }

  /** The number of a video, or -1 for one that is not known. */
  find(id: string): number {
    return findKey(this.arrays.keys, videoKey(id));
  }

  /** Users whose searches a video's list rests on, beside its text. */
  usersOf(video: number): number {
    return this.arrays.users[video]!;
  }

  /** A video's queries, likeliest first. */
  queriesOf(video: number): ListedQuery[] {
    const { starts, targets, codes } = this.arrays;
    const listed: ListedQuery[] = [];
    for (let at = starts[video]!; at < starts[video + 1]!; at++) {
      const code = codes[at]!;
      const isSearched = (code & SEARCHED) !== 0;
      listed.push({ id: targets[at]!, bits: (code & CODE_MASK) / STEPS, isSearched });
    }
    return listed;
  }

  /** First hashes (`hashWord`) of the words of a video's title; empty for one that is not known. */
  titleWordsOf(id: string): Uint32Array {
    const video = this.find(id);
    if (video < 0) return new Uint32Array(0);
    const { titleStarts, titles } = this.arrays;
    return titles.subarray(titleStarts[video]!, titleStarts[video + 1]!);
  }

  /** The number of a word of videos' texts, or -1. */
  findWord(word: string): number {
    return findKey(this.arrays.words, videoKey(word));
  }

  /** How many videos hold a word. */
  documentsOf(word: number): number {
    return this.arrays.documents[word]!;
  }

  /** Calls `visit` with each completion that a word leads to, and by how many bits it makes it likelier. */
  visitLifts(word: number, visit: (id: number, lift: number) => void): void {
    const { pairStarts, pairs, lifts } = this.arrays;
    const end = pairStarts[word + 1]!;
    for (let at = pairStarts[word]!; at < end; at++) visit(pairs[at]!, lifts[at]! / STEPS);
  }

  /** Users who searched a completion with, or after, any video; 0 for too few to say. */
  queryUsers(id: number): number {
    const { queries, queryUsers } = this.arrays;
    let low = 0;
    let high = queries.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (queries[middle]! < id) low = middle + 1;
      else high = middle;
    }
    return queries[low] === id ? queryUsers[low]! : 0;
  }

  /** @throws SegmentError when an order is broken or a completion does not exist. */
  verify(completions: number): void {
    const fault = firstFault(this.arrays, completions, CODE_MASK);
    if (fault === null) return;
    throw new SegmentError('broken-order', `segment section '${NAME}.${fault}`);
  }
}

function findKey(keys: Uint32Array, { a, b }: VideoKey): number {
  let low = 0;
  let high = keys.length / 2;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const at = keys[2 * middle]!;
    if (at < a || (at === a && keys[2 * middle + 1]! < b)) low = middle + 1;
    else high = middle;
  }
  return keys[2 * low] === a && keys[2 * low + 1] === b ? low : -1;
}
