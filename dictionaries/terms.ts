import { ATTACHED, REGIONAL, scriptFlags, UNSPACED } from './script.ts';

export { isUnspaced } from './script.ts';

/** The first character of a sequence term that follows the one before without a space. */
export const JOINER = '\u0001';

/** A term of a query, matched in any order. */
export interface QueryTerm {
  readonly text: string;
  /** A `spaced` term is a whole word; an `unspaced` one matches wherever its characters stand together. */
  readonly script: 'spaced' | 'unspaced';
  /** UTF-16 offsets in the normalised typed text, half-open. */
  readonly start: number;
  readonly end: number;
  /** True of an unfinished last term, which is matched by its beginning. */
  readonly last: boolean;
}

const ZERO_WIDTH_JOINER = 0x200d;

/** Characters of a run that the segmenter gets at once, more than anybody types: each of its steps costs time by the length of its text. */
const LONGEST_RUN = 256;

let segmenter: Intl.Segmenter | undefined;

/**
 * What the prefix structure stores of a normalised text: its words, and within a word every character of a script written
 * without spaces as a term of its own (combining marks, joined emoji, skin tones and the second half of a flag stay with theirs). A
 * term that follows the one before without a space begins with JOINER. Without the joiners, and with spaces before the others, the terms give the text back.
 *
 * For a code-point prefix of a text, the terms are a prefix of the text's terms, the last one possibly cut; a space at the end of a text
 * begins an empty last term. No term of the empty text. Linear.
 */
export function sequenceTerms(normalised: string): string[] {
  if (normalised === '') return [];
  if (isSpacedThroughout(normalised)) return normalised.split(' ');
  const terms: string[] = [];
  let from = 0;
  let joiner = '';
  forEachCut(normalised, (at, isSpace) => {
    terms.push(joiner + normalised.slice(from, at));
    from = isSpace ? at + 1 : at;
    joiner = isSpace ? '' : JOINER;
  });
  terms.push(joiner + normalised.slice(from));
  return terms;
}

/**
 * What any-order lookup matches of a normalised typed text, in the order typed: words of spaced scripts whole, runs of scripts
 * without spaces cut into words by Intl.Segmenter, never inside a sequence term. Adjacent terms may follow each other without a space.
 */
export function queryTerms(normalisedTyped: string): QueryTerm[] {
  const terms: QueryTerm[] = [];
  const length = normalisedTyped.length;
  const finished = normalisedTyped.endsWith(' ');
  const push = (start: number, end: number, script: QueryTerm['script']) => {
    if (end <= start) return;
    const last = end === length && !finished;
    terms.push({ text: normalisedTyped.slice(start, end), script, start, end, last });
  };
  if (isSpacedThroughout(normalisedTyped)) {
    for (let from = 0; from < length; ) {
      const space = normalisedTyped.indexOf(' ', from);
      const end = space < 0 ? length : space;
      push(from, end, 'spaced');
      from = end + 1;
    }
    return terms;
  }
  let from = 0;
  // Starts of the pieces of the unspaced run that began at `from`; empty while a spaced word is read.
  let pieces: number[] = [];
  const startPiece = (at: number) => {
    from = pieces.length === 0 ? at : from;
    if (at < length && isUnspacedAt(normalisedTyped, at)) pieces.push(at);
  };
  const endRun = (at: number) => {
    if (pieces.length === 0) push(from, at, 'spaced');
    else
      for (const word of cutWords(normalisedTyped, pieces, at))
        push(word.start, word.end, 'unspaced');
    pieces = [];
  };
  startPiece(0);
  forEachCut(normalisedTyped, (at, isSpace) => {
    const next = isSpace ? at + 1 : at;
    const goesOn = !isSpace && pieces.length > 0 && isUnspacedAt(normalisedTyped, next);
    if (!goesOn) endRun(at);
    startPiece(next);
  });
  endRun(length);
  return terms;
}

/** The texts of `queryTerms` alone. */
export function queryTermTexts(normalised: string): string[] {
  if (isSpacedThroughout(normalised)) return normalised.split(' ').filter((text) => text !== '');
  return queryTerms(normalised).map(({ text }) => text);
}

/** Words of the run from the first of `pieces` to `end`; a word never ends inside a piece. */
function cutWords(text: string, pieces: readonly number[], end: number): Range[] {
  const words: Range[] = [];
  for (let first = 0; first < pieces.length; first += LONGEST_RUN) {
    const block = pieces.slice(first, first + LONGEST_RUN);
    cutBlock(text, block, pieces[first + LONGEST_RUN] ?? end, words);
  }
  return words;
}

function cutBlock(text: string, pieces: readonly number[], end: number, words: Range[]): void {
  let from = pieces[0] ?? end;
  const start = from;
  if (pieces.length > 1) {
    segmenter ??= new Intl.Segmenter('en', { granularity: 'word' });
    const allowed = new Set(pieces);
    for (const { index } of segmenter.segment(text.slice(start, end))) {
      const at = start + index;
      if (at === from || !allowed.has(at)) continue;
      words.push({ start: from, end: at });
      from = at;
    }
  }
  words.push({ start: from, end });
}

interface Range {
  readonly start: number;
  readonly end: number;
}

/**
 * Calls `cut` for every place where a term ends: at a space, and, within a word, before a character that begins a term of its own. A
 * place depends on the characters to its left and the one to its right only.
 */
function forEachCut(text: string, cut: (at: number, isSpace: boolean) => void): void {
  // Whether the term that is being read began with a character of a script without spaces.
  let unspaced = false;
  let startsWord = true;
  let afterJoiner = false;
  // An odd number of regional indicators waits for its second half.
  let halfFlag = false;
  for (let at = 0; at < text.length; ) {
    const code = text.codePointAt(at)!;
    if (code === 0x20) {
      cut(at, true);
      startsWord = true;
      unspaced = false;
      afterJoiner = false;
      halfFlag = false;
      at++;
      continue;
    }
    const flags = scriptFlags(code);
    const completesFlag = halfFlag && (flags & REGIONAL) !== 0;
    const attached = (flags & ATTACHED) !== 0 || afterJoiner || completesFlag;
    if (startsWord || !attached) {
      const ofItsOwn = (flags & UNSPACED) !== 0;
      if (!startsWord && (ofItsOwn || unspaced)) cut(at, false);
      unspaced = ofItsOwn;
      halfFlag = (flags & REGIONAL) !== 0;
    } else {
      halfFlag = false;
    }
    startsWord = false;
    afterJoiner = code === ZERO_WIDTH_JOINER;
    at += code > 0xffff ? 2 : 1;
  }
}

function isUnspacedAt(text: string, at: number): boolean {
  return (scriptFlags(text.codePointAt(at)!) & UNSPACED) !== 0;
}

/** Whether every character is seen at one glance to be of a spaced script: below the combining marks, and not © or ®. */
function isSpacedThroughout(text: string): boolean {
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code >= 0x300 || code === 0xa9 || code === 0xae) return false;
  }
  return true;
}
