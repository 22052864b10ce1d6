import type { TextScan } from '../../../dictionaries/mentions/text-scan.ts';
import { HANDLE, HAS_LETTER, HASHTAG } from '../../../dictionaries/mentions/word-flags.ts';

/** Above twice what a text and the title of a video have of words; a power of two. */
const SLOTS = 32_768;
/** Fibonacci hashing (Knuth, The Art of Computer Programming 3, 6.4). */
const SPREAD = 0x9e3779b1 | 0;
const SHIFT = 32 - Math.log2(SLOTS);

/**
 * The distinct words of a text and of its video, as the company of a span is counted when the index is made: each once, however often it is written, names of accounts
 * left out. Told apart by the upper 24 bits of their first hashes. The arrays are used again from text to text; asking costs some nanoseconds.
 */
export class CompanyWords {
  readonly #keys = new Int32Array(SLOTS);
  readonly #counts = new Int32Array(SLOTS);
  /** The text that last used a slot. */
  readonly #texts = new Int32Array(SLOTS);
  #text = 0;

  /** Takes the words of another text; `video` are first hashes. */
  read(scan: TextScan, video: ArrayLike<number>): void {
    this.#text = (this.#text + 1) | 0;
    this.#add(scan, 0, scan.count, 1);
    for (let i = 0; i < video.length && i < SLOTS / 4; i++) this.#count(video[i]! >>> 8, 1);
  }

  /** Leaves the words [first, last) of the text out, for the time of a call. */
  without<T>(scan: TextScan, first: number, last: number, ask: () => T): T {
    this.#add(scan, first, last, -1);
    const answer = ask();
    this.#add(scan, first, last, 1);
    return answer;
  }

  has(key: number): boolean {
    const slot = this.#slotOf(key);
    return this.#texts[slot] === this.#text && this.#counts[slot]! > 0;
  }

  #add({ flags, hashA }: TextScan, first: number, last: number, by: 1 | -1): void {
    for (let at = first; at < last; at++) {
      const flag = flags[at]!;
      if ((flag & HAS_LETTER) === 0 || (flag & (HASHTAG | HANDLE)) === HANDLE) continue;
      this.#count(hashA[at]! >>> 8, by);
    }
  }

  #count(key: number, by: 1 | -1): void {
    const slot = this.#slotOf(key);
    if (this.#texts[slot] !== this.#text) {
      this.#texts[slot] = this.#text;
      this.#keys[slot] = key;
      this.#counts[slot] = 0;
    }
    this.#counts[slot]! += by;
  }

  /** The slot of a word, or the free one where it would be put. */
  #slotOf(key: number): number {
    let slot = Math.imul(key, SPREAD) >>> SHIFT;
    while (this.#texts[slot] === this.#text && this.#keys[slot] !== key) {
      slot = (slot + 1) & (SLOTS - 1);
    }
    return slot;
  }
}
