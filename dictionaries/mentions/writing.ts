import type { TextScan } from './text-scan.ts';
import {
  CAPITAL,
  HANDLE,
  HAS_LETTER,
  HASHTAG,
  INNER_CAPITAL,
  SENTENCE_START,
  SHOUTED,
  UNSPACED_WORD,
} from './word-flags.ts';

/** How a span is written, as far as that tells a name. */
export const LOWER = 0;
/** Where capitals say nothing: at the beginning of a sentence, in shouting and titles, in scripts that have none. */
export const NEUTRAL = 1;
export const CAPITALISED = 2;
export const TAGGED = 3;
export const WRITINGS = 4;

/** How a whole text is written. */
export interface TextCase {
  /** Words inside sentences that have a capital, and that have none. */
  capitals: number;
  smalls: number;
  /** Whether capitals tell names from words: not in shouting or titles. */
  tells: boolean;
}

/** A text in which this share of the words inside sentences has capitals is shouted, or a title. */
const TITLE_SHARE = 0.6;
const LEAST_WORDS = 4;

const CASED = /[\p{Lu}\p{Ll}]/u;

/** Counts the capitals of a scanned text into `found`. */
export function readCase(scan: TextScan, found: TextCase): void {
  const { count, flags } = scan;
  let capitals = 0;
  let words = 0;
  for (let at = 0; at < count; at++) {
    const flag = flags[at]!;
    if ((flag & HAS_LETTER) === 0) continue;
    if ((flag & (HASHTAG | HANDLE | SENTENCE_START | UNSPACED_WORD)) !== 0) continue;
    words++;
    if ((flag & CAPITAL) !== 0) capitals++;
  }
  found.capitals = capitals;
  found.smalls = words - capitals;
  found.tells = words < LEAST_WORDS ? capitals < 3 : capitals < words * TITLE_SHARE;
}

/** How the words [first, last) of a scanned text are written, in a text of this case. */
export function writingOf(
  scan: TextScan,
  first: number,
  last: number,
  text: string,
  found: TextCase,
): number {
  const { flags } = scan;
  const opening = flags[first]!;
  if ((opening & HASHTAG) !== 0) return TAGGED;
  if (!found.tells) return NEUTRAL;
  let isNeutral = false;
  for (let at = first; at < last; at++) {
    const flag = flags[at]!;
    if ((flag & (INNER_CAPITAL | SHOUTED)) !== 0) return CAPITALISED;
    if ((flag & CAPITAL) === 0) continue;
    if ((flag & SENTENCE_START) === 0) return CAPITALISED;
    isNeutral = true;
  }
  if (isNeutral) return NEUTRAL;
  // Letters beyond Greek, Cyrillic, Armenian and Georgian have no capitals.
  const code = text.charCodeAt(scan.starts[first]!);
  if (code < 0x250 || code > 0x58f) {
    if (code >= 0x590 && !CASED.test(String.fromCharCode(code))) return NEUTRAL;
  }
  return LOWER;
}
