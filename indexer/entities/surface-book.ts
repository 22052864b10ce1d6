import {
  LONGEST_SURFACE,
  LONGEST_UNSPACED,
  RunMatches,
  surfaceOf,
  walkRuns,
} from '../../dictionaries/mentions/run-walk.ts';
import { TextScan } from '../../dictionaries/mentions/text-scan.ts';
import {
  AFTER_BREAK,
  HANDLE,
  HASHTAG,
  UNSPACED_WORD,
} from '../../dictionaries/mentions/word-flags.ts';
import { extendA, extendB, hashWord } from '../../dictionaries/mentions/word-hash.ts';
import type { WordHash } from '../segment/linker-section-builder.ts';
import { RunBook } from './run-book.ts';

/** A surface while its evidence is gathered. */
export interface BookedSurface {
  /** Its place in the book. */
  readonly number: number;
  /** Normalised. */
  readonly text: string;
  readonly runs: (readonly WordHash[])[];
  readonly hashtag: WordHash | null;
  /** Words; a run of a script without spaces is one. */
  readonly words: number;
  /** The completion that it leads to; -1 for none. */
  input: number;
  /** Score of that completion; of one that only contains the surface too. */
  inputScore: number;
  /** Score of the completion that is the surface, and searched for. */
  searched: number;
  /** Distinct users whose queries hold it, and whose queries are it; 0 where too few do. */
  users: number;
  wholeUsers: number;
  /** Of these users, the share whose queries go on to the same longer phrase. */
  continued: number;
  readonly occurrences: [number, number, number, number];
  people: number;
}

const LONGEST_TEXT = 60;
/** Surfaces that are kept; about 500 bytes each while an index is built. */
const MOST_SURFACES = 500_000;

/** The surfaces of an index by number, and the runs that lead to them. */
export class SurfaceBook {
  readonly runs = new RunBook();
  readonly surfaces: BookedSurface[] = [];
  readonly #scan = new TextScan();
  readonly #matches = new RunMatches();

  /** The surface of a normalised text, new or known; null for a text that no comment could hold as a name, and for a new one when the book is full. */
  enter(text: string): BookedSurface | null {
    if (text.length < 2 || text.length > LONGEST_TEXT) return null;
    const run = this.#cut(text);
    if (run === null) return null;
    if (this.surfaces.length >= MOST_SURFACES) return this.#known(run.words);
    const number = this.runs.enter(run.words, this.surfaces.length);
    const known = this.surfaces[number];
    if (known !== undefined) return known;
    const joined = text.replaceAll(' ', '');
    const hashtag = joined === text && run.words.length === 1 ? null : hashWord(joined);
    if (hashtag !== null) this.runs.enterHashtag(hashtag, number);
    const surface: BookedSurface = {
      number,
      text,
      runs: [run.words],
      hashtag,
      words: run.spaced,
      input: -1,
      inputScore: -1,
      searched: 0,
      users: 0,
      wholeUsers: 0,
      continued: 0,
      occurrences: [0, 0, 0, 0],
      people: 0,
    };
    this.surfaces.push(surface);
    return surface;
  }

  #known(run: readonly WordHash[]): BookedSurface | null {
    const [opening, ...rest] = run;
    if (opening === undefined) return null;
    let { a, b } = opening;
    for (const word of rest) {
      a = extendA(a, word.a);
      b = extendB(b, word.b);
    }
    return this.surfaces[surfaceOf(this.runs.find(a, b))] ?? null;
  }

  /** Another way of writing a surface, unless it is one itself. */
  enterAlias(text: string, surface: BookedSurface): void {
    if (text.length < 2 || text.length > LONGEST_TEXT) return;
    const run = this.#cut(text);
    if (run === null) return;
    const { number } = surface;
    if (this.runs.enter(run.words, number) === number) surface.runs.push(run.words);
  }

  /** Calls back for every surface that a normalised text contains. */
  forEachIn(text: string, visit: (surface: BookedSurface) => void): void {
    this.#scan.scan(text);
    walkRuns(this.#scan, this.runs, this.#matches);
    for (let i = 0; i < this.#matches.count; i++) visit(this.surfaces[this.#matches.surfaces[i]!]!);
  }

  #cut(text: string): { readonly words: readonly WordHash[]; readonly spaced: number } | null {
    const scan = this.#scan;
    scan.scan(text);
    const { count, flags } = scan;
    if (count === 0 || count > LONGEST_UNSPACED) return null;
    const words: WordHash[] = [];
    let spaced = 0;
    let isUnspaced = false;
    let units = 0;
    for (let at = 0; at < count; at++) {
      const flag = flags[at]!;
      if ((flag & (HASHTAG | HANDLE)) !== 0) return null;
      if (at > 0 && (flag & AFTER_BREAK) !== 0) return null;
      const isCharacter = (flag & UNSPACED_WORD) !== 0;
      if (!isCharacter || !isUnspaced) spaced++;
      isUnspaced = isCharacter;
      units += scan.ends[at]! - scan.starts[at]!;
      words.push({ a: scan.hashA[at]!, b: scan.hashB[at]! });
    }
    if (count > LONGEST_SURFACE && spaced > 1) return null;
    // What the scan leaves out (emoji, currency signs) no comment could be matched by.
    if (units + (text.split(' ').length - 1) < text.length) return null;
    return { words, spaced };
  }
}
