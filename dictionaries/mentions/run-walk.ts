import type { TextScan } from './text-scan.ts';
import {
  AFTER_BREAK,
  HANDLE,
  HAS_STEM,
  HASHTAG,
  JOINED,
  KATAKANA,
  UNSPACED_WORD,
} from './word-flags.ts';
import { extendA, extendB } from './word-hash.ts';

/** A hashtag is looked up by the hashes of its letters with this beside the second one, so that words and hashtags never meet. */
export const HASHTAG_SALT = 0x5bd1e995 | 0;

/** Words of the longest surface. */
export const LONGEST_SURFACE = 6;
/** Characters of the longest surface in a script without spaces. */
export const LONGEST_UNSPACED = 12;

const GOES_ON = 0x8000_0000;

/** What stands at a run of words, by its two hashes: 0 for nothing, else what `runValue` made. */
export interface RunTable {
  find(a: number, b: number): number;
}

/** The value of a run: the surface that it is (-1 for none), and whether longer ones begin with it. */
export function runValue(surface: number, doesGoOn: boolean): number {
  return (((surface + 1) & 0x7fff_ffff) | (doesGoOn ? GOES_ON : 0)) >>> 0;
}

/** The surface that a run is; -1 for none. */
export function surfaceOf(value: number): number {
  return (value & 0x7fff_ffff) - 1;
}

/** Whether longer surfaces begin with a run. */
export function goesOn(value: number): boolean {
  return value >= GOES_ON;
}

/** The surfaces of one text, by where they begin, then by length; in arrays that are used again. */
export class RunMatches {
  count = 0;
  /** First word, and the word behind the last one. */
  readonly firsts: number[] = [];
  readonly lasts: number[] = [];
  /** UTF-16 offset where the surface ends, which may be inside its last word: Ferrari's. */
  readonly ends: number[] = [];
  readonly surfaces: number[] = [];

  add(first: number, last: number, end: number, surface: number): void {
    const at = this.count++;
    this.firsts[at] = first;
    this.lasts[at] = last;
    this.ends[at] = end;
    this.surfaces[at] = surface;
  }
}

/**
 * Finds all surfaces of a table in a scanned text, overlapping ones too: whole words in scripts with spaces, any characters in those without, but for Katakana,
 * whose runs are words. Nothing is found across a break. About one look-up a word.
 */
export function walkRuns(scan: TextScan, table: RunTable, matches: RunMatches): void {
  const { count, hashA, hashB, flags, ends, stemEnds, stemA, stemB } = scan;
  matches.count = 0;
  for (let first = 0; first < count; first++) {
    const opening = flags[first]!;
    if ((opening & (HASHTAG | HANDLE)) !== 0) {
      if ((opening & HASHTAG) !== 0) addHashtag(scan, table, first, matches);
      continue;
    }
    if (isInsideKatakana(scan, first)) continue;
    let a = hashA[first]!;
    let b = hashB[first]!;
    let beforeA = 0;
    let beforeB = 0;
    const most = (opening & UNSPACED_WORD) === 0 ? LONGEST_SURFACE : LONGEST_UNSPACED;
    const limit = Math.min(count, first + most);
    for (let last = first; ; ) {
      if ((flags[last]! & HAS_STEM) !== 0) {
        const wordA = stemA[last]!;
        const wordB = stemB[last]!;
        const value =
          last === first
            ? table.find(wordA, wordB)
            : table.find(extendA(beforeA, wordA), extendB(beforeB, wordB));
        const surface = surfaceOf(value);
        if (surface >= 0) matches.add(first, last + 1, stemEnds[last]!, surface);
      }
      const value = table.find(a, b);
      if (value === 0) break;
      const surface = surfaceOf(value);
      if (surface >= 0 && !isInsideKatakana(scan, last + 1)) {
        matches.add(first, last + 1, ends[last]!, surface);
      }
      last++;
      if (!goesOn(value) || last >= limit) break;
      if ((flags[last]! & (AFTER_BREAK | HASHTAG | HANDLE)) !== 0) break;
      beforeA = a;
      beforeB = b;
      a = extendA(a, hashA[last]!);
      b = extendB(b, hashB[last]!);
    }
  }
}

function addHashtag(scan: TextScan, table: RunTable, at: number, matches: RunMatches): void {
  const a = scan.hashA[at]!;
  const b = scan.hashB[at]!;
  let surface = surfaceOf(table.find(a, b ^ HASHTAG_SALT));
  if (surface < 0) surface = surfaceOf(table.find(a, b));
  if (surface >= 0) matches.add(at, at + 1, scan.ends[at]!, surface);
}

/** Whether a word is a Katakana character that goes on the run of the one before. */
function isInsideKatakana(scan: TextScan, at: number): boolean {
  const inside = KATAKANA | JOINED;
  return (
    at > 0 &&
    at < scan.count &&
    (scan.flags[at]! & inside) === inside &&
    (scan.flags[at - 1]! & KATAKANA) !== 0
  );
}
