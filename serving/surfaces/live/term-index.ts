import type { Index } from 'flexsearch';

/** Texts that are moved at each addition while there are two generations. */
const MOVED_AT_ONCE = 2;
/** Removed texts that are always put up with. */
const LEAST_REMOVED = 1_024;

/** What is used of FlexSearch's index. */
export type FlexIndex = Pick<Index, 'add' | 'remove' | 'search'>;

export interface TermIndexOptions {
  /** An empty index that is encoded by splitting at spaces. */
  readonly create: () => FlexIndex;
  /** The terms of a number that was added and not removed, parted by spaces. */
  readonly termsOf: (number: number) => string;
}

interface Generation {
  readonly index: FlexIndex;
  readonly numbers: Set<number>;
  removed: number;
}

/**
 * FlexSearch over texts that come and go for as long as a server runs, in room for those that are there. FlexSearch itself keeps every term that it ever saw: people's new
 * words and the ids of their games would fill the memory. So there are two generations: when the younger one has lost more texts than it holds, a new one begins, and each
 * addition moves two texts over; an emptied generation is dropped whole. An addition costs at most three.
 */
export class TermIndex {
  readonly #options: TermIndexOptions;
  #young: Generation;
  #old: Generation | null = null;

  constructor(options: TermIndexOptions) {
    this.#options = options;
    this.#young = this.#begin();
  }

  /** Adds a text by its number, which must be new. */
  add(number: number): void {
    this.#put(number);
    const old = this.#old;
    if (old === null) return;
    let moved = 0;
    for (const waiting of old.numbers) {
      if (moved++ === MOVED_AT_ONCE) return;
      old.numbers.delete(waiting);
      old.index.remove(waiting);
      this.#put(waiting);
    }
    if (old.numbers.size === 0) this.#old = null;
  }

  remove(number: number): void {
    const old = this.#old;
    if (old?.numbers.delete(number)) {
      old.index.remove(number);
      return;
    }
    const young = this.#young;
    if (!young.numbers.delete(number)) return;
    young.index.remove(number);
    young.removed++;
    if (old !== null || young.removed <= Math.max(LEAST_REMOVED, young.numbers.size)) return;
    this.#old = young;
    this.#young = this.#begin();
  }

  /** Numbers of at most `limit` texts of each generation that hold the terms, as FlexSearch ranks them. */
  search(terms: string, options: { readonly limit: number; readonly suggest?: boolean }): number[] {
    const found: number[] = [];
    for (const generation of [this.#young, this.#old]) {
      for (const each of generation?.index.search(terms, options) ?? []) found.push(Number(each));
    }
    return found;
  }

  #put(number: number): void {
    this.#young.index.add(number, this.#options.termsOf(number));
    this.#young.numbers.add(number);
  }

  #begin(): Generation {
    return { index: this.#options.create(), numbers: new Set(), removed: 0 };
  }
}
