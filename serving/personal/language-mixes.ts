import type { Sliced } from '../sliced-work.ts';
import { type CountedSearches, GO } from './language-counting.ts';

/** Shares are told apart in steps of a fifteenth, those of many languages of a seventh: so that all of a mix are one number of 21 bits at most, the place in a table. */
const FINE_BITS = 4;
const COARSE_BITS = 3;
const MOST_FINE = 5;
/** Mixes of languages that are told apart, so that a completion's takes one byte. The first is that of completions of which nothing is known. */
const MOST_MIXES = 256;
/** Searches, spread over the languages like all others, that a completion is taken to have had beside those that passed the threshold. */
const UNSEEN = 1;

/**
 * How completions are spread over languages, were each language searched in equally often: mixes, of which nearly the same ones share a number.
 */
export class LanguageMixes {
  readonly #counted: CountedSearches;
  readonly #width: number;
  /** Of the mix at hand. */
  readonly #mix: Float64Array;
  readonly #bits: number;
  /** Number of the mix by its shares in steps; 0 for one that did not come yet. */
  readonly #numbers: Uint8Array;
  /** Of the mixes so far, row by row; that of NO_LANGUAGE has nothing. */
  readonly #rows: number[];

  constructor(counted: CountedSearches) {
    this.#counted = counted;
    this.#width = counted.shares.length;
    this.#mix = new Float64Array(this.#width);
    this.#bits = this.#width <= MOST_FINE ? FINE_BITS : COARSE_BITS;
    this.#numbers = new Uint8Array(2 ** (this.#bits * this.#width));
    this.#rows = new Array<number>(this.#width).fill(0);
  }

  get mixes(): Float64Array {
    return Float64Array.from(this.#rows);
  }

  /** The number of each completion's mix. */
  *number(): Sliced<Uint8Array> {
    const completions = this.#counted.counts[0]!.length;
    const numbers = new Uint8Array(completions);
    for (let from = 0; from < completions; from += GO) {
      this.#numberSome(numbers, from, Math.min(from + GO, completions));
      yield;
    }
    return numbers;
  }

  #numberSome(numbers: Uint8Array, from: number, to: number): void {
    const { shares, counts } = this.#counted;
    const width = this.#width;
    const mix = this.#mix;
    const bits = this.#bits;
    const steps = 2 ** bits - 1;
    for (let id = from; id < to; id++) {
      let total = 0;
      let seen = 0;
      for (let place = 0; place < width; place++) {
        const count = counts[place]![id]!;
        seen += count;
        mix[place] = count / shares[place]! + UNSEEN;
        total += mix[place]!;
      }
      if (!(seen > 0)) continue;
      let key = 0;
      for (let place = 0; place < width; place++) {
        mix[place] = mix[place]! / total;
        key = (key << bits) | (mix[place]! * steps + 0.5);
      }
      const number = this.#numbers[key]!;
      numbers[id] = number === 0 ? this.#numberFor(key) : number;
    }
  }

  /** A new number while there are any, else that of the nearest mix. */
  #numberFor(key: number): number {
    const width = this.#width;
    let number = this.#rows.length / width;
    if (number < MOST_MIXES) this.#rows.push(...this.#mix);
    else number = this.#nearest();
    this.#numbers[key] = number;
    return number;
  }

  #nearest(): number {
    const width = this.#width;
    let nearest = 1;
    let least = Number.POSITIVE_INFINITY;
    for (let number = 1; number < MOST_MIXES; number++) {
      let distance = 0;
      for (let place = 0; place < width; place++) {
        distance += Math.abs(this.#rows[number * width + place]! - this.#mix[place]!);
      }
      if (distance < least) {
        least = distance;
        nearest = number;
      }
    }
    return nearest;
  }
}
