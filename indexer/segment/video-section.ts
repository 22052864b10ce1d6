import { hashWord } from '../../dictionaries/mentions/text-scan.ts';
import type { Container, ContainerBuilder } from './container.ts';
import { SegmentError } from './errors.ts';
import { GrowableUint32Array } from './growable-array.ts';
import { firstFault, type VideoArrays } from './video-section-check.ts';

/** Completions that a known video keeps. */
export const MOST_VIDEO_QUERIES = 24;
/** Completions that a word of videos' texts leads to. */
export const MOST_WORD_QUERIES = 32;

const NAME = 'videos';
const SEARCHED = 0x8000;
const CODE_MASK = 0x7fff;
/** Bits and lifts are kept in steps of 1/1024: up to just below 32, or 64. */
const STEPS = 1024;

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
 * Collects what is known of videos and writes the sections `videos.*`. The same videos, words and queries give the same bytes in whatever order
 * they are added; of two with one key the first counts.
 */
export class VideoSectionBuilder {
  private readonly videoKeys = new GrowableUint32Array();
  private readonly starts = new GrowableUint32Array();
  private readonly targets = new GrowableUint32Array();
  private readonly codes = new GrowableUint32Array();
  private readonly users = new GrowableUint32Array();
  private readonly titleStarts = new GrowableUint32Array();
  private readonly titles = new GrowableUint32Array();
  private readonly wordKeys = new GrowableUint32Array();
  private readonly documents = new GrowableUint32Array();
  private readonly pairStarts = new GrowableUint32Array();
  private readonly pairs = new GrowableUint32Array();
  private readonly lifts = new GrowableUint32Array();

  /** `queries` likeliest first, of which `MOST_VIDEO_QUERIES` are kept; `users` is how many searches its evidence stands for. */
  addVideo(
    key: VideoKey,
    queries: readonly ListedQuery[],
    users: number,
    titleWords: readonly string[],
  ): void {
    this.videoKeys.push(key.a);
    this.videoKeys.push(key.b);
    this.starts.push(this.targets.length);
    const kept = queries
      .slice(0, MOST_VIDEO_QUERIES)
      .map(({ id, bits, isSearched }) => ({ id, steps: toSteps(bits, CODE_MASK), isSearched }))
      .sort((x, y) => x.steps - y.steps || x.id - y.id);
    for (const { id, steps, isSearched } of kept) {
      this.targets.push(id);
      this.codes.push(steps | (isSearched ? SEARCHED : 0));
    }
    this.users.push(users);
    this.titleStarts.push(this.titles.length);
    for (const word of titleWords) this.titles.push(hashWord(word).a >>> 0);
  }

  /**
   * A word of videos' texts: `documents` of the videos hold it, and each of `queries` is so many bits likelier where it stands (not negative). The
   * first `MOST_WORD_QUERIES` are kept.
   */
  addWord(
    key: VideoKey,
    documents: number,
    queries: readonly { readonly id: number; readonly lift: number }[],
  ): void {
    this.wordKeys.push(key.a);
    this.wordKeys.push(key.b);
    this.documents.push(documents);
    this.pairStarts.push(this.pairs.length);
    for (const { id, lift } of queries.slice(0, MOST_WORD_QUERIES)) {
      this.pairs.push(id);
      this.lifts.push(toSteps(lift, 0xffff));
    }
  }

  /** Adds the sections. `documents` is the number of videos with texts, `queries` ascends by id. */
  write(
    builder: ContainerBuilder,
    { documents, queries }: { documents: number; queries: readonly QueryUsers[] },
  ): void {
    const videos = keyOrder(this.videoKeys.view());
    const words = keyOrder(this.wordKeys.view());
    const total = queries.reduce((sum, { users }) => sum + users, 0);
    const add = (name: string, data: Uint32Array | Uint16Array): void =>
      builder.add(`${NAME}.${name}`, data);
    add('shape', Uint32Array.of(videos.length, words.length, queries.length, documents, total));
    add('keys', pickKeys(this.videoKeys.view(), videos));
    const lists = pickLists(videos, this.starts.view(), this.targets.length);
    add('starts', lists.starts);
    add('targets', pick(this.targets.view(), lists.places));
    add('codes', Uint16Array.from(pick(this.codes.view(), lists.places)));
    add('users', pick(this.users.view(), videos));
    const titles = pickLists(videos, this.titleStarts.view(), this.titles.length);
    add('titlestarts', titles.starts);
    add('titles', pick(this.titles.view(), titles.places));
    add('words', pickKeys(this.wordKeys.view(), words));
    add('documents', pick(this.documents.view(), words));
    const pairs = pickLists(words, this.pairStarts.view(), this.pairs.length);
    add('pairstarts', pairs.starts);
    add('pairs', pick(this.pairs.view(), pairs.places));
    add('lifts', Uint16Array.from(pick(this.lifts.view(), pairs.places)));
    add(
      'queries',
      Uint32Array.from(queries, ({ id }) => id),
    );
    add(
      'queryusers',
      Uint32Array.from(queries, ({ users }) => users),
    );
  }
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

function toSteps(value: number, most: number): number {
  return Math.max(0, Math.min(most, Math.round(value * STEPS)));
}

/** Numbers of keys in their order, without repeats. */
function keyOrder(keys: Uint32Array): Uint32Array {
  const order = Uint32Array.from({ length: keys.length / 2 }, (_, i) => i);
  order.sort((x, y) => keys[2 * x]! - keys[2 * y]! || keys[2 * x + 1]! - keys[2 * y + 1]! || x - y);
  return order.filter((each, i) => {
    const before = order[i - 1];
    if (before === undefined) return true;
    return keys[2 * each] !== keys[2 * before] || keys[2 * each + 1] !== keys[2 * before + 1];
  });
}

function pick(values: Uint32Array, places: Uint32Array): Uint32Array {
  return places.map((place) => values[place]!);
}

function pickKeys(keys: Uint32Array, order: Uint32Array): Uint32Array {
  const picked = new Uint32Array(order.length * 2);
  order.forEach((from, to) => {
    picked[2 * to] = keys[2 * from]!;
    picked[2 * to + 1] = keys[2 * from + 1]!;
  });
  return picked;
}

/** Lists in another order: where each begins then, and the places of its entries now. */
function pickLists(
  order: Uint32Array,
  starts: Uint32Array,
  end: number,
): { starts: Uint32Array; places: Uint32Array } {
  const picked = new GrowableUint32Array();
  const newStarts = new Uint32Array(order.length + 1);
  order.forEach((from, to) => {
    const stop = from + 1 < starts.length ? starts[from + 1]! : end;
    for (let place = starts[from]!; place < stop; place++) picked.push(place);
    newStarts[to + 1] = picked.length;
  });
  return { starts: newStarts, places: picked.view() };
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
