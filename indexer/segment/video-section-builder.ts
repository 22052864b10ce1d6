import { hashWord } from '../../dictionaries/mentions/word-hash.ts';
import type { ContainerBuilder } from './container.ts';
import { GrowableUint32Array } from './growable-array.ts';
import {
  CODE_MASK,
  type ListedQuery,
  MOST_VIDEO_QUERIES,
  MOST_WORD_QUERIES,
  NAME,
  type QueryUsers,
  SEARCHED,
  STEPS,
  type VideoKey,
} from './video-section.ts';

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
