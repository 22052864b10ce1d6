import { JOINED } from './word-flags.ts';
import { finishHash } from './word-hash.ts';

/** Words of one text that are looked at. */
export const MOST_WORDS = 10_002;

/** The words that were read of a text, in arrays that are used again. */
export class WordList {
  count = 0;
  /** UTF-16 offsets, half-open; a hashtag's begins at its sign. */
  readonly starts = new Int32Array(MOST_WORDS);
  readonly ends = new Int32Array(MOST_WORDS);
  readonly hashA = new Int32Array(MOST_WORDS);
  readonly hashB = new Int32Array(MOST_WORDS);
  readonly flags = new Uint16Array(MOST_WORDS);
  /** Of a word with HAS_STEM: where it ends without its ending, and the hashes of that. */
  readonly stemEnds = new Int32Array(MOST_WORDS);
  readonly stemA = new Int32Array(MOST_WORDS);
  readonly stemB = new Int32Array(MOST_WORDS);
  /** Flags that the next word gets for what stands before it. */
  before = 0;

  /** Takes the next word, with its hashes before they are finished. */
  push(start: number, end: number, a: number, b: number, flags: number): void {
    const index = this.count++;
    this.starts[index] = start;
    this.ends[index] = end;
    this.hashA[index] = finishHash(a);
    this.hashB[index] = finishHash(b);
    this.flags[index] = flags | this.before;
    this.before = JOINED;
  }

  /** Notes of the word that is pushed next what it is without its ending. */
  setStem(end: number, a: number, b: number): void {
    const index = this.count;
    this.stemEnds[index] = end;
    this.stemA[index] = finishHash(a);
    this.stemB[index] = finishHash(b);
  }
}
